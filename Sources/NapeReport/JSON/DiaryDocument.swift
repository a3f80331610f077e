import JSON
import NapeCore

/// The diary as a JSON document: what `nape headache list --json` prints and `nape import` reads.
///
///     DiaryDocument.json(DiaryContents(episodes: records)) -> String      a whole document, kinds without records left out
///     DiaryDocument.json(record) -> String                                 one headache, as in "episodes"
///
/// Members of a headache are named as ``EpisodeField``'s raw values; what has no value is left out. Times are ISO 8601 with
/// their offset. Docs: `docs/import.md`.
public enum DiaryDocument {
  /// The version of the form, in the member `nape-diary`.
  static let version = 1

  public static func json(_ contents: DiaryContents) -> String {
    let lists: [(String, [String])] = [
      ("episodes", contents.episodes.map(json)),
      ("days", contents.days.map(json)),
      ("notes", contents.notes.map(json)),
      ("scores", contents.scores.map(json)),
      ("desk_checks", contents.deskChecks.map(json)),
    ]
    let members = lists.filter { !$0.1.isEmpty }.map { name, items in
      "\(JSONText.quoted(name)): [\n    \(items.joined(separator: ",\n    "))\n  ]"
    }
    return "{\n  " + (["\"nape-diary\": \(version)"] + members).joined(separator: ",\n  ") + "\n}"
  }

  public static func json(_ record: EpisodeRecord) -> String {
    var members = JSONObject()
    members.add("id", text: record.id.description)
    members.add("onset", text: record.episode.onset.at.iso8601)
    members.add("onset_precision", text: record.episode.onset.precision.rawValue)
    members.add("end", text: record.episode.end?.stamp?.iso8601)
    members.add("end_known", text: record.episode.end?.word.rawValue)
    for field in EpisodeField.allCases {
      if let value = record.episode.fields[field] { members.add(field.rawValue, json(value)) }
    }
    if !record.episode.medicines.isEmpty {
      members.add("medicines", JSONText.array(record.episode.medicines.map(json)))
    }
    if let context = record.context { members.add("desk_context", json(context)) }
    members.add(entered: record.entered, record.way)
    members.add("edited_at", text: record.edited?.iso8601)
    return members.json
  }

  private static func json(_ value: FieldValue) -> String {
    switch value {
    case .flag(let flag): flag ? "true" : "false"
    case .range(let range) where range.count == 1: "\(range.lowerBound)"
    case .range, .word, .text: JSONText.quoted(value.text)
    case .words(let words): JSONText.strings(words)
    }
  }

  private static func json(_ medicine: Medicine) -> String {
    var members = JSONObject()
    members.add("taken", text: medicine.taken.iso8601)
    members.add("name", text: medicine.name)
    members.add("class", text: medicine.medicineClass.rawValue)
    members.add("dose", text: medicine.dose)
    members.add("helped", text: medicine.helped?.rawValue)
    return members.json
  }

  private static func json(_ context: DeskContext) -> String {
    var members = JSONObject()
    members.add("sitting_usec", JSONText.array(context.windows.map { "\($0.sitting)" }))
    members.add("known_usec", JSONText.array(context.windows.map { "\($0.known)" }))
    if let bout = context.bout { members.add("bout_usec", "\(bout)") }
    if let sinceBreak = context.sinceBreak { members.add("since_break_usec", "\(sinceBreak)") }
    members.add("longest_bout_usec", "\(context.longestBout)")
    members.add("ignored_prompts", "\(context.ignoredPrompts)")
    members.add("part_of_day", text: context.partOfDay.rawValue)
    members.add("complete", context.isComplete ? "true" : "false")
    return members.json
  }

  private static func json(_ day: DayRecord) -> String {
    var members = JSONObject()
    members.add("date", text: day.date.description)
    members.add("state", text: day.state.rawValue)
    if let factors = day.factors { members.add("factors", JSONText.strings(factors.map(\.rawValue))) }
    members.add(entered: day.entered, day.way)
    return members.json
  }

  public static func json(_ note: DiaryEntry<DiaryNote>) -> String {
    var members = JSONObject()
    members.add("id", text: note.id.description)
    members.add("kind", text: note.content.kind.rawValue)
    members.add("date", text: note.content.date.description)
    members.add("text", text: note.content.text)
    members.add(entered: note.entered, note.way)
    return members.json
  }

  public static func json(_ score: DiaryEntry<Score>) -> String {
    var members = JSONObject()
    members.add("id", text: score.id.description)
    members.add("instrument", text: score.content.instrument.rawValue)
    members.add("total", "\(score.content.total)")
    members.add("date", text: score.content.date.description)
    members.add(entered: score.entered, score.way)
    return members.json
  }

  public static func json(_ check: DiaryEntry<DeskCheck>) -> String {
    var answers = JSONObject()
    for (question, answer) in check.content.answers.sorted(by: { $0.key < $1.key }) {
      answers.add(question, text: answer)
    }
    var members = JSONObject()
    members.add("id", text: check.id.description)
    members.add("date", text: check.content.date.description)
    members.add("answers", answers.json)
    members.add(entered: check.entered, check.way)
    return members.json
  }
}
