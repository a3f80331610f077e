import NapeCore

extension CSVSet {
  static let headaches: [CSVColumn<ReviewEpisode>] =
    [
      CSVColumn("episode_id", .text, "Id of the headache (UUID)") { .text($0.record.id.description) },
      CSVColumn(
        "onset", .time, "When it began; of a day that is all that is known, its first moment", allowed: iso
      ) { .time($0.episode.onset.at) },
      CSVColumn(
        "onset_precision_min", .integer, unit: "min",
        "How far off the onset may be: exact, 15 min, 1 h, a part of the day, woke with it, the day",
        allowed: "0, 15, 60, 360, 480, 1440"
      ) { .count($0.episode.onset.precision.minutes) },
      CSVColumn("end", .time, "When it ended, was there still, or the person woke without it", allowed: iso) {
        .time($0.episode.end?.stamp)
      },
      CSVColumn(
        "end_known", .word,
        "What is known of the end: it ended, it was there still then, the person fell asleep with it",
        allowed: "ended, still-there, asleep"
      ) { .text($0.episode.end?.word.rawValue) },
      CSVColumn(
        "duration_min", .integer, unit: "min", "From onset to end, where both are known; sleep counts until waking"
      ) {
        .minutes($0.episode.duration)
      },
      // Of both entries, as in every other form.
      CSVColumn("peak_nrs", .pain, unit: "0-10", "Greatest pain that was noted", allowed: pain) {
        .pain($0.episode.peak)
      },
      CSVColumn("onset_nrs", .pain, unit: "0-10", "Pain when it was entered", allowed: pain) { row in
        if case .range(let range)? = row.episode.fields[.intensity] { .pain(range) } else { .empty }
      },
    ]
    + [
      field(.side, "Side of the pain"),
      field(.startPlace, "Where it began"),
      field(.quality, "What it was like"),
      field(.neck, "Neck pain or stiffness before it or with it"),
      field(.neckProvoked, "What of the neck brought it on or made it worse"),
      field(.worseWithActivity, "Walking or stairs made it worse or were avoided"),
      field(.nausea, "Nausea"),
      field(.vomiting, "Vomiting"),
      field(.light, "Light bothered"),
      field(.sound, "Sound bothered"),
      field(.aura, "Visual or other signs before it"),
      field(.easedByMove, "Whether moving, another position or an exercise eased it"),
      field(.activityEffect, "What it did to what the person was doing"),
    ]
    + [
      CSVColumn("woke_with", .flag, "Whether the person woke with it; empty where the onset is not known so well") {
        switch $0.episode.onset.precision {
        case .wokeWithIt: .text("yes")
        case .day, .partOfDay: .empty
        case .exact, .quarterHour, .hour: .text("no")
        }
      },
      CSVColumn("at_desk_onset", .flag, "Whether the person was at the desk at the onset", allowed: "yes, no") {
        .yes($0.atDesk)
      },
    ]
    + DeskContext.windowMinutes.indices.map { index in
      let minutes = DeskContext.windowMinutes[index]
      return CSVColumn(
        "desk_min_prev_\(minutes)", .integer, unit: "min",
        "Sitting in the \(minutes) min before the onset; empty where less than nine tenths of them are known"
      ) { row in
        guard let context = row.record.context, context.coverage(index) >= 0.9 else { return .empty }
        return .minutes(context.windows[index].sitting)
      }
    }
    + [
      CSVColumn(
        "longest_bout_prev_120", .integer, unit: "min", "Longest bout within the 120 min before the onset; likewise"
      ) { row in
        guard let context = row.record.context, context.coverage(1) >= 0.9 else { return .empty }
        return .minutes(context.longestBout)
      },
      CSVColumn("entered_at", .time, "When it was entered", allowed: iso) { .time($0.record.entered) },
      CSVColumn("entry_lag_min", .integer, unit: "min", "From the onset to that", allowed: "0 or more") {
        .minutes($0.record.lag)
      },
      CSVColumn("recalled", .flag, "Entered more than 48 h after the onset", allowed: "yes, no") {
        .yes($0.record.isRecalled)
      },
      CSVColumn("note", .text, "What the person wrote; empty in an export without notes") {
        .text($0.episode.fields[.note]?.text)
      },
    ]

  private static func field(_ field: EpisodeField, _ meaning: String) -> CSVColumn<ReviewEpisode> {
    let type: CSVDescription.Kind = if case .flag = field.kind { .flag } else { .word }
    let several =
      if case .words = field.kind { " (several with commas; none: it was answered that there is none)" } else { "" }
    return CSVColumn(field.rawValue, type, meaning + several, allowed: allowed(field.kind)) {
      .text($0.episode.fields[field]?.text)
    }
  }

  private static func allowed(_ kind: FieldKind) -> String {
    switch kind {
    case .flag: "yes, no"
    case .word(let words): words.joined(separator: ", ")
    case .words(let words): (words + ["none"]).joined(separator: ", ")
    case .range, .text: kind.allowed
    }
  }
}
