import NapeCore
import Systemd

/// The options of the diary's methods: the members of an `a{sv}`. The keys are the columns of the CSV dictionary.
///
/// What is wrong is told without what was given, since others may listen.
struct DiaryOptions {
  private let values: [String: BusValue]
  private let time: EntryTime

  /// - Throws: ``BusError/invalid(_:)`` for a key that is not allowed.
  init(_ value: BusValue?, allowed: [String], time: EntryTime) throws(BusError) {
    values = value?.dictionary ?? [:]
    self.time = time
    for key in values.keys where !allowed.contains(key) {
      throw BusError.invalid("an option is not known: one of \(allowed.joined(separator: ", "))")
    }
  }

  // MARK: Headaches

  static let fieldKeys = EpisodeField.allCases.map(\.rawValue)
  private static let medicineKeys = ["name", "class", "dose", "helped", "taken_timestamp"]

  /// - Parameter takesBack: whether an empty string makes a field unknown again.
  func fields(takesBack: Bool) throws(BusError) -> [EpisodeField: FieldValue?] {
    var fields: [EpisodeField: FieldValue?] = [:]
    for field in EpisodeField.allCases {
      guard let value = values[field.rawValue] else { continue }
      if takesBack, value.string == "" {
        fields[field] = .some(nil)
      } else {
        fields[field] = try Self.value(value, field)
      }
    }
    return fields
  }

  private static func value(_ value: BusValue, _ field: EpisodeField) throws(BusError) -> FieldValue {
    let (type, text): (String, String?) =
      switch field.kind {
      case .flag: ("b", value.bool.map { $0 ? "yes" : "no" })
      case .range: ("a whole number, or s", value.integer.map { "\($0)" } ?? value.string)
      case .word, .text: ("s", value.string)
      case .words: ("as", value.strings.map { $0.isEmpty ? "none" : $0.joined(separator: ",") })
      }
    guard let text, let result = FieldValue(text, field.kind) else {
      throw BusError.invalid("\(field.rawValue) (\(type)): \(field.kind.allowed)")
    }
    return result
  }

  /// What is not said of it is as before. A new time is exact, if nothing else is said.
  func onset(before: Onset) throws(BusError) -> Onset {
    let stamp = try stamp("onset_timestamp")
    let precision = try word("onset_precision", Onset.Precision.self)
    guard stamp != nil || precision != nil else { return before }
    return time.onset(at: stamp ?? before.at, precision ?? .exact)
  }

  /// - Parameter at: `nil` for a time that is not said.
  func end(at: Stamp?) throws(BusError) -> EpisodeEnd {
    let word = try word("end_known", EpisodeEnd.Word.self) ?? .ended
    // Of somebody who fell asleep it may not be known when they woke.
    return EpisodeEnd(word, at: word == .asleep ? at : at ?? time.now) ?? .ended(at ?? time.now)
  }

  /// A time of 0 takes the end back.
  func changedEnd() throws(BusError) -> EpisodeEnd?? {
    guard values["end_timestamp"] != nil || values["end_known"] != nil else { return nil }
    let at = try stamp("end_timestamp")
    if values["end_timestamp"] != nil, at == nil, values["end_known"] == nil { return .some(nil) }
    return try end(at: at)
  }

  /// - Parameters:
  ///   - episode: for which they were taken.
  ///   - classOf: the class that a name has, where none is said.
  /// - Returns: `nil` where nothing is said of them.
  func medicines(
    for episode: Episode, classOf: (String) -> Medicine.Class
  ) throws(BusError) -> [Medicine]? {
    guard let value = values["medicines"] else { return nil }
    guard case .array(of: "a{sv}", let members) = value, members.count <= 20 else {
      throw BusError.invalid("medicines (aa{sv}): at most 20, each with \(Self.medicineKeys.joined(separator: ", "))")
    }
    var medicines: [Medicine] = []
    for member in members {
      let options = try DiaryOptions(member, allowed: Self.medicineKeys, time: time)
      guard let name = try options.line("name", longest: 100) else {
        throw BusError.invalid("name (s) is needed: one line of at most 100 characters")
      }
      medicines.append(
        Medicine(
          taken: try options.stamp("taken_timestamp") ?? Medicine.usualTime(of: episode, now: time.now), name: name,
          medicineClass: try options.word("class", Medicine.Class.self) ?? classOf(name),
          dose: try options.line("dose", longest: 100), helped: try options.word("helped", Medicine.Help.self)))
    }
    return medicines
  }

  // MARK: Values of any key

  /// - Returns: `nil` where it is not there.
  func word<Word: RawRepresentable & CaseIterable>(
    _ key: String, _ type: Word.Type
  ) throws(BusError) -> Word? where Word.RawValue == String {
    guard let value = values[key] else { return nil }
    guard let word = value.string.flatMap(Word.init) else {
      throw BusError.invalid("\(key) (s): one of \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }

  func line(_ key: String, longest: Int) throws(BusError) -> String? {
    let text = try text(key, longest: longest)
    guard text?.contains("\n") != true else {
      throw BusError.invalid("\(key) (s): one line of at most \(longest) characters")
    }
    return text
  }

  func text(_ key: String, longest: Int) throws(BusError) -> String? {
    guard let value = values[key] else { return nil }
    guard let text = value.string, FieldValue(text, .text(longest: longest)) != nil else {
      throw BusError.invalid("\(key) (s): \(FieldKind.text(longest: longest).allowed)")
    }
    return text
  }

  /// 0 stands for none.
  func stamp(_ key: String) throws(BusError) -> Stamp? {
    guard let value = values[key] else { return nil }
    return try Self.time(value, key, time)
  }

  func date(_ key: String) throws(BusError) -> LocalDate? {
    guard let value = values[key] else { return nil }
    guard let date = value.string.flatMap({ LocalDate($0) }) else { throw BusError.invalid("\(key) (s): YYYY-MM-DD") }
    return date
  }

  func integer(_ key: String, in range: ClosedRange<Int>) throws(BusError) -> Int? {
    guard let value = values[key] else { return nil }
    guard let number = value.integer.flatMap({ Int(exactly: $0) }), range.contains(number) else {
      throw BusError.invalid("\(key) (a whole number): \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// Local dates have years of four digits.
  private static let lastTimestamp: UInt64 = 253_402_000_000_000_000

  /// Reads a point of time; 0 stands for none.
  static func time(_ value: BusValue, _ key: String, _ time: EntryTime) throws(BusError) -> Stamp? {
    guard let number = value.uint64, number <= lastTimestamp else {
      throw BusError.invalid("\(key) (t): microseconds since 1970, before the year 10000")
    }
    return number == 0 ? nil : Stamp(wall: Microseconds(number), in: time.zone)
  }
}

extension BusValue {
  /// A whole number of any type.
  fileprivate var integer: Int64? {
    switch self {
    case .byte(let number): Int64(number)
    case .int16(let number): Int64(number)
    case .uint16(let number): Int64(number)
    case .int32(let number): Int64(number)
    case .uint32(let number): Int64(number)
    case .int64(let number): number
    case .uint64(let number): Int64(exactly: number)
    default: nil
    }
  }
}
