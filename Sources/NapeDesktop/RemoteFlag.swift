import Systemd

/// A yes or no that a service on a bus tells of. It is `false` while the service is not there and until it has
/// said otherwise; no answer, or one that is something else, changes nothing.
///
/// Nothing is asked while nothing changes: the service is asked when it comes, and when it says that something has changed
/// but not to what. One question is under way at a time, however much it says. It is never started, and heard only where
/// it is itself that speaks: anybody can send a signal to us, past a match.
final class RemoteFlag {
  /// What is asked.
  struct Question {
    var service: String
    var path: String
    var interface: String
    var member: String
    var arguments: [BusValue] = []
    /// What an answer means; `nil` where it means nothing.
    var meaning: ([BusValue]) -> Bool?
  }

  /// A signal from the object that is asked.
  struct Signal {
    enum News: Hashable {
      case value(Bool)
      /// Something has changed: it is asked to what.
      case changed
      case nothing
    }

    var interface: String
    var member: String
    var news: ([BusValue]) -> News
  }

  private static let properties = "org.freedesktop.DBus.Properties"
  private static let answerLimitUSec: UInt64 = 5_000_000

  private let bus: Bus
  private let question: Question
  private let signals: [Signal]
  private var slots: [Slot] = []
  /// The unique name of the service.
  private var owner: String?
  /// An answer is awaited.
  private(set) var isAsking = false
  private var mustAskAgain = false
  /// Counts the services, so that a late answer of one that has gone is known.
  private var service = 0

  /// Called from the loop, when ``isSet`` has changed.
  var onChange: () -> Void = {}
  /// Called from the loop, when what was asked has been answered, or will not be.
  var onSettled: () -> Void = {}

  private(set) var isSet = false
  /// Whether the service that is there has answered with something that means something.
  private(set) var hasAnswered = false

  /// - Parameter bus: attached to a loop.
  init(bus: Bus, _ question: Question, _ signals: [Signal]) {
    self.bus = bus
    self.question = question
    self.signals = signals
  }

  /// A property, heard of by `PropertiesChanged`.
  ///
  /// - Parameter isSet: what a value means.
  convenience init(
    bus: Bus, service: String, path: String, interface: String, property: String,
    isSet: @escaping (BusValue) -> Bool
  ) {
    let question = Question(
      service: service, path: path, interface: Self.properties, member: "Get",
      arguments: [.string(interface), .string(property)], meaning: { ($0.first?.unwrapped).map(isSet) })
    let signal = Signal(interface: Self.properties, member: "PropertiesChanged") { values in
      guard values.count == 3, values[0].string == interface else { return .nothing }
      if let value = values[1].dictionary?[property] { return .value(isSet(value)) }
      return values[2].strings?.contains(property) == true ? .changed : .nothing
    }
    self.init(bus: bus, question, [signal])
  }

  /// Whether the service is there.
  var isPresent: Bool { owner != nil }

  var serviceName: String { question.service }

  /// Begins; what is learnt comes from the loop.
  func start() throws(Errno) {
    for signal in signals {
      slots.append(
        try bus.match(
          sender: question.service, path: question.path, interface: signal.interface, member: signal.member
        ) { [weak self] message in
          guard let self, let owner = self.owner, message.sender == owner, let values = try? message.read() else {
            return
          }
          switch signal.news(values) {
          case .value(let value):
            // An answer to what was asked before is old now.
            self.service += 1
            self.isAsking = false
            self.set(value)
            self.onSettled()
          case .changed: self.ask()
          case .nothing: break
          }
        })
    }
    slots.append(
      try bus.watchOwner(of: question.service) { [weak self] owner in
        guard let self else { return }
        self.owner = owner
        self.service += 1
        self.isAsking = false
        self.hasAnswered = false
        if owner != nil { self.ask() }
        // What the one before said is void.
        self.set(false)
        if !self.isAsking { self.onSettled() }
      })
  }

  private func set(_ value: Bool) {
    guard value != isSet else { return }
    isSet = value
    onChange()
  }

  /// Asks, where the service is there.
  func ask() {
    guard let owner, !isAsking else {
      mustAskAgain = true
      return
    }
    (isAsking, mustAskAgain) = (true, false)
    let service = service
    let take = { [weak self] (values: [BusValue]?) in
      guard let self, self.service == service else { return }
      self.isAsking = false
      // Who gives no answer has not taken back what it said.
      if let value = values.flatMap(self.question.meaning) {
        self.hasAnswered = true
        self.set(value)
      }
      if self.mustAskAgain { self.ask() }
      if !self.isAsking { self.onSettled() }
    }
    do throws(Errno) {
      let call = try bus.methodCall(owner, question.path, question.interface, question.member)
      try call.append(question.arguments)
      try call.setAutoStart(false)
      try bus.send(call, timeoutUSec: Self.answerLimitUSec) { take(try? $0.get()) }
    } catch {
      take(nil)
    }
  }
}
