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
    // What does not change is not told.
    try logind.set(1) { _ in }
    try own.settle(in: loop)
    #expect(zip(sessions.value, sessions.value.dropFirst()).allSatisfy { $0 != $1 })
  }

  // MARK: Several sessions

  /// A terminal by ssh beside the desk.
  @Test func theOneOnASeatGoesFirst() throws {
    logind.listed.value = [.init(2, seat: ""), .init(1, seat: "seat0")]
    logind.own.value = 2
    logind.display.value = 2
    logind.sessions.value[2]?.isRemote = true
    try start()
    #expect(sessions.value.last??.id == "1")
    #expect(logind.questions.value == ["ListSessions", "Session 1"])
    try logind.set(2) { $0.isLocked = true }
    try own.settle(in: loop)
    #expect(logind.questions.value.count == 2, "of no interest")
  }

  @Test func theActiveOneOnTheSeatsIsFollowed() throws {
    logind.listed.value = [.init(1, seat: "seat0"), .init(2, seat: "seat0")]
    logind.display.value = 1
    logind.sessions.value[2]?.isActive = false
    try start()
    #expect(sessions.value.last??.id == "1")
    // Somebody else's is active: that of the display shows it.
    try logind.set(1) { $0.isActive = false }
    try loop.turn { sessions.value.last??.isActive == false }
    #expect(sessions.value.last??.id == "1")
    try logind.set(2) { $0.isActive = true }
    try loop.turn { sessions.value.last??.isActive == true }
    #expect(sessions.value.last??.id == "2")
    try logind.set(2) { $0.isLocked = true }
    try loop.turn { sessions.value.last??.isLocked == true }
    // What the other says is of no account.
    try logind.set(1) { $0.isLocked = true }
    try own.settle(in: loop)
    #expect(sessions.value.last??.id == "2")
  }

  @Test func whileNoneIsActiveThatOfTheDisplayIsFollowed() throws {
    logind.listed.value = [.init(1, seat: "seat0"), .init(2, seat: "seat0")]
    logind.display.value = 2
    for number in [1, 2] { logind.sessions.value[number]?.isActive = false }
    try start()
    #expect(sessions.value.last??.id == "2")
    #expect(sessions.value.last??.isActive == false)
    logind.display.value = 1
    try logind.tellDisplay()
    try loop.turn { sessions.value.last??.id == "1" }
  }

  @Test func sessionsOfOthersAreNone() throws {
    logind.listed.value = [.init(1, seat: "seat0"), .init(2, seat: "seat0", uid: getuid() + 1)]
    logind.sessions.value[1]?.isActive = false
    try start()
    #expect(sessions.value.last??.id == "1")
    #expect(sessions.value.last??.isActive == false)
    let before = logind.questions.value.count
    // One of theirs more: one question, and nothing follows from it.
    logind.listed.value.append(.init(2, seat: "", uid: getuid() + 1))
    try logind.tell("SessionNew", 2)
    try loop.turn { logind.questions.value.count > before }
    try own.settle(in: loop)
    #expect(logind.questions.value.dropFirst(before) == ["ListSessions"])
    try logind.tell("SessionRemoved", 2)
    try own.settle(in: loop)
    #expect(logind.questions.value.count == before + 1)
    #expect(sessions.value.count == 1)
  }

  @Test func aGreeterIsNobody() throws {
    logind.listed.value = [.init(1, seat: "seat0"), .init(2, seat: "")]
    logind.classes.value[1] = "greeter"
    logind.own.value = nil
    logind.sessions.value[2]?.isRemote = true
    try start()
    #expect(sessions.value.last??.id == "2")
    #expect(sessions.value.last??.isRemote == true)
  }

  @Test func aGreeterThatIsOurOwnIsNobodyEither() throws {
    logind.listed.value = [.init(1, seat: "seat0")]
    logind.classes.value[1] = "greeter"
    try start()
    #expect(sessions.value == [nil])
  }

  @Test func aRemoteSessionCountsUntilThereIsOneOnASeat() throws {
    logind.listed.value = [.init(2, seat: "")]
    logind.own.value = nil
    logind.sessions.value[2]?.isRemote = true
    try start()
    #expect(sessions.value.last??.id == "2")
    #expect(sessions.value.last??.isRemote == true)
    logind.listed.value.append(.init(1, seat: "seat0"))
    try logind.tell("SessionNew", 1)
    try loop.turn { sessions.value.last??.id == "1" }
    logind.listed.value.removeLast()
    try logind.tell("SessionRemoved", 1)
    try loop.turn { sessions.value.last??.id == "2" }
    logind.listed.value = []
    try logind.tell("SessionRemoved", 2)
    try loop.turn { sessions.value.last == .some(nil) }
  }

  @Test func aLogindThatListsNothingIsAskedForTheOwnSession() throws {
    logind.listsSessions.value = false
    try start()
    #expect(sessions.value.last??.id == "1")
    logind.own.value = 2
    try logind.tell("SessionNew", 2)
    try loop.turn { sessions.value.last??.id == "2" }
  }

  @Test func aServiceOutsideASessionTakesThatOfTheDisplay() throws {
    logind.listed.value = [.init(1, seat: ""), .init(2, seat: "")]
    logind.own.value = nil
    logind.display.value = 2
    try start()
    #expect(sessions.value.last??.id == "2")
  }

  @Test func withoutASessionThereIsNone() throws {
    logind.listed.value = []
    logind.own.value = nil
    try start()
    #expect(sessions.value == [nil])
  }

  @Test func aNewSessionIsTakenUp() throws {
    logind.listed.value = []
    logind.own.value = nil
    try start()
    logind.listed.value = [.init(2, seat: "seat0")]
    try logind.tell("SessionNew", 2)
    try loop.turn { sessions.value.last??.id == "2" }
    logind.listed.value = []
    try logind.tell("SessionRemoved", 2)
    try loop.turn { sessions.value.last == .some(nil) }
    try logind.set(2) { $0.isLocked = true }
    try own.settle(in: loop)
    #expect(sessions.value.last == .some(nil))
  }

  @Test func anotherDisplayIsTakenUp() throws {
    logind.listed.value = [.init(1, seat: ""), .init(2, seat: "")]
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

  struct Listed {
    let number: Int
    let seat: String
    let uid: UInt32

    init(_ number: Int, seat: String, uid: UInt32 = getuid()) {
      (self.number, self.seat, self.uid) = (number, seat, uid)
    }
  }

  /// What it is asked: of sessions, and of their properties.
  let questions = Kept<[String]>([])
  let listsSessions = Kept(true)
  let listed = Kept<[Listed]>([.init(1, seat: "seat0")])
  /// Of sessions that are not of class `user`.
  let classes = Kept<[Int: String]>([:])
  /// The caller's session and that of the user's display.
  let own = Kept<Int?>(1)
  let display = Kept<Int?>(nil)
  let isStrict = Kept(false)
  let inhibitions = Kept<[[String]]>([])
  let sessions: Kept<[Int: Login.Session]>
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
    let (questions, listsSessions, listed) = (questions, listsSessions, listed)
    slots.append(
      try bus.export(
        BusObject(
          path: Self.path, interface: Self.manager,
          methods: [
            .init("ListSessions", returns: [.init("sessions", "a(susso)")]) { _ in
              questions.value.append("ListSessions")
              guard listsSessions.value else { throw Errno.accessDenied }
              return [
                .array(
                  of: "(susso)",
                  listed.value.map { one in
                    .structure([
                      .string("\(one.number)"), .uint32(one.uid), .string("somebody"), .string(one.seat),
                      .objectPath(Self.path(one.number)),
                    ])
                  })
              ]
            },
            .init("GetSession", [.init("id", "s")], returns: [.init("path", "o")]) { _ in
              questions.value.append("GetSession")
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
    let (sessions, classes, questions) = (sessions, classes, questions)
    func property(
      _ name: String, _ type: String, _ get: @escaping (Login.Session) -> BusValue
    ) -> BusObject.Property {
      .init(name, type, .emitted) { sessions.value[number].map(get) ?? .string("") }
    }
    return try bus.export(
      BusObject(
        path: Self.path(number), interface: Self.name + ".Session", methods: [],
        properties: [
          property("Id", "s") {
            // Asked for all, this one is among them.
            questions.value.append("Session \(number)")
            return .string($0.id)
          },
          property("Class", "s") { _ in .string(classes.value[number] ?? "user") },
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
