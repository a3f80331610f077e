import NapeCore
import Systemd

/// What a notification shows, and what it can be answered with.
public struct NotificationContent: Hashable {
  public var title: String
  /// Without markup.
  public var body: String
  /// Labels and what they answer; at most three.
  public var actions: [(label: String, answer: Answer)]
  /// What a click on the notification answers.
  public var click: Answer?
  /// Nothing is lost when it goes unseen.
  public var isLow: Bool
  public var category: String
  public var makesSound: Bool

  public init(
    title: String, body: String, actions: [(label: String, answer: Answer)], click: Answer?, isLow: Bool,
    category: String, makesSound: Bool
  ) {
    self.title = title
    self.body = body
    self.actions = actions
    self.click = click
    self.isLow = isLow
    self.category = category
    self.makesSound = makesSound
  }

  public static func == (left: Self, right: Self) -> Bool {
    left.title == right.title && left.body == right.body && left.click == right.click
      && left.actions.elementsEqual(right.actions) { $0 == $1 }
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(title)
    hasher.combine(body)
  }
}

/// The desktop's notification server (`org.freedesktop.Notifications`).
///
/// It shows one notification of ours at a time, replaced in place. Ids are those that the server returned, and count only
/// while that server lives: some servers send their signals to everybody. Action keys are generic, so that nothing is
/// learnt from the bus.
public final class NotificationServer {
  public static let busName = "org.freedesktop.Notifications"
  private static let path = "/org/freedesktop/Notifications"
  private static let answerLimitUSec: UInt64 = 10_000_000

  /// What a server says of itself.
  public struct Information: Hashable, Sendable {
    public var name: String
    public var version: String
    public var capabilities: [String]
  }

  private struct Shown {
    let prompt: UInt64
    let id: UInt32
    let content: NotificationContent
  }

  private let bus: Bus
  private var slots: [Slot] = []
  private var owner: String?
  private var shown: Shown?
  /// A prompt that is on its way to the server and still wanted.
  private var posting: UInt64?
  /// Closings of notifications that were told while a prompt was on its way: a server may close one before it has said
  /// which id it gave it.
  private var closedEarly: [UInt32: UInt32] = [:]

  public var onAnswer: (_ prompt: UInt64, Answer) -> Void = { _, _ in }
  public var onClosed: (_ prompt: UInt64, _ byPerson: Bool) -> Void = { _, _ in }

  public init(bus: Bus) { self.bus = bus }

  public func start() throws(Errno) {
    slots.append(
      try bus.watchOwner(of: Self.busName) { [weak self] owner in
        guard let self, self.owner != owner else { return }
        self.owner = owner
        // A server that goes takes its notifications along; that is no answer.
        if let gone = self.shown {
          self.shown = nil
          self.onClosed(gone.prompt, false)
        }
      })
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

  /// What became of a prompt.
  public enum Delivery: Hashable, Sendable {
    case shown
    /// There is no server, or it would not.
    case failed
    /// It was no longer wanted when the server answered.
    case takenBack
  }

  /// Shows a prompt in place of the one that is shown. The server is started if the bus can do that.
  ///
  /// - Parameter done: called once, from the loop.
  public func show(_ prompt: UInt64, _ content: NotificationContent, done: @escaping (Delivery) -> Void) {
    posting = prompt
    closedEarly = [:]
    // Capabilities may change while a server lives, so each prompt asks anew.
    ask("GetCapabilities", [], mayStart: true) { [weak self] values in
      guard let self, self.posting == prompt else { return done(.takenBack) }
      guard let capabilities = values?.first?.strings else {
        self.posting = nil
        return done(.failed)
      }
      self.notify(prompt, content, capabilities, done)
    }
  }

  private func notify(
    _ prompt: UInt64, _ content: NotificationContent, _ capabilities: [String], _ done: @escaping (Delivery) -> Void
  ) {
    let body = capabilities.contains("body-markup") ? Self.escaped(content.body) : content.body
    var actions: [String] = []
    if capabilities.contains("actions") {
      if content.click != nil { actions += ["default", "OK"] }
      for (index, action) in content.actions.enumerated() { actions += ["a\(index + 1)", action.label] }
    }
    let hints: BusValue = .dictionary([
      "urgency": .byte(content.isLow ? 0 : 1),
      "category": .string(content.category),
      "desktop-entry": .string("io.github.nape"),
      "transient": .bool(content.isLow),
      "suppress-sound": .bool(!content.makesSound),
    ])
    let arguments: [BusValue] = [
      .string("nape"), .uint32(shown?.id ?? 0), .string(""), .string(content.title), .string(body), .strings(actions),
      hints, .int32(-1),
    ]
    ask("Notify", arguments, mayStart: true) { [weak self] values in
      guard let self else { return }
      let isWanted = self.posting == prompt
      if isWanted { self.posting = nil }
      guard let id = values?.first?.uint32 else { return done(isWanted ? .failed : .takenBack) }
      guard isWanted else {
        self.close(id)
        return done(.takenBack)
      }
      self.shown = Shown(prompt: prompt, id: id, content: content)
      done(.shown)
      if let reason = self.closedEarly.removeValue(forKey: id) { self.noteClosed(id, reason: reason) }
    }
  }

  /// Takes a prompt's notification back, where it is shown.
  public func close(prompt: UInt64) {
    if posting == prompt { posting = nil }
    guard let shown, shown.prompt == prompt else { return }
    self.shown = nil
    close(shown.id)
  }

  private func close(_ id: UInt32) { ask("CloseNotification", [.uint32(id)], mayStart: false) { _ in } }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
  }

  // MARK: Hearing

  private func noteAction(_ id: UInt32?, _ key: String?) {
    guard let shown, shown.id == id, let key else { return }
    let answer: Answer?
    if key == "default" {
      answer = shown.content.click
    } else {
      answer = shown.content.actions.indices.first { key == "a\($0 + 1)" }.map { shown.content.actions[$0].answer }
    }
    guard let answer else { return }
    // Most servers close it now, with one reason or another; that is no second answer.
    close(prompt: shown.prompt)
    onAnswer(shown.prompt, answer)
  }

  private func noteClosed(_ id: UInt32?, reason: UInt32?) {
    guard let shown, shown.id == id else {
      // A server that lies all the time must not fill the memory.
      if posting != nil, closedEarly.count < 16, let id, let reason { closedEarly[id] = reason }
      return
    }
    self.shown = nil
    let dismissedByPerson: UInt32 = 2
    onClosed(shown.prompt, reason == dismissedByPerson)
  }

  // MARK: Asking

  /// What the server says of itself; `nil` where there is none. It is not started.
  public func information(_ answer: @escaping (Information?) -> Void) {
    ask("GetServerInformation", [], mayStart: false) { [weak self] values in
      guard let values, values.count == 4, let name = values[0].string, let version = values[2].string else {
        return answer(nil)
      }
      self?.ask("GetCapabilities", [], mayStart: false) { capabilities in
        answer(Information(name: name, version: version, capabilities: capabilities?.first?.strings ?? []))
      }
    }
  }

  private func ask(
    _ member: String, _ arguments: [BusValue], mayStart: Bool, _ answer: @escaping ([BusValue]?) -> Void
  ) {
    do throws(Errno) {
      let call = try bus.methodCall(Self.busName, Self.path, Self.busName, member)
      try call.append(arguments)
      try call.setAutoStart(mayStart)
      try bus.send(call, timeoutUSec: Self.answerLimitUSec) { answer(try? $0.get()) }
    } catch {
      answer(nil)
    }
  }
}
