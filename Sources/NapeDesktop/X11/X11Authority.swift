import Glibc

/// The file in which a display's cookie is kept (`Xauthority`): what a client shows to be let in.
struct X11Authority {
  /// A file that is longer, in bytes, is none of ours.
  static let limit = 1 << 20

  /// The one way of being let in that is spoken.
  static let cookieName = "MIT-MAGIC-COOKIE-1"

  /// The kinds of addresses that may stand for this machine.
  private static let local: UInt16 = 256
  private static let wild: UInt16 = 65535

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The file that `$XAUTHORITY` names, else `$HOME/.Xauthority`.
  ///
  /// - Parameter environment: a variable's value, as `getenv` gives it.
  /// - Returns: `nil` where there is none that can be read.
  static func read(environment: (String) -> String?) -> X11Authority? {
    path(environment: environment).flatMap { contents(of: $0) }.map(X11Authority.init)
  }

  /// Whether there is one that the person may read and this process may not: it has confined itself before the file was
  /// written. Landlock answers open(2), and access(2) asks for the file's rights alone.
  static func isWithheld(environment: (String) -> String?) -> Bool {
    guard let path = path(environment: environment) else { return false }
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard file < 0 else {
      close(file)
      return false
    }
    return errno == EACCES && access(path, R_OK) == 0
  }

  private static func path(environment: (String) -> String?) -> String? {
    let given = environment("XAUTHORITY").flatMap { $0.isEmpty ? nil : $0 }
    return given ?? environment("HOME").map { $0 + "/.Xauthority" }
  }

  /// The name of this machine, by which its own entries go.
  static var hostName: [UInt8] {
    var name = utsname()
    guard uname(&name) == 0 else { return [] }
    return withUnsafeBytes(of: &name.nodename) { Array($0.prefix { $0 != 0 }) }
  }

  /// The cookie of the first entry that fits, as Xlib chooses it. What follows a damaged entry is not read.
  ///
  /// - Parameters:
  ///   - number: of the display; an entry without one is for all.
  ///   - host: this machine's name; an entry may be for all.
  func cookie(display number: String, host: [UInt8]) -> [UInt8]? {
    var rest = bytes[...]
    while let family = Self.takeNumber(&rest), let address = Self.takeField(&rest),
      let display = Self.takeField(&rest), let name = Self.takeField(&rest), let data = Self.takeField(&rest)
    {
      let isOurs = family == Self.wild || family == Self.local && address.elementsEqual(host)
      let isForDisplay = display.isEmpty || display.elementsEqual(number.utf8)
      if isOurs, isForDisplay, name.elementsEqual(Self.cookieName.utf8) { return Array(data) }
    }
    return nil
  }

  /// Numbers are written in the network's order, whatever the machine's.
  private static func takeNumber(_ rest: inout ArraySlice<UInt8>) -> UInt16? {
    guard let high = rest.popFirst(), let low = rest.popFirst() else { return nil }
    return UInt16(high) << 8 | UInt16(low)
  }

  private static func takeField(_ rest: inout ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let length = takeNumber(&rest), rest.count >= Int(length) else { return nil }
    defer { rest = rest.dropFirst(Int(length)) }
    return rest.prefix(Int(length))
  }

  /// A regular file's bytes; a pipe or a device could keep us waiting.
  private static func contents(of path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size <= limit else { return nil }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 4096)
    while bytes.count <= limit {
      let count = Glibc.read(file, &chunk, chunk.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes += chunk[..<count]
    }
    return nil
  }
}
