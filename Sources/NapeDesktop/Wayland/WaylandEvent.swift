/// A message from the compositor.
struct WaylandEvent: Hashable, Sendable {
  /// The object that it is of.
  var object: UInt32
  /// The number of the event in its interface.
  var opcode: UInt16
  /// The arguments, of a length that is a multiple of 4 and at most 65,524 bytes.
  var arguments: [UInt8]

  /// The header of a message, in bytes: the object, then length and opcode.
  static let headerLength = 8

  /// Reads all arguments, in their order.
  ///
  /// - Throws: what `body` throws; ``WaylandError/badArguments(_:)`` if it leaves some.
  func read<Result>(
    _ body: (inout WaylandArguments) throws(WaylandError) -> Result
  ) throws(WaylandError) -> Result {
    var arguments = WaylandArguments(arguments)
    let result = try body(&arguments)
    try arguments.end()
    return result
  }
}
