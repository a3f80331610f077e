/// Finds out whether a server is Xwayland, which sees the input of its own windows alone.
///
/// From version 23.1 on it says so by an extension without requests; older ones are known by the names of their outputs,
/// which RANDR tells.
struct X11XwaylandCheck {
  /// The numbers of requests in RANDR.
  private enum Minor {
    static let queryVersion: UInt8 = 0
    static let getOutputInfo: UInt8 = 9
    static let getScreenResourcesCurrent: UInt8 = 25
  }

  private static let name = "XWAYLAND"
  /// Of the outputs the first will do, as all are named alike.
  private static let outputLimit: UInt16 = 4

  /// Asks the server.
  ///
  /// - Parameter done: called from the loop if it is not Xwayland; if it is, ``X11Error/isXwayland`` ends the connection.
  static func start(_ connection: X11Connection, done: @escaping () throws(X11Error) -> Void) {
    connection.send(.queryExtension(name)) { message throws(X11Error) in
      var fields = message.fields
      if try fields.uint8() != 0 { throw .isXwayland }
    }
    connection.send(.queryExtension("RANDR")) { [weak connection] message throws(X11Error) in
      var fields = message.fields
      guard let connection else { return }
      guard try fields.uint8() != 0 else { return try done() }
      askVersion(connection, major: try fields.uint8(), done: done)
    }
  }

  private static func askVersion(
    _ connection: X11Connection, major: UInt8, done: @escaping () throws(X11Error) -> Void
  ) {
    let request = X11Request(major, Minor.queryVersion, .uint32(1), .uint32(3))
    connection.send(request) { [weak connection] message throws(X11Error) in
      var fields = message.fields
      guard let connection else { return }
      // Xwayland has never had less than 1.3, from which on outputs can be listed without looking for new ones.
      guard (try fields.uint32(), try fields.uint32()) >= (1, 3) else { return try done() }
      askOutputs(connection, major: major, done: done)
    }
  }

  private static func askOutputs(
    _ connection: X11Connection, major: UInt8, done: @escaping () throws(X11Error) -> Void
  ) {
    let request = X11Request(major, Minor.getScreenResourcesCurrent, .uint32(connection.root))
    connection.send(request) { [weak connection] message throws(X11Error) in
      var fields = message.fields
      guard let connection else { return }
      try fields.skip(4)
      let time = try fields.uint32()
      let (controllers, outputs) = (try fields.uint16(), try fields.uint16())
      try fields.skip(12 + 4 * Int(controllers))
      for _ in 0..<min(outputs, outputLimit) {
        let request = X11Request(major, Minor.getOutputInfo, .uint32(try fields.uint32()), .uint32(time))
        connection.send(request) { message throws(X11Error) in try takeOutput(message) }
      }
      // Replies come in order: this one after those.
      connection.send(.queryExtension(name)) { _ throws(X11Error) in try done() }
    }
  }

  private static func takeOutput(_ message: X11Message) throws(X11Error) {
    var fields = message.fields
    try fields.skip(18)
    let (controllers, modes) = (Int(try fields.uint16()), Int(try fields.uint16()))
    try fields.skip(2)
    let (clones, length) = (Int(try fields.uint16()), Int(try fields.uint16()))
    try fields.skip(4 * (controllers + modes + clones))
    if try fields.bytes(length).starts(with: name.utf8) { throw .isXwayland }
  }
}
