import CSystemd
import Glibc

/// A D-Bus message.
public final class Message {
  let raw: OpaquePointer

  /// Takes a reference over.
  init(owning raw: OpaquePointer) { self.raw = raw }

  /// Adds a reference to a message that a callback was handed.
  init(sharing raw: OpaquePointer) { self.raw = sd_bus_message_ref(raw) }

  deinit { sd_bus_message_unref(raw) }

  /// The unique name of who sent it.
  public var sender: String? { sd_bus_message_get_sender(raw).map { String(cString: $0) } }
  public var path: String? { sd_bus_message_get_path(raw).map { String(cString: $0) } }
  public var interface: String? { sd_bus_message_get_interface(raw).map { String(cString: $0) } }
  public var member: String? { sd_bus_message_get_member(raw).map { String(cString: $0) } }

  /// Whether the bus may start a service to deliver it. `sd_bus_message_set_auto_start(3)`
  public func setAutoStart(_ may: Bool) throws(Errno) { try check(sd_bus_message_set_auto_start(raw, may ? 1 : 0)) }

  // MARK: Writing

  /// Appends values to the body. `sd_bus_message_append_basic(3)`, `sd_bus_message_open_container(3)`
  ///
  /// - Throws: also `EINVAL` for what libsystemd would send, but a bus daemon answers by dropping the connection: a text
  ///   with a NUL, a structure without members, containers deeper than D-Bus allows.
  public func append(_ values: [BusValue]) throws(Errno) { try append(values, depth: 0) }

  private func append(_ values: [BusValue], depth: Int) throws(Errno) {
    guard depth <= Self.deepest else { throw Errno.invalidArgument }
    for value in values { try append(value, depth: depth) }
  }

  private func append(_ value: BusValue, depth: Int) throws(Errno) {
    switch value {
    case .byte(let value): try append(value, "y")
    case .bool(let value): try append(CInt(value ? 1 : 0), "b")
    case .int16(let value): try append(value, "n")
    case .uint16(let value): try append(value, "q")
    case .int32(let value): try append(value, "i")
    case .uint32(let value): try append(value, "u")
    case .int64(let value): try append(value, "x")
    case .uint64(let value): try append(value, "t")
    case .double(let value): try append(value, "d")
    case .string(let text): try appendText(text, "s")
    case .objectPath(let text): try appendText(text, "o")
    case .signature(let text): try appendText(text, "g")
    case .fileDescriptor(let descriptor): try append(descriptor.raw, "h")
    case .array(let element, let values): try append(values, in: "a", contents: element, depth)
    case .structure(let members):
      guard !members.isEmpty else { throw Errno.invalidArgument }
      try append(members, in: "r", contents: members.map(\.typeSignature).joined(), depth)
    case .entry(let key, let value):
      try append([key, value], in: "e", contents: key.typeSignature + value.typeSignature, depth)
    case .variant(let value): try append([value], in: "v", contents: value.typeSignature, depth)
    }
  }

  private func append<Number>(_ number: Number, _ type: Unicode.Scalar) throws(Errno) {
    try check(withUnsafePointer(to: number) { sd_bus_message_append_basic(raw, Self.code(type), $0) })
  }

  private func appendText(_ text: String, _ type: Unicode.Scalar) throws(Errno) {
    // No text of D-Bus holds a NUL, and C would end there.
    guard !text.utf8.contains(0) else { throw Errno.invalidArgument }
    try check(text.withCString { sd_bus_message_append_basic(raw, Self.code(type), $0) })
  }

  private func append(
    _ values: [BusValue], in type: Unicode.Scalar, contents: String, _ depth: Int
  ) throws(Errno) {
    try check(sd_bus_message_open_container(raw, Self.code(type), contents))
    try append(values, depth: depth + 1)
    try check(sd_bus_message_close_container(raw))
  }

  private static func code(_ type: Unicode.Scalar) -> CChar { CChar(truncatingIfNeeded: type.value) }

  // MARK: Reading

  /// D-Bus allows 64 levels of containers; deeper ones do not reach us.
  private static let deepest = 64

  /// The whole body, from its start. `sd_bus_message_peek_type(3)`, `sd_bus_message_read_basic(3)`
  ///
  /// - Parameter maximumCount: of values at all levels. A message may have 128 MiB, and its values take many times that.
  /// - Throws: also `EMSGSIZE` for a body of more values.
  public func read(maximumCount: Int = 1 << 18) throws(Errno) -> [BusValue] {
    try check(sd_bus_message_rewind(raw, 1))
    var left = maximumCount
    return try readAll(depth: 0, &left)
  }

  private func readAll(depth: Int, _ left: inout Int) throws(Errno) -> [BusValue] {
    guard depth <= Self.deepest else { throw Errno.badMessage }
    var values: [BusValue] = []
    var type: CChar = 0
    var contents: UnsafePointer<CChar>?
    while try check(sd_bus_message_peek_type(raw, &type, &contents)) > 0 {
      guard left > 0 else { throw Errno(code: EMSGSIZE) }
      left -= 1
      values.append(try readOne(type, contents.map { String(cString: $0) } ?? "", depth, &left))
    }
    return values
  }

  private func readOne(
    _ type: CChar, _ contents: String, _ depth: Int, _ left: inout Int
  ) throws(Errno) -> BusValue {
    switch Unicode.Scalar(UInt8(bitPattern: type)) {
    case "y": return .byte(try readBasic(type, 0))
    case "b": return .bool(try readBasic(type, 0 as CInt) != 0)
    case "n": return .int16(try readBasic(type, 0))
    case "q": return .uint16(try readBasic(type, 0))
    case "i": return .int32(try readBasic(type, 0))
    case "u": return .uint32(try readBasic(type, 0))
    case "x": return .int64(try readBasic(type, 0))
    case "t": return .uint64(try readBasic(type, 0))
    case "d": return .double(try readBasic(type, 0))
    case "s": return .string(try readText(type))
    case "o": return .objectPath(try readText(type))
    case "g": return .signature(try readText(type))
    case "h": return .fileDescriptor(try FileDescriptor(copying: try readBasic(type, -1)))
    case "a": return .array(of: contents, try readContainer(type, contents, depth, &left))
    case "r": return .structure(try readContainer(type, contents, depth, &left))
    case "e":
      let members = try readContainer(type, contents, depth, &left)
      guard members.count == 2 else { throw Errno.badMessage }
      return .entry(key: members[0], value: members[1])
    case "v":
      guard let value = try readContainer(type, contents, depth, &left).first else { throw Errno.badMessage }
      return .variant(value)
    default: throw Errno.badMessage
    }
  }

  private func readBasic<Number>(_ type: CChar, _ zero: Number) throws(Errno) -> Number {
    var value = zero
    try check(withUnsafeMutablePointer(to: &value) { sd_bus_message_read_basic(raw, type, $0) })
    return value
  }

  private func readText(_ type: CChar) throws(Errno) -> String {
    var text: UnsafePointer<CChar>?
    try check(withUnsafeMutablePointer(to: &text) { sd_bus_message_read_basic(raw, type, $0) })
    return text.map { String(cString: $0) } ?? ""
  }

  private func readContainer(
    _ type: CChar, _ contents: String, _ depth: Int, _ left: inout Int
  ) throws(Errno) -> [BusValue] {
    try check(sd_bus_message_enter_container(raw, type, contents))
    let values = try readAll(depth: depth + 1, &left)
    try check(sd_bus_message_exit_container(raw))
    return values
  }
}
