import CSystemd
import Glibc

/// The person's session as logind (`org.freedesktop.login1(5)`) sees it, and the machine's sleep.
///
/// Nothing here blocks, and nothing starts logind. What cannot be learnt is reported as no session.
public final class Login {
  /// The session that a person sits at.
  public struct Session: Hashable, Sendable {
    public var id: String
    /// `x11`, `wayland`, `tty`, …
    public var type: String
    /// In the foreground of its seat.
    public var isActive: Bool
    public var isLocked: Bool
    /// Its person sits at another machine.
    public var isRemote: Bool
    /// What the desktop has told; false where it tells nothing.
    public var isIdle: Bool
    /// CLOCK_MONOTONIC of the last change of `isIdle`; 0 where there was none.
    public var idleSinceMonotonicUSec: UInt64
  }

  private static let service = "org.freedesktop.login1"
  private static let manager = "org.freedesktop.login1.Manager"
  private static let managerPath = "/org/freedesktop/login1"
  private static let sessionInterface = "org.freedesktop.login1.Session"
  private static let properties = "org.freedesktop.DBus.Properties"

  private let bus: Bus
  /// The unique name of logind.
  private var owner: String?
  private var slots: [Slot] = []
  private var sessionSlot: Slot?
  private var sessionPath: String?
  /// Counts the questions, so that a late answer to an old one is known.
  private var question = 0

  /// The session, at the start and whenever something of it changes; `nil` while there is none.
  public var onSession: (Session?) -> Void = { _ in }
  /// `true` before the machine sleeps, `false` after it woke up.
  public var onPrepareForSleep: (Bool) -> Void = { _ in }
  /// logind has come, or come back: locks that were taken are gone.
  public var onArrival: () -> Void = {}

  /// - Parameter bus: the system bus, attached to a loop.
  public init(bus: Bus) { self.bus = bus }

  /// Begins to follow logind; the first report comes from the loop.
  public func start() throws(Errno) {
    for member in ["SessionNew", "SessionRemoved"] {
      slots.append(try match(Self.managerPath, Self.manager, member) { login, _ in login.resolve() })
    }
    slots.append(
      try match(Self.managerPath + "/user/_\(getuid())", Self.properties, "PropertiesChanged") { login, message in
        guard let values = try? message.read(), values.count == 3 else { return }
        let isDisplay = values[1].dictionary?["Display"] != nil || values[2].strings?.contains("Display") == true
        if isDisplay { login.resolve() }
      })
    slots.append(
      try match(Self.managerPath, Self.manager, "PrepareForSleep") { login, message in
        guard let begins = (try? message.read())?.first?.bool else { return }
        login.onPrepareForSleep(begins)
      })
    slots.append(
      try bus.watchOwner(of: Self.service) { [weak self] owner in
        self?.owner = owner
        if owner == nil { self?.leave() } else { self?.arrive() }
      })
  }

  /// Calls the handler for each signal that is logind's: anybody can send one to us, past the match.
  private func match(
    _ path: String, _ interface: String, _ member: String, _ body: @escaping (Login, Message) -> Void
  ) throws(Errno) -> Slot {
    try bus.match(sender: Self.service, path: path, interface: interface, member: member) { [weak self] message in
      guard let self, let owner = self.owner, message.sender == owner else { return }
      body(self, message)
    }
  }

  private func arrive() {
    onArrival()
    resolve()
  }

  private func leave() {
    question += 1
    follow(nil)
  }

  /// Takes a lock (`org.freedesktop.login1.Manager.Inhibit`); it lasts until the descriptor is let go.
  ///
  /// - Parameters:
  ///   - what: for instance `sleep`.
  ///   - mode: `block` or `delay`.
  public func inhibit(
    what: String, who: String, why: String, mode: String,
    _ answer: @escaping (Result<FileDescriptor, BusError>) -> Void
  ) throws(Errno) {
    let call = try bus.methodCall(
      Self.service, Self.managerPath, Self.manager, "Inhibit", .string(what), .string(who), .string(why),
      .string(mode))
    try call.setAutoStart(false)
    try bus.send(call) { reply in
      answer(
        reply.flatMap { values in
          guard let lock = values.first?.fileDescriptor else {
            return .failure(BusError(name: BusError.failed, message: "logind answered without a lock"))
          }
          return .success(lock)
        })
    }
  }

  // MARK: The session

  /// Looks the session up: the caller's own, else the one that the person's display is in.
  private func resolve() {
    question += 1
    let asked = question
    ask(Self.managerPath, Self.manager, "GetSession", [.string("auto")]) { [weak self] values in
      guard let self, self.question == asked else { return }
      if let path = values?.first?.string { return self.follow(path) }
      self.ask(
        Self.managerPath + "/user/self", Self.properties, "Get",
        [.string("org.freedesktop.login1.User"), .string("Display")]
      ) { [weak self] values in
        guard let self, self.question == asked else { return }
        let display = values?.first?.unwrapped.elements?.last?.string
        self.follow(display == "/" ? nil : display)
      }
    }
  }

  private func follow(_ path: String?) {
    guard let path else {
      (sessionPath, sessionSlot) = (nil, nil)
      return onSession(nil)
    }
    if path != sessionPath {
      sessionPath = path
      sessionSlot = try? match(path, Self.properties, "PropertiesChanged") { login, _ in login.read() }
    }
    read()
  }

  /// Reads all properties anew; one reading tells more than the change did.
  private func read() {
    guard let path = sessionPath else { return }
    ask(path, Self.properties, "GetAll", [.string(Self.sessionInterface)]) { [weak self] values in
      guard let self, self.sessionPath == path else { return }
      guard let members = values?.first?.dictionary else { return self.follow(nil) }
      self.onSession(
        Session(
          id: members["Id"]?.string ?? "",
          type: members["Type"]?.string ?? "",
          isActive: members["Active"]?.bool ?? true,
          isLocked: members["LockedHint"]?.bool ?? false,
          isRemote: members["Remote"]?.bool ?? false,
          isIdle: members["IdleHint"]?.bool ?? false,
          idleSinceMonotonicUSec: members["IdleSinceHintMonotonic"]?.uint64 ?? 0))
    }
  }

  private func ask(
    _ path: String, _ interface: String, _ member: String, _ arguments: [BusValue],
    _ answer: @escaping ([BusValue]?) -> Void
  ) {
    do throws(Errno) {
      let call = try bus.methodCall(Self.service, path, interface, member)
      try call.append(arguments)
      try call.setAutoStart(false)
      try bus.send(call) { answer(try? $0.get()) }
    } catch {
      answer(nil)
    }
  }
}
