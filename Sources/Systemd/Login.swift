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

  static let service = "org.freedesktop.login1"
  static let manager = "org.freedesktop.login1.Manager"
  static let managerPath = "/org/freedesktop/login1"
  private static let properties = "org.freedesktop.DBus.Properties"

  private let bus: Bus
  /// The unique name of logind.
  private var owner: String?
  private var slots: [Slot] = []
  private var sessions: LoginSessions?

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
    sessions = LoginSessions(
      bus: bus,
      match: { [weak self] (path, body) throws(Errno) in
        guard let self else { throw Errno.notConnected }
        return try self.match(path, Self.properties, "PropertiesChanged") { _, _ in body() }
      }, tell: { [weak self] in self?.onSession($0) })
    slots.append(try match(Self.managerPath, Self.manager, "SessionNew") { login, _ in login.sessions?.noteNew() })
    slots.append(
      try match(Self.managerPath, Self.manager, "SessionRemoved") { login, message in
        guard let path = (try? message.read())?.last?.string else { return }
        login.sessions?.noteRemoved(path)
      })
    slots.append(
      try match(Self.managerPath + "/user/_\(getuid())", Self.properties, "PropertiesChanged") { login, message in
        guard let values = try? message.read(), values.count == 3 else { return }
        let isDisplay = values[1].dictionary?["Display"] != nil || values[2].strings?.contains("Display") == true
        if isDisplay { login.sessions?.noteDisplay() }
      })
    slots.append(
      try match(Self.managerPath, Self.manager, "PrepareForSleep") { login, message in
        guard let begins = (try? message.read())?.first?.bool else { return }
        login.onPrepareForSleep(begins)
      })
    slots.append(
      try bus.watchOwner(of: Self.service) { [weak self] owner in
        guard let self else { return }
        self.owner = owner
        guard owner != nil else {
          self.sessions?.end()
          return
        }
        self.onArrival()
        self.sessions?.begin()
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
}
