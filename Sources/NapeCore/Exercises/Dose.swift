/// How much of a movement: sets × repetitions × hold, or a length of time.
public struct Dose: Hashable, Sendable {
  /// A length of time in seconds, 1 … 3600.
  public struct Time: Hashable, Sendable {
    /// Equal to `longest` where it is exact; `nil` for "up to".
    public var shortest: Int?
    public var longest: Int
  }

  /// 1 … 10.
  public var sets: Int
  /// 1 … 50; `nil` where a set is a length of time.
  public var repetitions: Int?
  /// How long each repetition is held, or how long a set lasts; `nil` where it does not matter.
  public var time: Time?

  /// What ``init(_:)`` reads, in words.
  public static let allowed =
    "sets x repetitions x hold such as \"2x10x10s\" or \"1x10\", or a time such as \"2min\", \"2x30s\", \"20-30s\" or "
    + "\"up to 2min\"; 1 to 10 sets, 1 to 50 repetitions, an hour at most"

  /// Reads `2x10x10s`, `1x10`, `2min`, `2x30s`, `20-30s`, `up to 2min`; `nil` for anything else, and beyond the limits.
  public init?(_ text: String) {
    // Three parts at most, each short: whoever writes more means something else.
    let parts = text.split(separator: "x", omittingEmptySubsequences: false)
    guard text.utf8.count <= 40, (1...3).contains(parts.count) else { return nil }
    switch parts.count {
    case 1:
      guard let time = Time(parts[0]) else { return nil }
      (sets, repetitions, self.time) = (1, nil, time)
    case 2:
      guard let sets = Dose.number(parts[0], in: 1...10) else { return nil }
      self.sets = sets
      if let count = Dose.number(parts[1], in: 1...50) {
        (repetitions, time) = (count, nil)
      } else if let time = Time(parts[1]) {
        (repetitions, self.time) = (nil, time)
      } else {
        return nil
      }
    default:
      guard let sets = Dose.number(parts[0], in: 1...10), let count = Dose.number(parts[1], in: 1...50),
        let time = Time(parts[2])
      else { return nil }
      (self.sets, repetitions, self.time) = (sets, count, time)
    }
    guard sets * (repetitions ?? 1) * (time?.longest ?? 1) <= 3600 else { return nil }
  }

  fileprivate static func number(_ text: Substring, in range: ClosedRange<Int>) -> Int? {
    let digits = ArraySlice(text.utf8)
    guard digits.count <= 4, digits.first != UInt8(ascii: "0"), let number = DecimalText.number(digits) else {
      return nil
    }
    return range.contains(number) ? number : nil
  }

  /// What ``init(_:)`` reads as the same.
  public var text: String {
    var parts = [repetitions.map(String.init), time?.text].compactMap { $0 }
    if sets > 1 || repetitions != nil { parts.insert(String(sets), at: 0) }
    return parts.joined(separator: "x")
  }

  /// In words, as a notification says it: "ten times five seconds, each side".
  public func words(eachSide: Bool = false, side: BodySide? = nil) -> String {
    var words: String
    switch (repetitions, time) {
    case (let count?, let time?): words = "\(Self.count(count)) \(count == 1 ? "time" : "times") \(time.words)"
    case (let count?, nil): words = Self.count(count)
    case (nil, let time?): words = time.words
    case (nil, nil): words = ""
    }
    if sets > 1 { words = repetitions == nil ? "\(Self.times(sets)) \(words)" : "\(Self.count(sets)) sets of \(words)" }
    return words + Self.sideWords(eachSide: eachSide, side: side)
  }

  /// In signs, for a table: "2 × 10 × 5 s each side".
  public func signs(eachSide: Bool = false, side: BodySide? = nil) -> String {
    let parts = [sets == 1 ? nil : String(sets), repetitions.map(String.init), time?.signs].compactMap { $0 }
    let unit = sets == 1 && time == nil ? (repetitions == 1 ? " time" : " times") : ""
    return parts.joined(separator: " × ") + unit + Self.sideWords(eachSide: eachSide, side: side)
  }

  /// Whether it takes less than another; `false` where one is counted in time and the other is not.
  func isLessWork(than other: Dose) -> Bool {
    (time == nil) == (other.time == nil) && work < other.work
  }

  /// Seconds, or repetitions where the hold does not matter.
  private var work: Int { sets * (repetitions ?? 1) * (time?.longest ?? 1) }

  private static func sideWords(eachSide: Bool, side: BodySide?) -> String {
    if let side { return " on the \(side.rawValue)" }
    return eachSide ? " each side" : ""
  }

  private static func times(_ count: Int) -> String { count == 2 ? "twice" : "\(self.count(count)) times" }

  private static let names = [
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
  ]

  /// Words up to twelve, digits from there on.
  fileprivate static func count(_ number: Int) -> String {
    names.indices.contains(number - 1) ? names[number - 1] : String(number)
  }
}

extension Dose.Time {
  /// Reads `10s`, `2min`, `20-30s`, `up to 2min`.
  fileprivate init?(_ text: Substring) {
    var rest = text
    let isUpTo = rest.hasPrefix("up to ")
    if isUpTo { rest = rest.dropFirst(6) }
    let unit: Int
    if rest.hasSuffix("min") {
      (unit, rest) = (60, rest.dropLast(3))
    } else if rest.hasSuffix("s") {
      (unit, rest) = (1, rest.dropLast())
    } else {
      return nil
    }
    let ends = rest.split(separator: "-", omittingEmptySubsequences: false)
    let limit = 1...3600 / unit
    guard (1...2).contains(ends.count), let first = Dose.number(ends[0], in: limit),
      let last = Dose.number(ends[ends.count - 1], in: limit), ends.count == 1 || first < last && !isUpTo
    else { return nil }
    (shortest, longest) = (isUpTo ? nil : first * unit, last * unit)
  }

  fileprivate var text: String {
    let unit = unit
    let last = "\(longest / unit.length)\(unit.sign)"
    guard let shortest else { return "up to \(last)" }
    return shortest == longest ? last : "\(shortest / unit.length)-\(last)"
  }

  private var unit: (length: Int, word: String, sign: String) {
    longest % 60 == 0 && (shortest ?? 0) % 60 == 0 ? (60, "minute", "min") : (1, "second", "s")
  }

  fileprivate var words: String {
    let unit = unit
    let last = longest / unit.length
    let text = "\(Dose.count(last)) \(unit.word)\(last == 1 ? "" : "s")"
    guard let shortest else { return "up to \(text)" }
    return shortest == longest ? text : "\(Dose.count(shortest / unit.length)) to \(text)"
  }

  fileprivate var signs: String {
    let unit = unit
    let text = "\(longest / unit.length) \(unit.sign)"
    guard let shortest else { return "up to \(text)" }
    return shortest == longest ? text : "\(shortest / unit.length)–\(text)"
  }
}

/// The side of the body that a movement is for.
public enum BodySide: String, Hashable, Sendable, CaseIterable { case left, right }
