import JSON
import NapeCore

/// The members of an object that is read, each taken once; what is wrong is told with its name.
struct JSONMembers {
  private var left: [String: JSON]

  init(_ value: JSON) throws(ImportRow.Wrong) {
    guard case .object(let members) = value else { throw .init("an object") }
    left = members
  }

  /// What is left is a mistake.
  func finish() throws(ImportRow.Wrong) {
    if let name = left.keys.min() { throw .init("\(JSONText.quoted(String(name.prefix(40)))) is not known here") }
  }

  mutating func optional<Value>(
    _ name: String, _ read: (JSON) throws(ImportRow.Wrong) -> Value
  ) throws(ImportRow.Wrong) -> Value? {
    guard let value = left.removeValue(forKey: name), value != .null else { return nil }
    do throws(ImportRow.Wrong) { return try read(value) } catch { throw .init("\(name): \(error.what)") }
  }

  mutating func required<Value>(
    _ name: String, _ read: (JSON) throws(ImportRow.Wrong) -> Value
  ) throws(ImportRow.Wrong) -> Value {
    guard let value = try optional(name, read) else { throw .init("\"\(name)\" is missing") }
    return value
  }

  /// - Parameter most: how many there may be.
  mutating func list<Value>(
    _ name: String, atMost most: Int = 1000, _ read: (JSON) throws(ImportRow.Wrong) -> Value
  ) throws(ImportRow.Wrong) -> [Value] {
    guard let value = left.removeValue(forKey: name), value != .null else { return [] }
    guard case .list(let items) = value, items.count <= most else {
      throw .init("\(name): a list of at most \(most)")
    }
    var values: [Value] = []
    values.reserveCapacity(items.count)
    for (place, item) in items.enumerated() {
      do throws(ImportRow.Wrong) { values.append(try read(item)) } catch {
        throw .init("\(name)[\(place)]: \(error.what)")
      }
    }
    return values
  }

  mutating func stamp(_ name: String) throws(ImportRow.Wrong) -> Stamp { try required(name, JSONMembers.stamp) }

  mutating func text(_ name: String, longest: Int) throws(ImportRow.Wrong) -> String {
    try required(name) { (value) throws(ImportRow.Wrong) in try JSONMembers.text(value, longest: longest) }
  }

  mutating func word<Word: RawRepresentable & CaseIterable>(
    _ name: String
  ) throws(ImportRow.Wrong) -> Word where Word.RawValue == String {
    try required(name) { (value) throws(ImportRow.Wrong) in try JSONMembers.word(value, Word.self) }
  }

  mutating func number(_ name: String) throws(ImportRow.Wrong) -> Int64 { try required(name, JSONMembers.length) }

  mutating func count(_ name: String) throws(ImportRow.Wrong) -> Int { Int(clamping: try number(name)) }

  mutating func flag(_ name: String) throws(ImportRow.Wrong) -> Bool { try required(name, JSONMembers.flag) }

  mutating func id() throws(ImportRow.Wrong) -> RecordID {
    try required("id") { (value) throws(ImportRow.Wrong) in
      guard case .text(let text) = value, let id = RecordID(text) else { throw .init("a UUID") }
      return id
    }
  }

  mutating func date(_ name: String = "date") throws(ImportRow.Wrong) -> LocalDate {
    try required(name, JSONMembers.date)
  }

  // MARK: Values

  static func stamp(_ value: JSON) throws(ImportRow.Wrong) -> Stamp {
    guard case .text(let text) = value, let stamp = Stamp(iso8601: text) else {
      throw .init("a time with its offset, such as 2026-03-02T14:30:00+01:00")
    }
    return stamp
  }

  static func date(_ value: JSON) throws(ImportRow.Wrong) -> LocalDate {
    guard case .text(let text) = value, let date = LocalDate(text) else {
      throw .init("a date such as 2026-03-02")
    }
    return date
  }

  static func word<Word: RawRepresentable & CaseIterable>(
    _ value: JSON, _: Word.Type
  ) throws(ImportRow.Wrong) -> Word where Word.RawValue == String {
    guard case .text(let text) = value, let word = Word(rawValue: text) else {
      throw .init("one of: \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }

  static func text(_ value: JSON, longest: Int) throws(ImportRow.Wrong) -> String {
    guard case .text(let text) = value, case .text(let text)? = FieldValue(text, .text(longest: longest)) else {
      throw .init("text of 1 to \(longest) characters, without control characters")
    }
    return text
  }

  /// Likewise, or the empty text.
  static func textOrNone(_ value: JSON, longest: Int) throws(ImportRow.Wrong) -> String {
    value == .text("") ? "" : try text(value, longest: longest)
  }

  /// Far more than any stretch of time in µs or any count, and far from what cannot be computed with.
  private static let longest: Int64 = 1_000_000_000_000_000

  static func length(_ value: JSON) throws(ImportRow.Wrong) -> Int64 { try whole(value, in: 0...longest) }

  static func whole(_ value: JSON, in range: ClosedRange<Int64>) throws(ImportRow.Wrong) -> Int64 {
    guard case .number(let number) = value, let whole = Int64(exactly: number), range.contains(whole) else {
      throw .init("a whole number, \(range.lowerBound) to \(range.upperBound)")
    }
    return whole
  }

  static func flag(_ value: JSON) throws(ImportRow.Wrong) -> Bool {
    guard case .flag(let flag) = value else { throw .init("true or false") }
    return flag
  }
}
