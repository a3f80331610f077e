/// A place in the bytes of a document that moves forward and knows its line and column.
struct Cursor {
  private let bytes: [UInt8]
  private(set) var offset = 0
  private var line = 1
  private var lineStart = 0

  /// How many bytes of this line, so far, are not the first of their Unicode scalar.
  private var trailingBytes = 0

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
  }

  var position: Position {
    Position(line: line, column: offset - lineStart - trailingBytes + 1)
  }

  var isAtEnd: Bool {
    offset >= bytes.count
  }

  /// The byte here, or nothing at the end of the document.
  var current: UInt8? {
    isAtEnd ? nil : bytes[offset]
  }

  /// The byte `distance` bytes further on, or nothing behind the end.
  func peek(_ distance: Int) -> UInt8? {
    distance < bytes.count - offset ? bytes[offset + distance] : nil
  }

  /// The bytes from `start` up to here.
  func bytes(since start: Int) -> ArraySlice<UInt8> {
    bytes[start..<offset]
  }

  /// Whether the next three bytes are all `byte`.
  func isAtTriple(_ byte: UInt8) -> Bool {
    current == byte && peek(1) == byte && peek(2) == byte
  }

  /// Whether a line ends here, with a line feed or with a carriage return and a line feed.
  var isAtNewline: Bool {
    current == .lineFeed || (current == .carriageReturn && peek(1) == .lineFeed)
  }

  mutating func advance() {
    guard let byte = current else { return }
    offset += 1
    if byte == .lineFeed {
      line += 1
      lineStart = offset
      trailingBytes = 0
    } else if byte & 0b1100_0000 == 0b1000_0000 {
      trailingBytes += 1
    }
  }

  mutating func advance(by count: Int) {
    for _ in 0..<count { advance() }
  }

  /// Moves behind `byte` if it stands here, and says whether it did.
  mutating func skip(_ byte: UInt8) -> Bool {
    guard current == byte else { return false }
    advance()
    return true
  }

  /// Moves behind the end of the line if it is here, and says whether it was.
  mutating func skipNewline() -> Bool {
    guard isAtNewline else { return false }
    _ = skip(.carriageReturn)
    advance()
    return true
  }

  /// Moves behind all spaces and tabs.
  mutating func skipSpaces() {
    while current == .space || current == .tab { advance() }
  }
}
