import FoundationEssentials
import JSON
import NapeCore
import NapeSimulation

extension DiaryDocument {
  /// What a file may hold, in bytes: ten years of a full diary ten times over.
  static let most = 16 << 20

  /// Reads a document record by record.
  ///
  /// - Throws: ``ImportRow/Wrong`` where it is none, or has a list that is not known.
  static func rows(_ bytes: [UInt8]) throws(ImportRow.Wrong) -> [ImportRow] {
    let json: JSON
    do { json = try JSONDecoder().decode(JSON.self, from: Data(bytes)) } catch {
      throw .init("this is no JSON: a document as nape headache list --json prints it")
    }
    guard case .object(let members) = json, case .number(let found)? = members["nape-diary"] else {
      throw .init("this is no diary: an object with the member \"nape-diary\": \(version)")
    }
    guard found == Double(version) else { throw .init("it has the version \(found): \(version)") }
    let known = ["nape-diary"] + readers.map(\.0)
    if let name = members.keys.filter({ !known.contains($0) }).min() {
      throw .init("\(Failure.quoted(name)) is not known: \(known.joined(separator: ", "))")
    }
    var rows: [ImportRow] = []
    for (name, read) in readers {
      guard let value = members[name] else { continue }
      guard case .list(let items) = value else { throw .init("\(name): a list") }
      for (place, item) in items.enumerated() {
        rows.append(
          ImportRow("\(name)[\(place)]") { () throws(ImportRow.Wrong) in
            var object = try Members(item)
            let item = try read(&object)
            try object.finish()
            return item
          })
      }
    }
    return rows
  }

  /// In the order in which they are taken: headaches tell what may be said of their days.
  private static let readers: [(String, @Sendable (inout Members) throws(ImportRow.Wrong) -> DiaryItem)] = [
    ("episodes", { members throws(ImportRow.Wrong) in .episode(try episode(&members)) }),
    ("days", { members throws(ImportRow.Wrong) in .day(try day(&members)) }),
    ("notes", { members throws(ImportRow.Wrong) in .note(try note(&members)) }),
    ("scores", { members throws(ImportRow.Wrong) in .score(try score(&members)) }),
    ("desk_checks", { members throws(ImportRow.Wrong) in .deskCheck(try deskCheck(&members)) }),
  ]

  private static func episode(_ members: inout Members) throws(ImportRow.Wrong) -> EpisodeRecord {
    let id = try members.id()
    let onset = Onset(
      at: try members.stamp("onset"),
      precision: try members.optional("onset_precision") { (value) throws(ImportRow.Wrong) in
        try word(value, Onset.Precision.self)
      } ?? .exact)
    let endAt = try members.optional("end", stamp)
    let endWord = try members.optional("end_known") { (value) throws(ImportRow.Wrong) in
      try word(value, EpisodeEnd.Word.self)
    }
    var episode = Episode(onset: onset)
    if let endWord = endWord ?? endAt.map({ _ in .ended }) {
      guard let end = EpisodeEnd(endWord, at: endAt) else {
        throw .init("end_known: \(endWord.rawValue) needs \"end\"")
      }
      episode.end = end
    }
    for field in EpisodeField.allCases {
      episode.fields[field] = try members.optional(field.rawValue) { (value) throws(ImportRow.Wrong) in
        guard let text = text(of: value), let value = FieldValue(text, field.kind) else {
          throw .init(field.kind.allowed)
        }
        return value
      }
    }
    episode.medicines = try members.list("medicines", medicine)
    let context = try members.optional("desk_context", context)
    return EpisodeRecord(
      id: id, episode: episode, context: onset.precision.isTimed ? context : nil,
      entered: try members.stamp("entered_at"), way: try members.word("way"),
      edited: try members.optional("edited_at", stamp))
  }

  private static func medicine(_ value: JSON) throws(ImportRow.Wrong) -> Medicine {
    var members = try Members(value)
    let medicine = Medicine(
      taken: try members.stamp("taken"), name: try members.text("name", longest: 100),
      medicineClass: try members.word("class"),
      dose: try members.optional("dose") { (value) throws(ImportRow.Wrong) in try text(value, longest: 100) },
      helped: try members.optional("helped") { (value) throws(ImportRow.Wrong) in
        try word(value, Medicine.Help.self)
      })
    try members.finish()
    return medicine
  }

  private static func context(_ value: JSON) throws(ImportRow.Wrong) -> DeskContext {
    var members = try Members(value)
    let (sitting, known) = (try members.list("sitting_usec", length), try members.list("known_usec", length))
    let count = DeskContext.windowMinutes.count
    guard sitting.count == count, known.count == count else {
      throw .init("sitting_usec and known_usec: \(count) each")
    }
    let windows = zip(sitting, known).map { DeskContext.Window(sitting: $0, known: $1) }
    guard
      zip(windows, DeskContext.windowMinutes).allSatisfy({ window, minutes in
        window.sitting <= window.known && window.known <= .minutes(Int64(minutes))
      })
    else {
      throw .init(
        "sitting_usec and known_usec: no more sitting than is known, and no more known than the window is long")
    }
    let context = DeskContext(
      windows: windows,
      bout: try members.optional("bout_usec", length), sinceBreak: try members.optional("since_break_usec", length),
      longestBout: try members.required("longest_bout_usec", length),
      ignoredPrompts: Int(clamping: try members.required("ignored_prompts", length)),
      partOfDay: try members.word("part_of_day"), isComplete: try members.required("complete", flag))
    try members.finish()
    return context
  }

  private static func day(_ members: inout Members) throws(ImportRow.Wrong) -> DayRecord {
    DayRecord(
      date: try members.date(), state: try members.required("state", state),
      factors: try members.optional("factors") { (value) throws(ImportRow.Wrong) in
        guard case .list(let items) = value else { throw .init("a list") }
        var factors: [DayFactor] = []
        for item in items { factors.append(try word(item, DayFactor.self)) }
        return factors
      }, entered: try members.stamp("entered_at"), way: try members.word("way"))
  }

  /// That of a day with a headache follows from the headache.
  private static func state(_ value: JSON) throws(ImportRow.Wrong) -> DayState {
    guard case .text(let text) = value, let state = DayState(rawValue: text), state != .headache else {
      throw .init("none or unknown")
    }
    return state
  }

  private static func note(_ members: inout Members) throws(ImportRow.Wrong) -> DiaryEntry<DiaryNote> {
    DiaryEntry(
      id: try members.id(),
      content: DiaryNote(
        kind: try members.word("kind"), date: try members.date(),
        text: try members.required("text") { (value) throws(ImportRow.Wrong) in
          value == .text("") ? "" : try text(value, longest: 1000)
        }), entered: try members.stamp("entered_at"), way: try members.word("way"))
  }

  private static func score(_ members: inout Members) throws(ImportRow.Wrong) -> DiaryEntry<Score> {
    DiaryEntry(
      id: try members.id(),
      content: Score(
        instrument: try members.word("instrument"), total: Int(clamping: try members.required("total", length)),
        date: try members.date()), entered: try members.stamp("entered_at"), way: try members.word("way"))
  }

  private static func deskCheck(_ members: inout Members) throws(ImportRow.Wrong) -> DiaryEntry<DeskCheck> {
    let answers = try members.required("answers") { (value) throws(ImportRow.Wrong) -> [String: String] in
      guard case .object(let object) = value, !object.isEmpty, object.count <= 100 else {
        throw .init("an object of words")
      }
      var answers: [String: String] = [:]
      for (name, answer) in object { answers[try text(.text(name), longest: 100)] = try text(answer, longest: 100) }
      return answers
    }
    return DiaryEntry(
      id: try members.id(), content: DeskCheck(date: try members.date(), answers: answers),
      entered: try members.stamp("entered_at"), way: try members.word("way"))
  }

  // MARK: Values

  /// A value of a field in the form that ``FieldValue/init(_:_:)`` reads.
  private static func text(of value: JSON) -> String? {
    switch value {
    case .text(let text): return text
    case .flag(let flag): return flag ? "yes" : "no"
    case .number(let number): return Int64(exactly: number).map(String.init)
    case .list(let items):
      let words = items.map { item in if case .text(let word) = item { word } else { "" } }
      return words.isEmpty ? "none" : words.joined(separator: ",")
    case .null, .object: return nil
    }
  }

  private static func stamp(_ value: JSON) throws(ImportRow.Wrong) -> Stamp {
    guard case .text(let text) = value, let stamp = Stamp(iso8601: text) else {
      throw .init("a time with its offset, such as 2026-03-02T14:30:00+01:00")
    }
    return stamp
  }

  private static func word<Word: RawRepresentable & CaseIterable>(
    _ value: JSON, _: Word.Type
  ) throws(ImportRow.Wrong) -> Word where Word.RawValue == String {
    guard case .text(let text) = value, let word = Word(rawValue: text) else {
      throw .init("one of: \(Word.allCases.map(\.rawValue).joined(separator: ", "))")
    }
    return word
  }

  private static func text(_ value: JSON, longest: Int) throws(ImportRow.Wrong) -> String {
    guard case .text(let text) = value, case .text(let text)? = FieldValue(text, .text(longest: longest)) else {
      throw .init("text of 1 to \(longest) characters, without control characters")
    }
    return text
  }

  /// Far more than any stretch of time in µs or any count, and far from what cannot be computed with.
  private static let longest: Int64 = 1_000_000_000_000_000

  private static func length(_ value: JSON) throws(ImportRow.Wrong) -> Int64 {
    guard case .number(let number) = value, let whole = Int64(exactly: number), (0...longest).contains(whole) else {
      throw .init("a whole number, 0 to \(longest)")
    }
    return whole
  }

  private static func flag(_ value: JSON) throws(ImportRow.Wrong) -> Bool {
    guard case .flag(let flag) = value else { throw .init("true or false") }
    return flag
  }

  /// The members of an object, each taken once.
  private struct Members {
    private var left: [String: JSON]

    init(_ value: JSON) throws(ImportRow.Wrong) {
      guard case .object(let members) = value else { throw .init("an object") }
      left = members
    }

    /// What is left is a mistake.
    func finish() throws(ImportRow.Wrong) {
      if let name = left.keys.min() { throw .init("\(Failure.quoted(name)) is not known here") }
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

    mutating func list<Value>(
      _ name: String, _ read: (JSON) throws(ImportRow.Wrong) -> Value
    ) throws(ImportRow.Wrong) -> [Value] {
      try optional(name) { (value) throws(ImportRow.Wrong) in
        guard case .list(let items) = value, items.count <= 1000 else { throw .init("a list of at most 1000") }
        var values: [Value] = []
        for item in items { values.append(try read(item)) }
        return values
      } ?? []
    }

    mutating func stamp(_ name: String) throws(ImportRow.Wrong) -> Stamp { try required(name, DiaryDocument.stamp) }

    mutating func text(_ name: String, longest: Int) throws(ImportRow.Wrong) -> String {
      try required(name) { (value) throws(ImportRow.Wrong) in try DiaryDocument.text(value, longest: longest) }
    }

    mutating func word<Word: RawRepresentable & CaseIterable>(
      _ name: String
    ) throws(ImportRow.Wrong) -> Word where Word.RawValue == String {
      try required(name) { (value) throws(ImportRow.Wrong) in try DiaryDocument.word(value, Word.self) }
    }

    mutating func id() throws(ImportRow.Wrong) -> RecordID {
      try required("id") { (value) throws(ImportRow.Wrong) in
        guard case .text(let text) = value, let id = RecordID(text) else { throw .init("a UUID") }
        return id
      }
    }

    mutating func date() throws(ImportRow.Wrong) -> LocalDate {
      try required("date") { (value) throws(ImportRow.Wrong) in
        guard case .text(let text) = value, let date = LocalDate(text) else {
          throw .init("a date such as 2026-03-02")
        }
        return date
      }
    }
  }
}
