/// A number as TOML spells it.
struct NumberText {
  private let word: ArraySlice<UInt8>
  private var index: Int

  private init(_ word: ArraySlice<UInt8>) {
    self.word = word
    index = word.startIndex
  }

  /// The number that `word` spells, an integer or a float.
  static func value(of word: ArraySlice<UInt8>) throws(Complaint) -> Node.Value {
    var text = NumberText(word)
    return try text.value()
  }

  private mutating func value() throws(Complaint) -> Node.Value {
    if let radix { return .integer(try integer(radix: radix)) }
    let isNegative = current == .minus
    if isNegative || current == .plus { index += 1 }
    if word[index...].elementsEqual("inf".utf8) { return .float(isNegative ? -.infinity : .infinity) }
    if word[index...].elementsEqual("nan".utf8) { return .float(.nan) }

    let start = index
    guard skipDigits() else { throw malformed }
    guard word[start] != .zero || index - start == 1 else {
      throw Complaint(
        message: "\(Excerpt(word)) begins with a needless zero: write the number without it, or put text in quotes")
    }
    guard current != nil else { return .integer(try integer(of: word, radix: 10)) }
    if current == .dot {
      index += 1
      guard skipDigits() else { throw malformed }
    }
    if current == UInt8(ascii: "e") || current == UInt8(ascii: "E") {
      index += 1
      if current == .plus || current == .minus { index += 1 }
      guard skipDigits() else { throw malformed }
    }
    guard current == nil, let float = Double(withoutUnderscores(word)) else { throw malformed }
    return .float(float)
  }

  /// The radix that a prefix such as `0x` names, or nothing without one.
  private var radix: Int? {
    guard word.first == .zero else { return nil }
    return switch word.dropFirst().first {
    case UInt8(ascii: "x"): 16
    case UInt8(ascii: "o"): 8
    case UInt8(ascii: "b"): 2
    default: nil
    }
  }

  private mutating func integer(radix: Int) throws(Complaint) -> Int64 {
    index += 2
    let start = index
    guard skipDigits(radix: radix), current == nil else {
      throw Complaint(
        message: "\(Excerpt(word)) is not a number: 0x goes before the digits 0 to 9 and a to f, 0o before 0 to 7, "
          + "0b before 0 and 1; _ may stand between two digits")
    }
    return try integer(of: word[start...], radix: radix)
  }

  private func integer(of digits: ArraySlice<UInt8>, radix: Int) throws(Complaint) -> Int64 {
    guard let integer = Int64(withoutUnderscores(digits), radix: radix) else {
      throw Complaint(message: "\(Excerpt(word)) is out of range: integers go from \(Int64.min) to \(Int64.max)")
    }
    return integer
  }

  private var current: UInt8? {
    index < word.endIndex ? word[index] : nil
  }

  /// Moves behind the digits here, between which single underscores may stand. False if there is no digit.
  private mutating func skipDigits(radix: Int = 10) -> Bool {
    guard isDigit(at: index, radix: radix) else { return false }
    index += 1
    while true {
      if isDigit(at: index, radix: radix) {
        index += 1
      } else if current == .underscore, isDigit(at: index + 1, radix: radix) {
        index += 2
      } else {
        return true
      }
    }
  }

  private func isDigit(at index: Int, radix: Int) -> Bool {
    guard index < word.endIndex, let value = word[index].hexadecimalValue else { return false }
    return value < radix
  }

  private func withoutUnderscores(_ digits: ArraySlice<UInt8>) -> String {
    String(decoding: digits.filter { $0 != .underscore }, as: UTF8.self)
  }

  private var malformed: Complaint {
    Complaint(
      message: "\(Excerpt(word)) is not a number: write for example 42, -7, 1_000, 0.5 or 6.0e23, or put text in quotes"
    )
  }
}
