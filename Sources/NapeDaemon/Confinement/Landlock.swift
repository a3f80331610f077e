import CLinux
import Glibc
import Systemd

/// Rules by which a process gives rights up for good: all that the running kernel can refuse is refused, but for what is
/// allowed here. `landlock(7)`
///
/// They bind what is opened, made and removed from then on. Open descriptors, sockets with a path, and what file rights
/// alone decide (stat(2), access(2), inotify(7)) are not concerned.
struct Landlock: ~Copyable {
  /// What may be done beneath a path. `LANDLOCK_ACCESS_FS_*`
  struct Access: OptionSet {
    let rawValue: UInt64

    static let execute = Access(rawValue: 1 << 0)
    static let writeFile = Access(rawValue: 1 << 1)
    static let readFile = Access(rawValue: 1 << 2)
    /// Open a folder to list it.
    static let readFolder = Access(rawValue: 1 << 3)
    static let removeFolder = Access(rawValue: 1 << 4)
    static let removeFile = Access(rawValue: 1 << 5)
    static let makeCharacterDevice = Access(rawValue: 1 << 6)
    static let makeFolder = Access(rawValue: 1 << 7)
    static let makeFile = Access(rawValue: 1 << 8)
    static let makeSocket = Access(rawValue: 1 << 9)
    static let makePipe = Access(rawValue: 1 << 10)
    static let makeBlockDevice = Access(rawValue: 1 << 11)
    static let makeLink = Access(rawValue: 1 << 12)
    /// Move or link a file between folders; before ABI 2 that is refused always.
    static let refer = Access(rawValue: 1 << 13)
    static let truncate = Access(rawValue: 1 << 14)
    /// ioctl(2) on a device.
    static let controlDevice = Access(rawValue: 1 << 15)

    /// Those that a file can have.
    static let ofFile: Access = [.execute, .writeFile, .readFile, .truncate, .controlDevice]

    /// Those that a kernel knows of.
    ///
    /// - Parameter abi: from 1; what is newer than ABI 7 is left alone.
    static func known(to abi: Int) -> Access {
      var access: Access = [
        .execute, .writeFile, .readFile, .readFolder, .removeFolder, .removeFile, .makeCharacterDevice, .makeFolder,
        .makeFile, .makeSocket, .makePipe, .makeBlockDevice, .makeLink,
      ]
      if abi >= 2 { access.insert(.refer) }
      if abi >= 3 { access.insert(.truncate) }
      if abi >= 5 { access.insert(.controlDevice) }
      return access
    }
  }

  /// The kernel's: 1 came with Linux 5.13, 7 with 6.15.
  let abi: Int
  private let ruleset: FileDescriptor

  /// Begins with nothing allowed: no file, from ABI 4 on no TCP, from ABI 6 on no signal to a process outside. Abstract
  /// sockets stay reachable, since X servers and buses may have them.
  ///
  /// - Throws: `ENOSYS` and `EOPNOTSUPP` where the kernel has no Landlock or it is off; all else means that something is in
  ///   the way, such as a filter of system calls (`EPERM`).
  init() throws(Errno) {
    let abi = Int(try Self.check(clinux_landlock_abi()))
    let network: UInt64 = abi >= 4 ? Self.bindTCP | Self.connectTCP : 0
    let scopes: UInt64 = abi >= 6 ? Self.signals : 0
    let ruleset = try Self.check(clinux_landlock_create(Access.known(to: abi).rawValue, network, scopes))
    (self.abi, self.ruleset) = (abi, FileDescriptor(owning: ruleset))
  }

  private static let bindTCP: UInt64 = 1 << 0
  private static let connectTCP: UInt64 = 1 << 1
  private static let signals: UInt64 = 1 << 1

  /// Allows some access to a file, or to a folder and all that is ever beneath it. Links are followed now, and a folder that
  /// is put in its place later is another one.
  ///
  /// - Parameter access: what the kernel does not know of is left out, and of a file what only a folder can have.
  /// What cannot be opened, since it is not there or is not the person's to see, gets no rule and stays refused.
  func allow(_ access: Access, beneath path: String) throws(Errno) {
    let opened = clinux_open_path(path)
    guard opened >= 0 else { return }
    let place = FileDescriptor(owning: opened)
    var status = stat()
    guard fstat(place.raw, &status) == 0 else { throw Errno.current }
    var access = access.intersection(.known(to: abi))
    if status.st_mode & S_IFMT != S_IFDIR { access.formIntersection(.ofFile) }
    guard !access.isEmpty else { return }
    try Self.check(clinux_landlock_allow(ruleset.raw, place.raw, access.rawValue))
  }

  /// From here on the rules hold for this thread and what it starts. It gives up gaining rights by execve(2), too.
  consuming func enforce() throws(Errno) {
    try Self.check(clinux_no_new_privileges())
    try Self.check(clinux_landlock_enforce(ruleset.raw))
  }

  @discardableResult private static func check(_ result: CInt) throws(Errno) -> CInt {
    guard result >= 0 else { throw Errno(code: -result) }
    return result
  }
}
