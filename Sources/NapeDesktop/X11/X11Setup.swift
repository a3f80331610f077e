/// What a server says when it lets a client in, as far as it is needed.
struct X11Setup: Hashable, Sendable {
  /// The version of the protocol, without its revision.
  static let version: UInt16 = 11
  /// The fixed part of an answer in bytes, before its length is counted.
  static let headerLength = 8

  /// The numbers of a client's own objects: these bits …
  private let base: UInt32
  /// … and any of these.
  private let mask: UInt32
  /// The window that fills the first screen.
  let root: UInt32

  /// What a client says first.
  ///
  /// - Parameter cookie: of at most 64 KiB; `nil` for a server that lets everybody in.
  static func request(cookie: [UInt8]?) -> [UInt8] {
    let name = cookie == nil ? [] : Array(X11Authority.cookieName.utf8)
    let data = cookie ?? []
    // The byte that says in which order numbers are written reads `l` or `B`.
    let order = UInt16(littleEndian: 1) == 1 ? UInt8(ascii: "l") : UInt8(ascii: "B")
    var bytes: [UInt8] = [order, 0]
    for number in [version, 0, UInt16(clamping: name.count), UInt16(clamping: data.count), 0] {
      withUnsafeBytes(of: number) { bytes.append(contentsOf: $0) }
    }
    for field in [name, data] {
      bytes += field + [UInt8](repeating: 0, count: (4 - field.count % 4) % 4)
    }
    return bytes
  }

  /// - Parameter answer: the whole of it.
  /// - Throws: ``X11Error/refused(reason:)``, ``X11Error/wantsMore(reason:)``, ``X11Error/badSetup(_:)``.
  init(_ answer: [UInt8]) throws(X11Error) {
    var fields = X11Fields(answer, from: 0)
    let (status, length, version) = (try fields.uint8(), try fields.uint8(), try fields.uint16())
    try fields.skip(4)
    switch status {
    case 0: throw .refused(reason: Self.reason(answer.dropFirst(Self.headerLength).prefix(Int(length))))
    case 2: throw .wantsMore(reason: Self.reason(answer.dropFirst(Self.headerLength)))
    default: break
    }
    guard version == Self.version else { throw .badSetup("version \(version) of the protocol") }
    guard answer.count >= 40 else { throw .badSetup("an answer of \(answer.count) bytes") }
    try fields.skip(4)
    (base, mask) = (try fields.uint32(), try fields.uint32())
    try fields.skip(4)
    let vendorLength = Int(try fields.uint16())
    try fields.skip(2)
    let (screens, formats) = (try fields.uint8(), Int(try fields.uint8()))
    // The screens follow the vendor's name and the formats, of 8 bytes each.
    try fields.skip(10 + (vendorLength + 3) / 4 * 4 + 8 * formats)
    guard screens > 0 else { throw .badSetup("no screen") }
    root = try fields.uint32()
    // By the protocol at least 18 bits, side by side.
    let bits = mask >> UInt32(mask.trailingZeroBitCount)
    guard bits >= 0x3_FFFF, bits & (bits &+ 1) == 0, base & mask == 0 else {
      throw .badSetup("numbers for objects that cannot be")
    }
  }

  /// The number of a client's object; it comes again after at least 262,144 others.
  func object(_ count: UInt32) -> UInt32 { base | (count << UInt32(mask.trailingZeroBitCount) & mask) }

  private static func reason(_ bytes: ArraySlice<UInt8>) -> String {
    let text = bytes.prefix { $0 != 0 }
    let end = text.lastIndex { $0 > UInt8(ascii: " ") }.map { $0 + 1 } ?? text.startIndex
    return String(decoding: text[..<end], as: UTF8.self)
  }
}
