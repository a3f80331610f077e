/// Why there is no connection to a compositor, or none any more. The texts name no file and no person.
enum WaylandError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What happened below the protocol, where there is no better word for it.
  case socket(LocalSocketError)
  /// The compositor closed the connection, perhaps in the middle of a message.
  case closed(inMessage: Bool)
  /// The compositor does not read what it is sent.
  case notReading
  /// The compositor did not answer in time.
  case silent
  /// It refused a request (`wl_display.error`), in its own words.
  case refused(code: UInt32, message: String)
  /// The header of a message gives a length in bytes that cannot be.
  case badLength(UInt16)
  /// The arguments of an event are not what they must be.
  case badArguments(String)
  /// An event of an object that never was.
  case unknownObject(UInt32)
  /// An event that an object of this interface does not have.
  case unknownEvent(interface: String, opcode: UInt16)
  /// So many objects are in use, because the compositor releases none, or takes seats away and brings new ones.
  case tooManyObjects(Int)
  case tooManySeats(Int)
  /// Nobody can be at a compositor without a seat.
  case noSeat
  /// The compositor has no idle notifier, or withdrew it.
  case noNotifier

  init(_ error: LocalSocketError) {
    switch error {
    case .closed: self = .closed(inMessage: false)
    case .notReading: self = .notReading
    default: self = .socket(error)
    }
  }

  var description: String {
    switch self {
    case .socket(let error): error.description
    case .closed(inMessage: false): "the compositor closed the connection"
    case .closed(inMessage: true): "the compositor closed the connection in the middle of a message"
    case .notReading: "the compositor does not read"
    case .silent: "the compositor does not answer"
    case .refused(let code, let message): "the compositor reports error \(code): \(message.inJournal)"
    case .badLength(let bytes): "the compositor sent a message of \(bytes) bytes"
    case .badArguments(let what): "the compositor sent \(what)"
    case .unknownObject(let id): "the compositor sent an event of object \(id), which never was"
    case .unknownEvent(let interface, let opcode): "the compositor sent the unknown \(interface) event \(opcode)"
    case .tooManyObjects(let count): "\(count) objects are in use"
    case .tooManySeats(let count): "the compositor has more than \(count) seats"
    case .noSeat: "the compositor has no seat"
    case .noNotifier: "the compositor has no idle notifier"
    }
  }
}
