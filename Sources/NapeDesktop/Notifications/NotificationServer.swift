import Glibc
import NapeCore
import Systemd

/// The desktop's notification server (`org.freedesktop.Notifications`).
///
/// It shows one notification of ours at a time, replaced in place. Ids are those that the server returned, and count only
/// while that server lives: some servers send their signals to everybody. Action keys are generic, so that nothing is
/// learnt from the bus.
public final class NotificationServer {
  public static let busName = "org.freedesktop.Notifications"
  public static let path = "/org/freedesktop/Notifications"

  /// KDE refuses what is like a notification of the last second.
  static let tooMany = "org.freedesktop.Notifications.Error.ExcessNotificationGeneration"

  /// How long is waited, in microseconds.
  struct Patience {
    /// For an answer. A server that is started has that long too.
    var answerUSec: UInt64 = 10_000_000
    /// Before a second try.
    var pauseUSec: UInt64 = 1_200_000
  }

  /// What a server says of itself.
  public struct Information: Hashable, Sendable {
    public var name: String
    public var version: String
    public var capabilities: [String]
  }

  /// What became of a prompt.
  public enum Delivery: Hashable, Sendable {
    case shown
    /// The server was handed it and has not answered in time; it may stand on the screen, or come yet.
    case unknown
    /// There is no server, or it would not.
    case failed
    /// It was no longer wanted when the server answered.
    case takenBack
  }

  private struct Shown {
    let prompt: UInt64
    let id: UInt32
    let content: NotificationContent
    /// It stands there only until the next takes its place.
    var isOver = false
  }

  /// A prompt on its way to the server.
  private final class Posting {
    let prompt: UInt64
    let content: NotificationContent
    let mayWait: Bool
    /// What is told; once.
    private var done: ((Delivery) -> Void)?
    /// The server that was handed it.
    var owner: String?
    var isSecondTry = false
    /// It could not be shown before.
    var isLate = false

    init(
      _ prompt: UInt64, _ content: NotificationContent, mayWait: Bool, _ done: @escaping (Delivery) -> Void
    ) {
      (self.prompt, self.content, self.mayWait, self.done) = (prompt, content, mayWait, done)
    }

    var isTold: Bool { done == nil }

    func tell(_ delivery: Delivery) {
      let done = self.done
      self.done = nil
      done?(delivery)
    }
  }

  private let bus: Bus
  private let loop: EventLoop
  private let patience: Patience
  private var slots: [Slot] = []
  /// The unique name of the server.
  private var owner: String?
  private var shown: Shown?
  private var posting: Posting?
  /// What could not be shown and is still wanted: it waits for a server to come, once.
  private var waiting: Posting?
  /// For the one posting: the end of patience, or of the pause before a second try.
  private var timer: Timer?
  private var onTimer: () -> Void = {}
  /// Closings of notifications that were told while a prompt was on its way: a server may close one before it has said
  /// which id it gave it.
  private var closedEarly: [UInt32: UInt32] = [:]

  public var onReply: (_ prompt: UInt64, NotificationContent.Reply) -> Void = { _, _ in }
  public var onClosed: (_ prompt: UInt64, _ byPerson: Bool) -> Void = { _, _ in }
  /// A prompt of which something else was told before stands on the screen now.
  public var onShownLate: (_ prompt: UInt64) -> Void = { _ in }

  /// - Parameter bus: the session bus, attached to the loop.
  public convenience init(bus: Bus, loop: EventLoop) { self.init(bus: bus, loop: loop, patience: Patience()) }

  init(bus: Bus, loop: EventLoop, patience: Patience) {
    self.bus = bus
    self.loop = loop
    self.patience = patience
  }

  /// Begins; what is learnt comes from the loop.
  public func start() throws(Errno) {
    timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 0) { [weak self] in self?.onTimer() }
    slots.append(try bus.watchOwner(of: Self.busName) { [weak self] in self?.noteOwner($0) })
    slots.append(
      try bus.match(sender: Self.busName, path: Self.path, interface: Self.busName, member: "ActionInvoked") {
        [weak self] message in
        guard let self, let values = self.read(message) else { return }
        self.noteAction(values[0].uint32, values[1].string)
      })
    slots.append(
      try bus.match(sender: Self.busName, path: Self.path, interface: Self.busName, member: "NotificationClosed") {
        [weak self] message in
        guard let self, let values = self.read(message) else { return }
        self.noteClosed(values[0].uint32, reason: values[1].uint32)
      })
  }

  /// The two arguments of a signal, if it is the server's: anybody can send one to us, past the match.
  private func read(_ signal: Message) -> [BusValue]? {
    guard let owner, signal.sender == owner, let values = try? signal.read(), values.count == 2 else { return nil }
    return values
  }

  // MARK: Showing

  /// Shows a prompt in place of the one that is shown. The server is started if the bus can do that.
  ///
  /// One that cannot be shown waits, and is shown once if a server comes while it is wanted.
  ///
  /// - Parameters:
  ///   - mayWait: whether it is to be shown late, too.
  ///   - done: called once; at once, or from the loop.
  public func show(
    _ prompt: UInt64, _ content: NotificationContent, mayWait: Bool = true, done: @escaping (Delivery) -> Void
  ) {
    drop()
    begin(Posting(prompt, content, mayWait: mayWait, done))
  }

  /// Takes a prompt's notification back, where it is shown.
  public func close(prompt: UInt64) {
    forget(prompt)
    guard let shown, shown.prompt == prompt else { return }
    self.shown = nil
    close(shown.id)
  }

  /// Another takes the place of a prompt at once: its notification stands until then, and answers nothing any more.
  public func replace(prompt: UInt64) {
    forget(prompt)
    if shown?.prompt == prompt { shown?.isOver = true }
  }

  /// Nothing comes in the place of what ``replace(prompt:)`` has left on the screen.
  public func clear() {
    guard let shown, shown.isOver else { return }
    self.shown = nil
    close(shown.id)
  }

  private func forget(_ prompt: UInt64) {
    if posting?.prompt == prompt { drop() }
    if waiting?.prompt == prompt { waiting = nil }
  }

  /// What is on its way is not wanted any more.
  private func drop() {
    let dropped = posting
    (posting, waiting) = (nil, nil)
    timer?.disarm()
    dropped?.tell(.takenBack)
  }

  private func begin(_ posting: Posting) {
    self.posting = posting
    // Capabilities may change while a server lives, so each prompt asks anew.
    ask("GetCapabilities", [], mayStart: true) { [weak self] reply in
      guard let self, self.posting === posting else { return }
      switch reply {
      case .success(let values): self.hand(posting, values.first?.strings ?? [])
      case .failure(let error):
        // One that is there and does not know the question can do nothing but show a text.
        let isSilent = error.name == BusError.noReply || error.name == BusError.timeout
        if self.owner == nil || isSilent { self.fail(posting) } else { self.hand(posting, []) }
      }
    }
  }

  private func hand(_ posting: Posting, _ capabilities: [String]) {
    // Without a server that is known, neither ids nor answers are.
    guard let owner else { return fail(posting) }
    posting.owner = owner
    closedEarly = [:]
    let replaced = shown?.id
    arm(patience.answerUSec) { [weak self] in
      guard let self, self.posting === posting else { return }
      posting.tell(.unknown)
    }
    let arguments = arguments(of: posting.content, capabilities, replacing: replaced ?? 0)
    // Late answers count too: an id that nobody waits for any more is closed.
    ask("Notify", arguments, mayStart: false, timeoutUSec: .max) { [weak self] reply in
      guard let self else { return }
      // An id of a server that has gone means another's notification.
      let id = posting.owner == self.owner ? (try? reply.get())?.first?.uint32 : nil
      guard self.posting === posting else {
        if let id { self.close(id) }
        return
      }
      self.timer?.disarm()
      if let id, id != 0 { return self.note(posting, shownAs: id, replacing: replaced) }
      if case .failure(let error) = reply, error.name == Self.tooMany, !posting.isSecondTry {
        posting.isSecondTry = true
        return self.arm(self.patience.pauseUSec) { [weak self] in
          guard let self, self.posting === posting else { return }
          self.hand(posting, capabilities)
        }
      }
      self.fail(posting)
    }
  }

  private func note(_ posting: Posting, shownAs id: UInt32, replacing replaced: UInt32?) {
    self.posting = nil
    // Some servers give another id to what they have closed in the meantime; none may leave two there.
    if let replaced, replaced != id, shown?.id == replaced { close(replaced) }
    shown = Shown(prompt: posting.prompt, id: id, content: posting.content)
    if posting.isTold { onShownLate(posting.prompt) } else { posting.tell(.shown) }
    if let reason = closedEarly.removeValue(forKey: id) { noteClosed(id, reason: reason) }
  }

  private func fail(_ posting: Posting) {
    self.posting = nil
    clear()
    if !posting.isLate, posting.mayWait {
      waiting = posting
      // It was another that has gone.
      if posting.owner != nil, owner != nil, posting.owner != owner { return showLate() }
    }
    posting.tell(.failed)
  }

  private func showLate() {
    guard let late = waiting else { return }
    waiting = nil
    (late.isLate, late.isSecondTry) = (true, false)
    begin(late)
  }

  private func arm(_ lengthUSec: UInt64, _ body: @escaping () -> Void) {
    onTimer = body
    try? timer?.arm(atUSec: loop.nowUSec(CLOCK_MONOTONIC) + lengthUSec)
  }

  private func noteOwner(_ owner: String?) {
    guard self.owner != owner else { return }
    self.owner = owner
    // A server that goes takes its notifications along; that is no answer, and they are not shown again.
    if let gone = shown {
      shown = nil
      if !gone.isOver { onClosed(gone.prompt, false) }
    }
    if owner != nil { showLate() }
  }

  private func close(_ id: UInt32) { ask("CloseNotification", [.uint32(id)], mayStart: false) { _ in } }

  // MARK: Wording

  private func arguments(
    of content: NotificationContent, _ capabilities: [String], replacing id: UInt32
  ) -> [BusValue] {
    let hasActions = capabilities.contains("actions")
    var actions: [String] = []
    if hasActions {
      // Some servers draw a button for it.
      if content.click != nil { actions += ["default", "Done"] }
      for (index, action) in content.actions.enumerated() { actions += [Self.key(index), action.label] }
    }
    let body = NotificationText.body(content.body, last: hasActions ? nil : content.otherWay)
    var hints: [(String, BusValue)] = [
      ("urgency", .byte(content.isLow ? 0 : 1)),
      ("category", .string(content.category)),
      ("desktop-entry", .string("io.github.nape")),
      ("transient", .bool(content.isLow)),
      ("suppress-sound", .bool(!content.makesSound)),
    ]
    if content.makesSound { hints.append(("sound-name", .string("message-new-instant"))) }
    if let picture = content.picture, !Set(capabilities).isDisjoint(with: ["icon-static", "icon-multi", "body-images"])
    {
      hints.append(("image-path", .string(Pictures.uri(picture))))
    }
    return [
      .string("nape"), .uint32(id), .string("io.github.nape"), .string(NotificationText.title(content.title)),
      .string(capabilities.contains("body-markup") ? NotificationText.escaped(body) : body), .strings(actions),
      .array(of: "{sv}", hints.map { .entry(key: .string($0), value: .variant($1)) }),
      // As the server has it.
      .int32(-1),
    ]
  }

  private static func key(_ index: Int) -> String { "a\(index + 1)" }

  // MARK: Hearing

  private func noteAction(_ id: UInt32?, _ key: String?) {
    guard let shown, shown.id == id, !shown.isOver, let key else { return }
    let actions = shown.content.actions
    let reply =
      key == "default" ? shown.content.click : actions.indices.first { Self.key($0) == key }.map { actions[$0].reply }
    guard let reply else { return }
    // Most servers close it now, with one reason or another; that is no second answer.
    close(prompt: shown.prompt)
    onReply(shown.prompt, reply)
  }

  private func noteClosed(_ id: UInt32?, reason: UInt32?) {
    guard let shown, shown.id == id else {
      // A server that lies all the time must not fill the memory.
      if posting != nil, closedEarly.count < 16, let id, let reason { closedEarly[id] = reason }
      return
    }
    self.shown = nil
    let dismissedByPerson: UInt32 = 2
    if !shown.isOver { onClosed(shown.prompt, reason == dismissedByPerson) }
  }

  // MARK: Asking

  /// What the server says of itself; `nil` where there is none. It is not started.
  public func information(_ answer: @escaping (Information?) -> Void) {
    ask("GetServerInformation", [], mayStart: false) { [weak self] reply in
      guard let values = try? reply.get(), values.count == 4, let name = values[0].string,
        let version = values[2].string
      else { return answer(nil) }
      self?.ask("GetCapabilities", [], mayStart: false) { capabilities in
        let capabilities = (try? capabilities.get())?.first?.strings ?? []
        answer(Information(name: name, version: version, capabilities: capabilities))
      }
    }
  }

  private func ask(
    _ member: String, _ arguments: [BusValue], mayStart: Bool, timeoutUSec: UInt64? = nil,
    _ answer: @escaping (Result<[BusValue], BusError>) -> Void
  ) {
    do throws(Errno) {
      let call = try bus.methodCall(Self.busName, Self.path, Self.busName, member)
      try call.append(arguments)
      try call.setAutoStart(mayStart)
      try bus.send(call, timeoutUSec: timeoutUSec ?? patience.answerUSec, answer)
    } catch {
      answer(.failure(BusError(error)))
    }
  }
}
