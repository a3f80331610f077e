import JSON
import NapeCore

/// A review as a JSON document: every figure with its denominator, and the records that it was made from, so that another
/// machine can make it anew.
///
///     ReviewDocument.json(review, records) -> String
///     try ReviewDocument(bytes)                         .records, .terms
///
/// Docs: `docs/exports.md`.
public struct ReviewDocument: Hashable, Sendable {
  /// The version of the form, in the member `nape-review`.
  public static let version = 1

  public let records: ReviewRecords
  public let terms: ReviewTerms

  /// - Parameter records: what the review was made from.
  public static func json(_ review: Review, _ records: ReviewRecords) -> String {
    let terms = review.terms
    var head = JSONObject()
    head.add("nape-review", "\(version)")
    head.add("version", text: NapeVersion.string)
    head.add("made", text: terms.made.iso8601)
    head.add("from", text: terms.period.lowerBound.description)
    head.add("to", text: terms.period.upperBound.description)
    head.add("pseudonym", text: terms.pseudonym)
    head.add("terms", json(terms))
    let opening = head.json.dropLast()
    return """
      \(opening),
      "figures": \(figures(review)),
      "records": \(json(records))}
      """
  }

  // MARK: What the figures are made by

  private static func json(_ terms: ReviewTerms) -> String {
    var object = JSONObject()
    object.add("afternoon_s", JSONText.array(["\(terms.afternoonFrom)", "\(terms.afternoonTo)"]))
    object.add("away_after_usec", number: terms.awayAfter)
    object.add("break_after_usec", number: terms.breakAfter)
    object.add("follow_usec", number: terms.follow)
    object.add("prolonged_usec", number: terms.prolonged)
    if let programme = terms.programme { object.add("programme", json(programme)) }
    let names = terms.exerciseNames.sorted { $0.key < $1.key }.map { ($0.key, JSONText.quoted($0.value)) }
    object.add("exercise_names", JSONText.object(names))
    let doses = terms.exerciseDoses.sorted { $0.key < $1.key }.map { id, levels in
      let levels = levels.sorted { $0.key < $1.key }.map { ("\($0.key)", JSONText.quoted($0.value.text)) }
      return (id, JSONText.object(levels))
    }
    object.add("exercise_doses", JSONText.object(doses))
    return object.json
  }

  private static func json(_ programme: Programme) -> String {
    var object = JSONObject()
    object.add("name", text: programme.name)
    object.add("by", text: programme.by)
    object.add("date", text: programme.date?.description)
    object.add("review", text: programme.review?.description)
    object.add("cleared", flag: programme.isCleared)
    object.add("sessions_a_day", number: programme.sessionsADay)
    object.add("go_on_after", number: programme.goOnAfter)
    object.add(
      "weeks",
      JSONText.array(
        programme.weeks.map { week in
          var object = JSONObject()
          object.add("number", number: week.number)
          object.add("title", text: week.title)
          object.add("home", items(week.home))
          object.add("strength", items(week.strength))
          object.add("desk", JSONText.array(week.desk.map(items)))
          object.add("goal", text: week.goal)
          return object.json
        }))
    return object.json
  }

  private static func items(_ items: [Programme.Item]) -> String {
    JSONText.array(
      items.map { item in
        var object = JSONObject()
        object.add("exercise", text: item.exercise)
        object.add("level", number: item.level)
        object.add("side", text: item.side?.rawValue)
        object.add("dose", text: item.dose?.text)
        object.add("times_a_day", number: item.timesADay)
        if let days = item.days { object.add("days", JSONText.array(["\(days.lowerBound)", "\(days.upperBound)"])) }
        object.add("instruction", text: item.instruction)
        return object.json
      })
  }

  // MARK: Records

  private static func json(_ records: ReviewRecords) -> String {
    var boots: [String: Int] = [:]
    var bootIDs: [String] = []
    var spans: [String] = []
    spans.reserveCapacity(records.spans.count)
    for span in records.spans {
      let boot = boots[span.bootID] ?? bootIDs.count
      if boot == bootIDs.count {
        boots[span.bootID] = boot
        bootIDs.append(span.bootID)
      }
      let begin = span.begin
      spans.append(
        "[\"\(span.kind.rawValue)\",\"\(span.evidence.rawValue)\",\(begin.wall),\(begin.offsetSeconds),\(span.length),"
          + "\(boot),\(begin.boot),\(begin.monotonic)]")
    }
    let lists: [(String, String)] = [
      ("boots", JSONText.strings(bootIDs)),
      ("spans", lines(spans)),
      ("day_totals", lines(records.dayTotals.map(json))),
      ("prompts", lines(records.prompts.map(json))),
      ("diary", DiaryDocument.json(records.diary)),
      ("warnings", lines(records.warnings.map(json))),
      ("exercises", lines(records.exercises.map(json))),
      ("ratings", lines(records.ratings.map(json))),
      ("programmes", lines(records.programmes.map(json))),
      ("settings", lines(records.settings.map(json))),
      ("trials", lines(records.trials.map(json))),
    ]
    return "{" + lists.map { "\(JSONText.quoted($0)): \($1)" }.joined(separator: ",\n") + "}"
  }

  private static func lines(_ items: [String]) -> String {
    items.isEmpty ? "[]" : "[\n\(items.joined(separator: ",\n"))]"
  }

  private static func json(_ total: DayTotal) -> String {
    var object = JSONObject()
    object.add("date", text: total.date.description)
    object.add("sitting_usec", number: total.sitting)
    object.add("standing_usec", number: total.standing)
    object.add("away_usec", number: total.away)
    object.add("unknown_usec", number: total.unknown)
    object.add("bouts", number: total.bouts)
    object.add("longest_bout_usec", number: total.longestBout)
    object.add("breaks", number: total.breaks)
    return object.json
  }

  private static func json(_ prompt: RecordedPrompt) -> String {
    var object = JSONObject()
    object.add("kind", text: prompt.kind.rawValue)
    object.add("posted", text: prompt.posted.iso8601)
    object.add("outcome", text: prompt.outcome?.rawValue)
    object.add("ended_utc_usec", number: prompt.ended)
    return object.json
  }

  private static func json(_ warning: WarningReport) -> String {
    var object = JSONObject()
    object.add("level", text: warning.level.rawValue)
    object.add("signs", JSONText.strings(warning.signs))
    object.add("opened", text: warning.opened.iso8601)
    object.add("closed", text: warning.closed?.iso8601)
    return object.json
  }

  private static func json(_ entry: ExerciseEntry) -> String {
    var object = JSONObject()
    object.add("exercise", text: entry.exercise)
    object.add("level", number: entry.level)
    object.add("done", text: Stamp(wall: entry.done, offsetSeconds: entry.offsetSeconds).iso8601)
    object.add("prompt", number: entry.promptID)
    object.add("way", text: entry.way.rawValue)
    return object.json
  }

  private static func json(_ rating: ExerciseRating) -> String {
    var object = JSONObject()
    object.add("exercise", text: rating.exercise)
    object.add("level", number: rating.level)
    object.add("date", text: rating.day.description)
    object.add("pain", number: rating.pain)
    object.add("worse", flag: rating.worse)
    return object.json
  }

  private static func json(_ programme: ProgrammeRecord) -> String {
    var object = JSONObject()
    object.add("name", text: programme.name)
    object.add("week", number: programme.week)
    object.add("since", text: programme.since.iso8601)
    return object.json
  }

  private static func json(_ setting: SettingRecord) -> String {
    var object = JSONObject()
    object.add("key", text: setting.key)
    object.add("value", text: setting.value)
    object.add("since", text: setting.since.iso8601)
    return object.json
  }

  private static func json(_ record: TrialRecord) -> String {
    var object = JSONObject()
    object.add("id", text: record.id.description)
    object.add("start", text: record.trial.start.description)
    object.add("seed", number: record.trial.seed)
    object.add("pairs", number: record.trial.pairs)
    object.add("present_usec", number: record.trial.present)
    object.add("shorter_usec", number: record.trial.shorter)
    object.add("planned", text: record.planned.iso8601)
    object.add("stopped", text: record.stopped?.iso8601)
    return object.json
  }
}
