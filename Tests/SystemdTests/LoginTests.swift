import CSystemd
import Testing

@testable import Systemd

@Suite struct LoginTests {
  private let daemon: PrivateBus
  private let loop: EventLoop
  private let bus: Bus
  private let logind = MockLogind()
  private let login: Login
  private let seen = Seen()

  /// What has been reported.
  private final class Seen {
    var sessions: [Login.Session?] = []
    var sleeps: [Bool] = []
    var arrivals = 0
  }

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    bus = try Bus.open(address: daemon.address)
    try bus.attach(to: loop)
    login = Login(bus: bus)
    login.onSession = { [seen] in seen.sessions.append($0) }
    login.onPrepareForSleep = { [seen] in seen.sleeps.append($0) }
    login.onArrival = { [seen] in seen.arrivals += 1 }
  }

  private func arrive() throws { try logind.arrive(at: daemon.address, in: loop, sessions: ["_31", "_32"]) }

  /// Turns until so many sessions have been reported, and returns the last.
  private func session(_ count: Int) throws -> Login.Session? {
    try loop.turn { seen.sessions.count >= count }
    return seen.sessions[count - 1]
  }

  /// Turns until everything that logind had sent before is here.
  private func settle() throws {
    var wasAnswered = false
    try bus.send(try bus.methodCall(MockLogind.name, "/", "org.freedesktop.DBus.Peer", "Ping")) { _ in
      wasAnswered = true
    }
    try loop.turn { wasAnswered }
  }

  private func inhibit() throws -> Result<FileDescriptor, BusError> {
    var answer: Result<FileDescriptor, BusError>?
    try login.inhibit(what: "sleep", who: "nape", why: "Save sitting state", mode: "delay") { answer = $0 }
    try loop.turn { answer != nil }
    return try #require(answer)
  }

  // MARK: The session

  @Test func ownSession() throws {
    logind.ownSession = "_31"
    logind.isIdle = true
    logind.idleSince = 4711
    try arrive()
    try login.start()
    #expect(seen.sessions.isEmpty)
    let session = try session(1)
    #expect(
      session
        == Login.Session(
          id: "_31", type: "wayland", isActive: true, isLocked: false, isRemote: false, isIdle: true,
          idleSinceMonotonicUSec: 4711))
    #expect(seen.arrivals == 1)
  }

  @Test func displayWhereThereIsNoOwnSession() throws {
    logind.display = "_32"
    try arrive()
    try login.start()
    #expect(try session(1)?.id == "_32")
  }

  @Test func neitherSessionNorDisplay() throws {
    try arrive()
    try login.start()
    #expect(try session(1) == nil)
    #expect(seen.arrivals == 1)
  }

  @Test func sessionThatIsNotThere() throws {
    logind.ownSession = "_99"
    try arrive()
    try login.start()
    #expect(try session(1) == nil)
  }

  @Test func noLogind() throws {
    try login.start()
    #expect(try session(1) == nil)
    #expect(seen.arrivals == 0)
    let error = #expect(throws: BusError.self) { try inhibit().get() }
    #expect([BusError.serviceUnknown, BusError.nameHasNoOwner].contains(error?.name))
  }

  @Test func lockIsFollowed() throws {
    logind.ownSession = "_31"
    try arrive()
    try login.start()
    #expect(try session(1)?.isLocked == false)
    logind.isLocked = true
    try logind.tellChange(of: "_31", ["LockedHint"])
    #expect(try session(2)?.isLocked == true)
    logind.isLocked = false
    try logind.tellChange(of: "_31", ["LockedHint"])
    #expect(try session(3)?.isLocked == false)
    // Another session's change is none of ours.
    try logind.tellChange(of: "_32", ["LockedHint"])
    try settle()
    try settle()
    #expect(seen.sessions.count == 3)
  }

  @Test func sessionThatComesAndGoes() throws {
    try arrive()
    try login.start()
    #expect(try session(1) == nil)
    logind.display = "_31"
    try logind.tellSession("SessionNew", "_31")
    #expect(try session(2)?.id == "_31")
    logind.display = "_32"
    try logind.tellSession("SessionRemoved", "_31")
    #expect(try session(3)?.id == "_32")
    // The new one is followed, the old one no more.
    logind.isLocked = true
    try logind.tellChange(of: "_31", ["LockedHint"])
    try settle()
    try settle()
    #expect(seen.sessions.count == 3)
    try logind.tellChange(of: "_32", ["LockedHint"])
    #expect(try session(4)?.isLocked == true)
  }

  @Test func logindLeavesAndComesBack() throws {
    logind.ownSession = "_31"
    try arrive()
    try login.start()
    #expect(try session(1)?.id == "_31")
    logind.leave()
    #expect(try session(2) == nil)
    #expect(seen.arrivals == 1)
    logind.isLocked = true
    try arrive()
    #expect(try session(3)?.isLocked == true)
    #expect(seen.arrivals == 2)
    logind.isLocked = false
    try logind.tellChange(of: "_31", ["LockedHint"])
    #expect(try session(4)?.isLocked == false)
    try logind.tellSleep(true)
    try loop.turn { !seen.sleeps.isEmpty }
  }

  @Test func logindComesLate() throws {
    logind.ownSession = "_31"
    try login.start()
    #expect(try session(1) == nil)
    try arrive()
    #expect(try session(2)?.id == "_31")
    #expect(seen.arrivals == 1)
  }

  // MARK: Sleep

  @Test func sleepIsTold() throws {
    logind.ownSession = "_31"
    try arrive()
    try login.start()
    #expect(try session(1) != nil)
    try logind.tellSleep(true)
    try logind.tellSleep(false)
    try loop.turn { seen.sleeps.count == 2 }
    #expect(seen.sleeps == [true, false])
  }

  @Test func signalsOfOthersAreNotLogind() throws {
    logind.ownSession = "_31"
    try arrive()
    try login.start()
    #expect(try session(1) != nil)
    let other = try Bus.open(address: daemon.address)
    let manager = ("/org/freedesktop/login1", "org.freedesktop.login1.Manager")
    let signals = [
      (manager.0, manager.1, "PrepareForSleep"), (manager.0, manager.1, "SessionNew"),
      (MockLogind.path(of: "_31"), "org.freedesktop.DBus.Properties", "PropertiesChanged"),
    ]
    for (path, interface, member) in signals {
      var raw: OpaquePointer?
      #expect(sd_bus_message_new_signal(other.raw, &raw, path, interface, member) >= 0)
      let signal = Message(owning: try #require(raw))
      try signal.append([.bool(true)])
      #expect(sd_bus_send_to(other.raw, signal.raw, bus.uniqueName, nil) >= 0)
    }
    // The daemon has passed them on once it has answered a later call of the same connection.
    let call = try other.methodCall("org.freedesktop.DBus", "/", "org.freedesktop.DBus", "GetId")
    _ = try other.call(call)
    try settle()
    try settle()
    #expect(seen.sleeps.isEmpty)
    #expect(seen.sessions.count == 1)
  }

  @Test func lockIsHeldUntilItIsLetGo() throws {
    try arrive()
    var lock: FileDescriptor? = try inhibit().get()
    #expect(lock != nil)
    try #require(logind.locks.count == 1)
    #expect(logind.locks[0].arguments == ["sleep", "nape", "Save sitting state", "delay"])
    try settle()
    #expect(!logind.locks[0].end.isAtEnd)
    lock = nil
    #expect(logind.locks[0].end.isAtEnd)
  }

  @Test func lockThatIsDenied() throws {
    try arrive()
    logind.refusal = BusError(name: BusError.accessDenied, message: "Permission denied")
    #expect(throws: BusError(name: BusError.accessDenied, message: "Permission denied")) { try inhibit().get() }
  }

  // MARK: Lifetimes

  @Test func letGoWhileItAsks() throws {
    logind.ownSession = "_31"
    try arrive()
    let freed = Freed()
    do {
      let captive = freed.captive()
      let other = Login(bus: bus)
      other.onSession = { _ in captive.hold() }
      try other.start()
      try login.start()
    }
    #expect(freed.count == 1)
    #expect(try session(1) != nil)
  }

  @Test func letGoInItsOwnReport() throws {
    logind.ownSession = "_31"
    try arrive()
    let freed = Freed()
    var other: Login?
    do {
      let captive = freed.captive()
      other = Login(bus: bus)
      other?.onSession = { _ in
        other = nil
        captive.hold()
      }
      try other?.start()
    }
    try loop.turn { other == nil }
    try settle()
    #expect(freed.count == 1)
  }
}
