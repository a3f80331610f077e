import CLinux
import Glibc
import NapeCore
import Systemd

/// When one of the person's terminals was last read: for a server, a console, ssh. Coarse: the kernel keeps that time to
/// eight seconds.
public final class TerminalSource: PresenceSource {
  public let name = SourceName.terminal
  public let quality = Quality.coarse

  private let loop: EventLoop
  private let report: PresenceHandler
  private let folder: String
  private var timer: Timer?
  private var accesses: [InotifySource] = []
  private var arrivals: InotifySource?
  private var wanted = Watch.nothing

  /// Pseudo-terminals and consoles stand below this folder.
  public static let devices = "/dev"
  private static let granularity: Microseconds = .seconds(8)

  /// - Returns: `nil` while the person has no terminal.
  public init?(loop: EventLoop, devices: String = TerminalSource.devices, report: @escaping PresenceHandler) {
    self.loop = loop
    self.report = report
    folder = devices
    guard !Self.terminals(in: devices).isEmpty else { return nil }
    do throws(Errno) {
      timer = try loop.timer(clock: CLOCK_BOOTTIME, accuracyUSec: 1_000_000) { [weak self] in self?.look() }
    } catch {
      return nil
    }
  }

  /// The paths of the terminals that belong to the person.
  static func terminals(in folder: String) -> [String] {
    let pseudo = entries(of: folder + "/pts").filter { $0.allSatisfy(\.isNumber) }.map { folder + "/pts/" + $0 }
    let consoles = entries(of: folder).filter { $0.hasPrefix("tty") && $0.dropFirst(3).first?.isNumber == true }
    return (pseudo + consoles.map { folder + "/" + $0 }).filter { path in
      var status = stat()
      return stat(path, &status) == 0 && status.st_uid == geteuid()
    }
  }

  private static func entries(of folder: String) -> [String] {
    guard let directory = opendir(folder) else { return [] }
    defer { closedir(directory) }
    var names: [String] = []
    while let entry = readdir(directory) {
      names.append(
        withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) })
    }
    return names.sorted()
  }

  private var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) }

  /// The last read of any terminal, in boot time; `nil` without terminals.
  private var lastRead: Microseconds? {
    let ahead = Microseconds(loop.nowUSec(CLOCK_REALTIME)) - now
    return Self.terminals(in: folder).compactMap { path in
      var status = stat()
      guard stat(path, &status) == 0 else { return nil }
      return min(now, .seconds(Int64(status.st_atim.tv_sec)) + Int64(status.st_atim.tv_nsec) / 1000 - ahead)
    }.max()
  }

  public func lastInput(_ answer: @escaping (Microseconds?) -> Void) { answer(lastRead) }

  public func watch(_ watch: Watch) {
    wanted = watch
    accesses = []
    arrivals = nil
    timer?.disarm()
    if watch != .nothing { arm(at: now) }
  }

  private func look() {
    switch wanted {
    case .nothing: break
    case .input: waitForAccess()
    case .idle(let after):
      guard let last = lastRead else { return report(.lost(why: "the last terminal was closed")) }
      if now - last >= after {
        wanted = .nothing
        report(.idle(since: last))
      } else {
        arm(at: last + after + Self.granularity)
      }
    }
  }

  private func waitForAccess() {
    let noteInput: (UInt32, String?) -> Void = { [weak self] _, _ in self?.noteInput() }
    accesses = Self.terminals(in: folder).compactMap {
      try? loop.inotify(path: $0, mask: UInt32(IN_ACCESS), noteInput)
    }
    // A new terminal is somebody who logs in.
    arrivals = try? loop.inotify(path: folder + "/pts", mask: UInt32(IN_CREATE), noteInput)
    if accesses.isEmpty && arrivals == nil { report(.lost(why: "no terminal can be watched")) }
  }

  private func noteInput() {
    // No more than one a second is wanted.
    accesses = []
    arrivals = nil
    arm(at: now + .second)
    report(.input(at: now))
  }

  private func arm(at boot: Microseconds) {
    do throws(Errno) {
      try timer?.arm(atUSec: UInt64(max(0, boot)))
    } catch {
      report(.lost(why: "no timer: \(error)"))
    }
  }
}
