import CSystemd
import Glibc

/// The person's sessions, of which one counts: the one that they sit at.
///
/// That is the active one of those on a seat of this machine. While none of them is active the display's is followed, so
/// that it shows that somebody else is using the seat. Only where there is none on a seat does another count: the caller's
/// own, the display's, a remote one.
///
/// Sessions of others come and go without more than one question, and nothing is asked while nothing changes.
final class LoginSessions {
  private static let sessionInterface = Login.service + ".Session"
  private static let properties = "org.freedesktop.DBus.Properties"
  /// More than anybody has.
  private static let limit = 32

  /// One of the person's sessions, as the list of all has it.
  private struct Listed: Hashable {
    var path: String
    var hasSeat: Bool
  }

  private let bus: Bus
  /// Calls a handler for each signal of logind's from an object.
  private let match: (_ path: String, _ body: @escaping () -> Void) throws(Errno) -> Slot
  private let tell: (Login.Session?) -> Void

  /// `nil` until listed, or where logind does not list them.
  private var listed: [Listed]?
  /// The object of the session that the person's display is in.
  private var display: String?
  /// The objects that are followed, in the order in which they are preferred.
  private var followed: [(path: String, slot: Slot?)] = []
  private var told: Login.Session??

  /// Counts the lists that were asked for, so that a late answer to an old question is known; and the searches.
  private var lists = 0
  private var search = 0
  /// None of those on a seat will do, or there is none.
  private var isUnseated = false
  private var isReading = false
  private var mustReadAgain = false

  /// - Parameters:
  ///   - match: calls a handler when properties of an object have changed, if it is logind that says so.
  ///   - tell: takes the session, at first and whenever something of it changes; `nil` while there is none.
  init(
    bus: Bus, match: @escaping (_ path: String, _ body: @escaping () -> Void) throws(Errno) -> Slot,
    tell: @escaping (Login.Session?) -> Void
  ) {
    self.bus = bus
    self.match = match
    self.tell = tell
  }

  // MARK: What happens

  /// logind has come.
  func begin() {
    listed = nil
    list()
  }

  /// logind has gone.
  func end() {
    lists += 1
    search += 1
    (listed, display, followed) = (nil, nil, [])
    report(nil)
  }

  /// A session has begun, perhaps somebody else's.
  func noteNew() { list() }

  /// A session has ended, perhaps somebody else's.
  func noteRemoved(_ path: String) {
    guard let listed, !listed.contains(where: { $0.path == path }) else { return list() }
  }

  /// The person's display is in another session.
  func noteDisplay() {
    listed = nil
    list()
  }

  // MARK: Searching

  private func list() {
    lists += 1
    let list = lists
    ask(Login.managerPath, Login.manager, "ListSessions") { [weak self] values in
      guard let self, self.lists == list else { return }
      let own = values?.first?.elements.map(Self.own)
      // Others' sessions are none of ours.
      if own != nil, own == self.listed { return }
      self.listed = own
      self.search += 1
      (self.isReading, self.isUnseated) = (false, false)
      self.askDisplay(self.search)
    }
  }

  /// Those of the person, of a list of all.
  private static func own(_ all: [BusValue]) -> [Listed] {
    let own = all.lazy.compactMap { (entry) -> Listed? in
      guard let members = entry.elements, members.count == 5, members[1].uint32 == getuid(),
        let seat = members[3].string, let path = members[4].string
      else { return nil }
      return Listed(path: path, hasSeat: !seat.isEmpty)
    }
    return Array(own.prefix(limit))
  }

  private func askDisplay(_ search: Int) {
    ask(
      Login.managerPath + "/user/self", Self.properties, "Get",
      [.string(Login.service + ".User"), .string("Display")]
    ) { [weak self] values in
      guard let self, self.search == search else { return }
      let path = values?.first?.unwrapped.elements?.last?.string
      self.display = path == "/" ? nil : path
      let seated = (self.listed ?? []).filter(\.hasSeat).map(\.path)
      guard !seated.isEmpty else { return self.askOwn(search) }
      // The display's first: it counts while none is active.
      self.follow(seated.filter { $0 == self.display } + seated)
    }
  }

  /// Without a session on a seat: what there is.
  private func askOwn(_ search: Int) {
    isUnseated = true
    ask(Login.managerPath, Login.manager, "GetSession", [.string("auto")]) { [weak self] values in
      guard let self, self.search == search else { return }
      let others = (self.listed ?? []).filter { !$0.hasSeat }.map(\.path)
      self.follow([values?.first?.string, self.display] + others)
    }
  }

  /// - Parameter paths: in the order in which they are preferred; one may come twice.
  private func follow(_ paths: [String?]) {
    let before = followed
    followed = []
    for case let path? in paths where !followed.contains(where: { $0.path == path }) {
      let slot = before.first { $0.path == path }?.slot
      followed.append((path, slot ?? (try? match(path) { [weak self] in self?.read() })))
    }
    read()
  }

  // MARK: Reading

  /// Reads all properties of all that are followed; one reading tells more than the change did.
  private func read() {
    guard !isReading else {
      mustReadAgain = true
      return
    }
    guard !followed.isEmpty else { return report(nil) }
    (isReading, mustReadAgain) = (true, false)
    let search = search
    var found: [String: Login.Session] = [:]
    var left = followed.count
    for (path, _) in followed {
      ask(path, Self.properties, "GetAll", [.string(Self.sessionInterface)]) { [weak self] values in
        guard let self, self.search == search else { return }
        found[path] = values?.first?.dictionary.flatMap(Self.session)
        left -= 1
        if left == 0 { self.take(found) }
      }
    }
  }

  private func take(_ found: [String: Login.Session]) {
    isReading = false
    if mustReadAgain { return read() }
    let sessions = followed.compactMap { found[$0.path] }
    // A greeter's, or one that is about to end: no person's.
    if sessions.isEmpty, !isUnseated { return askOwn(search) }
    report(sessions.first(where: \.isActive) ?? sessions.first)
  }

  /// - Returns: `nil` for a session that is no person's.
  private static func session(_ members: [String: BusValue]) -> Login.Session? {
    // Later versions tell several classes of persons apart.
    guard members["Class"]?.string?.hasPrefix("user") ?? true else { return nil }
    return Login.Session(
      id: members["Id"]?.string ?? "",
      type: members["Type"]?.string ?? "",
      isActive: members["Active"]?.bool ?? true,
      isLocked: members["LockedHint"]?.bool ?? false,
      isRemote: members["Remote"]?.bool ?? false,
      isIdle: members["IdleHint"]?.bool ?? false,
      idleSinceMonotonicUSec: members["IdleSinceHintMonotonic"]?.uint64 ?? 0)
  }

  private func report(_ session: Login.Session?) {
    if let told, told == session { return }
    told = .some(session)
    tell(session)
  }

  private func ask(
    _ path: String, _ interface: String, _ member: String, _ arguments: [BusValue] = [],
    _ answer: @escaping ([BusValue]?) -> Void
  ) {
    do throws(Errno) {
      let call = try bus.methodCall(Login.service, path, interface, member)
      try call.append(arguments)
      try call.setAutoStart(false)
      try bus.send(call) { answer(try? $0.get()) }
    } catch {
      answer(nil)
    }
  }
}
