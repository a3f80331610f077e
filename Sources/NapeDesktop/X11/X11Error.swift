/// Why there is no connection to an X server, or none any more. The texts name no file and no person.
enum X11Error: Error, Hashable, Sendable, CustomStringConvertible {
  /// `$DISPLAY` is no name of a display.
  case badDisplayName
  /// `$DISPLAY` is reached by a network: whoever sits there sits at another desk.
  case otherMachine
  /// What happened below the protocol, where there is no better word for it.
  case socket(LocalSocketError)
  /// The server closed the connection, perhaps in the middle of a message.
  case closed(inMessage: Bool)
  /// The server does not read what it is sent.
  case notReading
  /// The server did not answer in time.
  case silent
  /// It let us not in, for a reason in its own words.
  case refused(reason: String)
  /// It let us not in without the cookie, which this process may not read.
  case cookieWithheld
  /// It wants to be talked to more before it lets us in, which no server does.
  case wantsMore(reason: String)
  /// The answer to the setup is not what it must be.
  case badSetup(String)
  /// A message says that it is so many bytes long.
  case badLength(UInt64)
  /// A reply or an event is not what it must be.
  case badMessage(String)
  /// A message gives the number of a request that was not made, or was dealt with before.
  case badSequence(UInt16)
  /// A reply to a request that has none, or has had it.
  case unexpectedReply(UInt16)
  /// It refused a request, by the numbers of the error and of the request.
  case requestFailed(code: UInt8, major: UInt8, minor: UInt16)
  /// It is a window of a Wayland compositor, and sees the input of its own windows alone.
  case isXwayland
  case noSync
  /// The server has no counter of idle time.
  case noIdleTime

  /// Whether the same server may do later.
  var mayPass: Bool {
    switch self {
    case .badDisplayName, .otherMachine, .isXwayland, .noSync, .noIdleTime: false
    default: true
    }
  }

  init(_ error: LocalSocketError) {
    switch error {
    case .closed: self = .closed(inMessage: false)
    case .notReading: self = .notReading
    default: self = .socket(error)
    }
  }

  var description: String {
    switch self {
    case .badDisplayName: "$DISPLAY is no name of an X display"
    case .otherMachine: "the X display is on another machine"
    case .socket(let error): error.description
    case .closed(inMessage: false): "the X server closed the connection"
    case .closed(inMessage: true): "the X server closed the connection in the middle of a message"
    case .notReading: "the X server does not read"
    case .silent: "the X server does not answer"
    case .refused(let reason): "the X server refuses the connection: \(reason.inJournal)"
    case .cookieWithheld:
      "the X server wants a cookie that is newer than naped, which may read it after systemctl --user restart nape"
    case .wantsMore(let reason): "the X server wants more than a cookie: \(reason.inJournal)"
    case .badSetup(let what): "the X server began with \(what)"
    case .badLength(let bytes): "the X server sent a message of \(bytes) bytes"
    case .badMessage(let what): "the X server sent \(what)"
    case .badSequence(let number): "the X server speaks of request \(number), which was not made"
    case .unexpectedReply(let number): "the X server sent a reply to request \(number), which waits for none"
    case .requestFailed(let code, let major, let minor):
      "the X server refused request \(major).\(minor) with error \(code)"
    case .isXwayland: "the X server is Xwayland, which sees a part of the input alone"
    case .noSync: "the X server has no SYNC extension"
    case .noIdleTime: "the X server does not tell idle time"
    }
  }
}
