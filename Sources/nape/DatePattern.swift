import NapeCore
import NapeReport

/// How a file writes dates: `%d.%m.%Y %H:%M`. The signs are those of `strftime(3)` that stand for numbers, and `%p`.
struct DatePattern {
  private enum Part {
    case number(Field, most: Int)
    case half
    /// Any number of spaces.
    case space
    case sign(Character)
  }

  private enum Field { case year, shortYear, month, day, hour, hour12, minute, second }

  private let parts: [Part]

  private static let fields: [Character: Part] = [
    "Y": .number(.year, most: 4), "y": .number(.shortYear, most: 2), "m": .number(.month, most: 2),
    "d": .number(.day, most: 2), "H": .number(.hour, most: 2), "I": .number(.hour12, most: 2),
    "M": .number(.minute, most: 2), "S": .number(.second, most: 2), "p": .half,
  ]

  /// A local day, and the second of it where that is written.
  struct Found: Hashable {
    let date: LocalDate
    let second: Int?
  }

  init(_ text: String) throws(ImportRow.Wrong) {
    var parts: [Part] = []
    var rest = Substring(text)
    while let character = rest.popFirst() {
      if character == "%" {
        guard let name = rest.popFirst(), let part = Self.fields[name] else {
          throw .init(
            ofOption: "--date-format \(Failure.quoted(text)): %d %m %Y %y %H %I %p %M %S, and signs between them")
        }
        parts.append(part)
      } else {
        parts.append(character == " " ? .space : .sign(character))
      }
    }
    self.parts = parts
    let names = text.filter { "Yymd".contains($0) }
    guard ["d", "m"].allSatisfy(names.contains), names.contains("Y") || names.contains("y") else {
      throw .init(ofOption: "--date-format \(Failure.quoted(text)): it lacks a day, month or year (%d %m %Y)")
    }
  }

  /// - Returns: `nil` for what is not written so, or no date. Text that ends where a space would follow has no time.
  func read(_ text: String) -> Found? {
    var rest = Substring(CSVTable.trimmed(text))
    var values: [Field: Int] = [:]
    var isAfternoon: Bool?
    for part in parts {
      if rest.isEmpty, case .space = part { break }
      switch part {
      case .space: rest = rest.drop { $0 == " " }
      case .sign(let sign): guard rest.popFirst() == sign else { return nil }
      case .half:
        switch rest.prefix(2).lowercased() {
        case "am": isAfternoon = false
        case "pm": isAfternoon = true
        default: return nil
        }
        rest = rest.dropFirst(2)
      case .number(let field, let most):
        let digits = rest.prefix(most).prefix { ("0"..."9").contains($0) }
        guard let number = Int(digits), field != .year || digits.count == 4 else { return nil }
        values[field] = number
        rest = rest.dropFirst(digits.count)
      }
    }
    guard rest.isEmpty, let month = values[.month], let day = values[.day],
      let year = values[.year] ?? values[.shortYear].map({ 2000 + $0 }),
      let date = LocalDate(year: year, month: month, day: day)
    else { return nil }
    guard values[.hour] != nil || values[.hour12] != nil else { return Found(date: date, second: nil) }
    guard let second = Self.second(values, isAfternoon) else { return nil }
    return Found(date: date, second: second)
  }

  private static func second(_ values: [Field: Int], _ isAfternoon: Bool?) -> Int? {
    var hour = values[.hour] ?? 0
    if let hour12 = values[.hour12] {
      guard let isAfternoon, (1...12).contains(hour12) else { return nil }
      hour = hour12 % 12 + (isAfternoon ? 12 : 0)
    }
    let (minute, second) = (values[.minute] ?? 0, values[.second] ?? 0)
    guard hour < 24, minute < 60, second < 60 else { return nil }
    return (hour * 60 + minute) * 60 + second
  }
}
