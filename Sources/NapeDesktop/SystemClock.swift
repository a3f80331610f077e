import CLinux
import Glibc
import NapeCore
import Systemd

/// The machine's clocks.
public final class SystemClock: Clock {
  private let loop: EventLoop
  private var timer: Timer?
  private var steps: IOSource?
  private var stepFD: CInt = -1
  private var zoneFolder: InotifySource?
  private let zonePath: String

  /// The local time zone, read anew when it changes.
  public private(set) var zone: Zone

  public var onDeadline: () -> Void = {}
  /// The wall clock was stepped.
  public var onStep: () -> Void = {}
  public var onZone: (Zone) -> Void = { _ in }

  /// - Parameter environment: `TZ` names the zone, else `/etc/localtime` is it.
  public init(loop: EventLoop, environment: (String) -> String?) throws(Errno) {
    self.loop = loop
    zonePath = Self.path(ofZone: environment("TZ"))
    zone = Self.readZone(zonePath, posix: environment("TZ")) ?? .utc
    timer = try loop.timer(clock: CLOCK_BOOTTIME, accuracyUSec: 1_000_000) { [weak self] in self?.onDeadline() }
    watchSteps()
    if zonePath == "/etc/localtime" {
      zoneFolder = try? loop.inotify(path: "/etc", mask: UInt32(IN_CREATE | IN_MOVED_TO | IN_CLOSE_WRITE)) {
        [weak self] _, name in
        if name == "localtime" { self?.noteZone() }
      }
    }
  }

  deinit { if stepFD >= 0 { close(stepFD) } }

  public func now() -> Moment {
    // Boot and monotonic time apart by a moment of ours would look like a suspension only from one second on.
    let wall = Microseconds(loop.nowUSec(CLOCK_REALTIME))
    return Moment(
      boot: Microseconds(loop.nowUSec(CLOCK_BOOTTIME)), monotonic: Microseconds(loop.nowUSec(CLOCK_MONOTONIC)),
      wall: wall, offsetSeconds: zone.offset(atUTC: wall / .second))
  }

  public func arm(_ deadline: Microseconds?, accuracy: Microseconds) {
    guard let deadline else {
      timer?.disarm()
      return
    }
    do throws(Errno) {
      try timer?.arm(atUSec: UInt64(max(0, deadline)), accuracyUSec: UInt64(max(1, accuracy)))
    } catch {
      loop.stop(throwing: error)
    }
  }

  // MARK: Steps of the wall clock

  private func watchSteps() {
    stepFD = clinux_clock_step_arm(-1)
    guard stepFD >= 0 else { return }
    let events = UInt32(EPOLLIN.rawValue)
    steps = try? loop.io(fd: stepFD, events: events) { [weak self] _ in
      guard let self else { return }
      var count: UInt64 = 0
      _ = read(self.stepFD, &count, MemoryLayout.size(ofValue: count))
      _ = clinux_clock_step_arm(self.stepFD)
      self.onStep()
    }
  }

  // MARK: The zone

  private static func path(ofZone name: String?) -> String {
    guard var name, !name.isEmpty else { return "/etc/localtime" }
    if name.first == ":" { name.removeFirst() }
    return name.hasPrefix("/") ? name : "/usr/share/zoneinfo/" + name
  }

  private static func readZone(_ path: String, posix: String?) -> Zone? {
    if let bytes = readFile(path), let zone = try? Zone(tzif: bytes) { return zone }
    return posix.flatMap { Zone(posix: $0) }
  }

  private func noteZone() {
    guard let zone = Self.readZone(zonePath, posix: nil), zone != self.zone else { return }
    self.zone = zone
    onZone(zone)
  }

  private static func readFile(_ path: String) -> [UInt8]? {
    let file = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY)
    guard file >= 0 else { return nil }
    defer { close(file) }
    // The largest zone of the database takes 4 KiB.
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let count = read(file, &bytes, bytes.count)
    return count > 0 ? Array(bytes[..<count]) : nil
  }
}
