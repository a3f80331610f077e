import FoundationEssentials
import JSON
import NapeCore

extension DiaryDocument {
  /// What a file may hold, in bytes: ten years of a full diary ten times over.
  public static let most = 16 << 20

  /// Reads a document record by record.
  ///
  /// - Throws: ``ImportRow/Wrong`` where it is none, or has a list that is not known.
  public static func rows(_ bytes: [UInt8]) throws(ImportRow.Wrong) -> [ImportRow] {
    let json: JSON
    do { json = try JSONDecoder().decode(JSON.self, from: Data(bytes)) } catch {
      throw .init("this is no JSON: a document as nape headache list --json prints it")
    }
    return try rows(json)
  }

  /// The whole of a document; medicines have no name where notes were left out.
  ///
  /// - Throws: ``ImportRow/Wrong`` for the first record that is not right.
  static func contents(_ json: JSON) throws(ImportRow.Wrong) -> DiaryContents {
    var contents = DiaryContents()
    for row in try rows(json, readers(medicineName: JSONMembers.textOrNone)) {
      do throws(ImportRow.Wrong) {
        switch try row.item.get() {
        case .episode(let record):
          try check(record.episode)
          contents.episodes.append(record)
        case .day(let day): contents.days.append(day)
        case .note(let note): contents.notes.append(note)
        case .score(let score): contents.scores.append(score)
        case .deskCheck(let check): contents.deskChecks.append(check)
        }
      } catch { throw .init("\(row.place): \(error.what)") }
    }
    return contents
  }

  private static func check(_ episode: Episode) throws(ImportRow.Wrong) {
    guard let end = episode.end?.stamp else { return }
    guard end >= episode.onset.at else { throw .init("\(EntryRules.Refusal.endBeforeOnset)") }
    guard end.wall - episode.onset.at.wall <= EntryRules.longestEpisode else {
      throw .init("\(EntryRules.Refusal.tooLong)")
    }
  }

  private static func rows(
    _ json: JSON, _ readers: [(String, Reader)] = readers(medicineName: JSONMembers.text)
  ) throws(ImportRow.Wrong) -> [ImportRow] {
    guard case .object(let members) = json, case .number(let found)? = members["nape-diary"] else {
      throw .init("this is no diary: an object with the member \"nape-diary\": \(version)")
    }
    guard found == Double(version) else { throw .init("it has the version \(found): \(version)") }
    let known = ["nape-diary"] + readers.map(\.0)
    if let name = members.keys.filter({ !known.contains($0) }).min() {
      throw .init("\(JSONText.quoted(String(name.prefix(40)))) is not known: \(known.joined(separator: ", "))")
    }
    var rows: [ImportRow] = []
    for (name, read) in readers {
      guard let value = members[name] else { continue }
      guard case .list(let items) = value else { throw .init("\(name): a list") }
      for (place, item) in items.enumerated() {
        rows.append(
          ImportRow("\(name)[\(place)]") { () throws(ImportRow.Wrong) in
            var object = try JSONMembers(item)
            let item = try read(&object)
            try object.finish()
            return item
          })
      }
    }
    return rows
  }

  private typealias Reader = @Sendable (inout JSONMembers) throws(ImportRow.Wrong) -> DiaryItem
  private typealias TextReader = @Sendable (JSON, _ longest: Int) throws(ImportRow.Wrong) -> String

  /// In the order in which they are taken: headaches tell what may be said of their days.
  private static func readers(medicineName: @escaping TextReader) -> [(String, Reader)] {
    [
      ("episodes", { members throws(ImportRow.Wrong) in .episode(try episode(&members, medicineName)) }),
      ("days", { members throws(ImportRow.Wrong) in .day(try day(&members)) }),
      ("notes", { members throws(ImportRow.Wrong) in .note(try note(&members)) }),
      ("scores", { members throws(ImportRow.Wrong) in .score(try score(&members)) }),
      ("desk_checks", { members throws(ImportRow.Wrong) in .deskCheck(try deskCheck(&members)) }),
    ]
  }

  private static func episode(
    _ members: inout JSONMembers, _ medicineName: TextReader
  ) throws(ImportRow.Wrong) -> EpisodeRecord {
    let id = try members.id()
    let onset = Onset(
      at: try members.stamp("onset"),
      precision: try members.optional("onset_precision") { (value) throws(ImportRow.Wrong) in
        try JSONMembers.word(value, Onset.Precision.self)
      } ?? .exact)
    let endAt = try members.optional("end", JSONMembers.stamp)
    let endWord = try members.optional("end_known") { (value) throws(ImportRow.Wrong) in
      try JSONMembers.word(value, EpisodeEnd.Word.self)
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
    episode.medicines = try members.list("medicines") { (value) throws(ImportRow.Wrong) in
      try medicine(value, medicineName)
    }
    let context = try members.optional("desk_context", context)
    return EpisodeRecord(
      id: id, episode: episode, context: onset.precision.isTimed ? context : nil,
      entered: try members.stamp("entered_at"), way: try members.word("way"),
      edited: try members.optional("edited_at", JSONMembers.stamp))
  }

  private static func medicine(_ value: JSON, _ name: TextReader) throws(ImportRow.Wrong) -> Medicine {
    var members = try JSONMembers(value)
    let medicine = Medicine(
      taken: try members.stamp("taken"),
      name: try members.required("name") { (value) throws(ImportRow.Wrong) in try name(value, 100) },
      medicineClass: try members.word("class"),
      dose: try members.optional("dose") { (value) throws(ImportRow.Wrong) in try JSONMembers.text(value, longest: 100)
      },
      helped: try members.optional("helped") { (value) throws(ImportRow.Wrong) in
        try JSONMembers.word(value, Medicine.Help.self)
      })
    try members.finish()
    return medicine
  }

  private static func context(_ value: JSON) throws(ImportRow.Wrong) -> DeskContext {
    var members = try JSONMembers(value)
    let (sitting, known) = (
      try members.list("sitting_usec", JSONMembers.length), try members.list("known_usec", JSONMembers.length)
    )
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
      bout: try members.optional("bout_usec", JSONMembers.length),
      sinceBreak: try members.optional("since_break_usec", JSONMembers.length),
      longestBout: try members.required("longest_bout_usec", JSONMembers.length),
      ignoredPrompts: Int(clamping: try members.required("ignored_prompts", JSONMembers.length)),
      partOfDay: try members.word("part_of_day"), isComplete: try members.required("complete", JSONMembers.flag))
    try members.finish()
    return context
  }

  private static func day(_ members: inout JSONMembers) throws(ImportRow.Wrong) -> DayRecord {
    DayRecord(
      date: try members.date(), state: try members.word("state"),
      factors: try members.optional("factors") { (value) throws(ImportRow.Wrong) in
        guard case .list(let items) = value else { throw .init("a list") }
        var factors: [DayFactor] = []
        for item in items { factors.append(try JSONMembers.word(item, DayFactor.self)) }
        return factors
      }, entered: try members.stamp("entered_at"), way: try members.word("way"))
  }

  private static func note(_ members: inout JSONMembers) throws(ImportRow.Wrong) -> DiaryEntry<DiaryNote> {
    DiaryEntry(
      id: try members.id(),
      content: DiaryNote(
        kind: try members.word("kind"), date: try members.date(),
        text: try members.required("text") { (value) throws(ImportRow.Wrong) in
          try JSONMembers.textOrNone(value, longest: 1000)
        }), entered: try members.stamp("entered_at"), way: try members.word("way"))
  }

  private static func score(_ members: inout JSONMembers) throws(ImportRow.Wrong) -> DiaryEntry<Score> {
    DiaryEntry(
      id: try members.id(),
      content: Score(
        instrument: try members.word("instrument"),
        total: Int(clamping: try members.required("total", JSONMembers.length)),
        date: try members.date()), entered: try members.stamp("entered_at"), way: try members.word("way"))
  }

  private static func deskCheck(_ members: inout JSONMembers) throws(ImportRow.Wrong) -> DiaryEntry<DeskCheck> {
    let answers = try members.required("answers") { (value) throws(ImportRow.Wrong) -> [String: String] in
      guard case .object(let object) = value, !object.isEmpty, object.count <= 100 else {
        throw .init("an object of words")
      }
      var answers: [String: String] = [:]
      for (name, answer) in object {
        answers[try JSONMembers.text(.text(name), longest: 100)] = try JSONMembers.text(answer, longest: 100)
      }
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
}
