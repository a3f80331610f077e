import Testing

@testable import Systemd

/// logind as far as `Login` uses it, on a private bus.
final class MockLogind {
  static let name = "org.freedesktop.login1"
  private static let root = "/org/freedesktop/login1"

  /// What `GetSession("auto")` answers; `nil` is the error of a caller without a session.
  var ownSession: String?
  /// `User.Display`; `nil` is none.
  var display: String?
  var isLocked = false
  var isIdle = false
  var idleSince: UInt64 = 0
  /// What `Inhibit` throws.
  var refusal: BusError?
  /// What `Inhibit` was asked, and the end of each lock that was given.
  private(set) var locks: [(arguments: [String?], end: PipeEnds)] = []

  private var bus: Bus?
  private var slots: [Slot] = []

  static func path(of session: String) -> String { "\(root)/session/\(session)" }

  /// Comes to the bus with some sessions.
  func arrive(at address: String, in loop: EventLoop, sessions: [String]) throws {
    let bus = try Bus.open(address: address)
    slots = [try bus.export(manager), try bus.export(user)]
    for session in sessions { slots.append(try bus.export(object(of: session))) }
    try bus.attach(to: loop)
    #expect(try bus.requestName(Self.name))
    self.bus = bus
  }

  /// Leaves the bus.
  func leave() { (slots, bus) = ([], nil) }

  private var manager: BusObject {
    BusObject(
      path: Self.root, interface: Self.name + ".Manager",
      methods: [
        .init("GetSession", [.init("session_id", "s")], returns: [.init("object_path", "o")]) { [unowned self] values in
          guard values[0].string == "auto", let session = ownSession else {
            throw BusError(name: Self.name + ".NoSessionForPID", message: "Caller does not belong to any known session")
          }
          return [.objectPath(Self.path(of: session))]
        },
        .init(
          "Inhibit", [.init("what", "s"), .init("who", "s"), .init("why", "s"), .init("mode", "s")],
          returns: [.init("pipe_fd", "h")]
        ) { [unowned self] values in
          if let refusal { throw refusal }
          let end = try PipeEnds()
          let lock = try FileDescriptor(copying: end.write)
          end.closeWrite()
          locks.append((values.map(\.string), end))
          return [.fileDescriptor(lock)]
        },
      ], properties: [],
      signals: [
        .init("PrepareForSleep", [.init("start", "b")]),
        .init("SessionNew", [.init("session_id", "s"), .init("object_path", "o")]),
        .init("SessionRemoved", [.init("session_id", "s"), .init("object_path", "o")]),
      ])
  }

  private var user: BusObject {
    BusObject(
      path: Self.root + "/user/self", interface: Self.name + ".User", methods: [],
      properties: [
        .init("Display", "(so)", .silent) { [unowned self] in
          .structure([.string(display ?? ""), .objectPath(display.map(Self.path(of:)) ?? "/")])
        }
      ], signals: [])
  }

  private func object(of session: String) -> BusObject {
    BusObject(
      path: Self.path(of: session), interface: Self.name + ".Session", methods: [],
      properties: [
        .init("Id", "s", .constant) { .string(session) },
        .init("Type", "s", .constant) { .string("wayland") },
        .init("Active", "b", .emitted) { .bool(true) },
        .init("Remote", "b", .constant) { .bool(false) },
        .init("LockedHint", "b", .emitted) { [unowned self] in .bool(isLocked) },
        .init("IdleHint", "b", .emitted) { [unowned self] in .bool(isIdle) },
        .init("IdleSinceHintMonotonic", "t", .emitted) { [unowned self] in .uint64(idleSince) },
      ], signals: [])
  }

  // MARK: Signals

  func tellChange(of session: String, _ properties: [String]) throws {
    try bus?.emitPropertiesChanged(
      path: Self.path(of: session), interface: Self.name + ".Session", properties)
  }

  func tellSession(_ member: String, _ session: String) throws {
    try tell(member, [.string(session), .objectPath(Self.path(of: session))])
  }

  func tellSleep(_ begins: Bool) throws { try tell("PrepareForSleep", [.bool(begins)]) }

  private func tell(_ member: String, _ values: [BusValue]) throws {
    try bus?.emit(path: Self.root, interface: Self.name + ".Manager", member: member, values)
  }
}
