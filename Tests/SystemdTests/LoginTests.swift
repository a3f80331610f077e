import Glibc
import Testing

@testable import Systemd

/// Against a logind of the test's own.
@Suite struct LoginTests {
  private let daemon: PrivateBus
  private let loop: EventLoop
  private let logind: Logind
  private let own: Bus
  private let login: Login
  private let sessions = Kept<[Login.Session?]>([])
  private let arrivals = Kept(0)
  private let sleeps = Kept<[Bool]>([])

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    logind = try Logind(daemon.connect(loop))
    own = try daemon.connect(loop)
    login = Login(bus: own)
    login.onSession = { [sessions] in sessions.value.append($0) }
    login.onArrival = { [arrivals] in arrivals.value += 1 }
    login.onPrepareForSleep = { [sleeps] in sleeps.value.append($0) }
  }

  private func start() throws {
    try logind.appear()
    try login.start()
    try loop.turn { !sessions.value.isEmpty }
  }

  @Test func theOwnSessionIsFollowed() throws {
    try start()
    #expect(
      sessions.value.first
        == Login.Session(
          id: "1", type: "wayland", isActive: true, isLocked: false, isRemote: false, isIdle: false,
          idleSinceMonotonicUSec: 0))
    #expect(arrivals.value == 1)
    try logind.set(1) { $0.isLocked = true }
    try loop.turn { sessions.value.last??.isLocked == true }
    try logind.set(1) { ($0.isIdle, $0.idleSinceMonotonicUSec) = (true, 77) }
    try loop.turn { sessions.value.last??.isIdle == true }
    #expect(sessions.value.last??.idleSinceMonotonicUSec == 77)
    try logind.set(1) { $0.isActive = false }
    try loop.turn { sessions.value.last??.isActive == false }
  }

  @Test func aServiceOutsideASessionTakesThatOfTheDisplay() throws {
    logind.own.value = nil
    logind.display.value = 2
    try start()
    #expect(sessions.value.last??.id == "2")
  }

  @Test func withoutASessionThereIsNone() throws {
    logind.own.value = nil
    try start()
    #expect(sessions.value == [nil])
  }

  @Test func aNewSessionIsTakenUp() throws {
    logind.own.value = nil
    try start()
    logind.own.value = 2
    try logind.tell("SessionNew", 2)
    try loop.turn { sessions.value.last??.id == "2" }
    logind.own.value = nil
    try logind.tell("SessionRemoved", 2)
    try loop.turn { sessions.value.last == .some(nil) }
    try logind.set(2) { $0.isLocked = true }
    try own.settle(in: loop)
    #expect(sessions.value.last == .some(nil))
  }

  @Test func anotherDisplayIsTakenUp() throws {
    logind.own.value = nil
    logind.display.value = 1
    try start()
    #expect(sessions.value.last??.id == "1")
    logind.display.value = 2
    try logind.tellDisplay()
    try loop.turn { sessions.value.last??.id == "2" }
  }

  @Test func logindMayComeAndGo() throws {
    try login.start()
    try loop.turn { !sessions.value.isEmpty }
    #expect(sessions.value == [nil])
    #expect(arrivals.value == 0)
    try logind.appear()
    try loop.turn { sessions.value.last??.id == "1" }
    #expect(arrivals.value == 1)
    try logind.vanish()
    try loop.turn { sessions.value.last == .some(nil) }
    try logind.appear()
    try loop.turn { sessions.value.last??.id == "1" }
    #expect(arrivals.value == 2)
    try logind.set(1) { $0.isLocked = true }
    try loop.turn { sessions.value.last??.isLocked == true }
  }

  @Test func sleepIsTold() throws {
    try start()
    try logind.prepareForSleep(true)
    try logind.prepareForSleep(false)
    try loop.turn { sleeps.value.count == 2 }
    #expect(sleeps.value == [true, false])
  }

  /// Any process may send a signal to one receiver, on the system bus too.
  @Test func nobodyButLogindTellsOfSleep() throws {
    try start()
    let liar = try Bus.open(address: daemon.address)
    try liar.send(
      to: #require(own.uniqueName), path: "/org/freedesktop/login1", interface: "org.freedesktop.login1.Manager",
      member: "PrepareForSleep", [.bool(true)])
    _ = try liar.call(
      liar.methodCall("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "GetId"))
    try own.settle(in: loop)
    #expect(sleeps.value == [])
  }

  @Test func aLockIsHandedOver() throws {
    try start()
    let lock = Kept<Result<FileDescriptor, BusError>?>(nil)
    try login.inhibit(what: "sleep", who: "test", why: "test", mode: "delay") { lock.value = $0 }
    try loop.turn { lock.value != nil }
    #expect(logind.inhibitions.value == [["sleep", "test", "test", "delay"]])
    let descriptor = try #require(lock.value).get()
    #expect(fcntl(descriptor.raw, F_GETFD) >= 0)
  }

  @Test func aLockMayBeRefused() throws {
    try start()
    logind.isStrict.value = true
    let lock = Kept<Result<FileDescriptor, BusError>?>(nil)
    try login.inhibit(what: "sleep", who: "test", why: "test", mode: "block") { lock.value = $0 }
    try loop.turn { lock.value != nil }
    guard case .failure(let error) = lock.value else {
      Issue.record("it was granted")
      return
    }
    #expect(error.name == BusError.accessDenied)
  }
}

/// As much of logind as `Login` sees.
private final class Logind {
  private static let name = "org.freedesktop.login1"
  private static let path = "/org/freedesktop/login1"
  private static let manager = "org.freedesktop.login1.Manager"
  private static let userPath = path + "/user/_\(getuid())"

  /// The caller's session and that of the user's display.
  let own = Kept<Int?>(1)
  let display = Kept<Int?>(nil)
  let isStrict = Kept(false)
  let inhibitions = Kept<[[String]]>([])
  private let sessions: Kept<[Int: Login.Session]>
  private let bus: Bus
  private var slots: [Slot] = []

  private static func path(_ session: Int?) -> String { session.map { "\(path)/session/_3\($0)" } ?? "/" }

  init(_ bus: Bus) throws {
    self.bus = bus
    sessions = Kept(
      Dictionary(
        uniqueKeysWithValues: [1, 2].map {
          (
            $0,
            Login.Session(
              id: "\($0)", type: "wayland", isActive: true, isLocked: false, isRemote: false, isIdle: false,
              idleSinceMonotonicUSec: 0)
          )
        }))
    let (own, isStrict, inhibitions) = (own, isStrict, inhibitions)
    slots.append(
      try bus.export(
        BusObject(
          path: Self.path, interface: Self.manager,
          methods: [
            .init("GetSession", [.init("id", "s")], returns: [.init("path", "o")]) { _ in
              guard let session = own.value else {
                throw BusError(name: "org.freedesktop.login1.NoSessionForPID", message: "none")
              }
              return [.objectPath(Self.path(session))]
            },
            .init("GetUser", [.init("uid", "u")], returns: [.init("path", "o")]) { _ in [.objectPath(Self.userPath)] },
            .init(
              "Inhibit", [.init("what", "s"), .init("who", "s"), .init("why", "s"), .init("mode", "s")],
              returns: [.init("lock", "h")]
            ) { arguments in
              guard !isStrict.value else { throw Errno.accessDenied }
              inhibitions.value.append(arguments.compactMap(\.string))
              return [.fileDescriptor(FileDescriptor(owning: open("/dev/null", O_RDONLY | O_CLOEXEC)))]
            },
          ], properties: [],
          signals: [
            .init("SessionNew", [.init("id", "s"), .init("path", "o")]),
            .init("SessionRemoved", [.init("id", "s"), .init("path", "o")]),
            .init("PrepareForSleep", [.init("start", "b")]),
          ])))
    for user in [Self.userPath, Self.path + "/user/self"] { slots.append(try export(userAt: user)) }
    for session in [1, 2] { slots.append(try export(session: session)) }
  }

  private func export(userAt path: String) throws -> Slot {
    let display = display
    return try bus.export(
      BusObject(
        path: path, interface: Self.name + ".User", methods: [],
        properties: [
          .init("Display", "(so)", .emitted) {
            .structure([
              .string(display.value.map { "\($0)" } ?? ""), .objectPath(Self.path(display.value)),
            ])
          }
        ], signals: []))
  }

  private func export(session number: Int) throws -> Slot {
    let sessions = sessions
    func property(
      _ name: String, _ type: String, _ get: @escaping (Login.Session) -> BusValue
    ) -> BusObject.Property {
      .init(name, type, .emitted) { sessions.value[number].map(get) ?? .string("") }
    }
    return try bus.export(
      BusObject(
        path: Self.path(number), interface: Self.name + ".Session", methods: [],
        properties: [
          property("Id", "s") { .string($0.id) },
          property("Type", "s") { .string($0.type) },
          property("Active", "b") { .bool($0.isActive) },
          property("LockedHint", "b") { .bool($0.isLocked) },
          property("Remote", "b") { .bool($0.isRemote) },
          property("IdleHint", "b") { .bool($0.isIdle) },
          property("IdleSinceHintMonotonic", "t") { .uint64($0.idleSinceMonotonicUSec) },
        ], signals: []))
  }

  func appear() throws { #expect(try bus.requestName(Self.name)) }
  func vanish() throws { try bus.releaseName(Self.name) }

  func set(_ number: Int, _ change: (inout Login.Session) -> Void) throws {
    guard var session = sessions.value[number] else { return }
    change(&session)
    sessions.value[number] = session
    try bus.emitPropertiesChanged(
      path: Self.path(number), interface: Self.name + ".Session",
      ["Active", "LockedHint", "IdleHint", "IdleSinceHintMonotonic"])
  }

  func tell(_ member: String, _ number: Int) throws {
    try bus.emit(
      path: Self.path, interface: Self.manager, member: member,
      [.string("\(number)"), .objectPath(Self.path(number))])
  }

  func tellDisplay() throws {
    try bus.emitPropertiesChanged(path: Self.userPath, interface: Self.name + ".User", ["Display"])
  }

  func prepareForSleep(_ begins: Bool) throws {
    try bus.emit(path: Self.path, interface: Self.manager, member: "PrepareForSleep", [.bool(begins)])
  }
}
