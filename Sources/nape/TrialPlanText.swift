import NapeCore
import NapeReport
import NapeSettings

/// A trial on the terminal.
enum TrialPlanText {
  /// How the interval of a week is set, with that of the first one.
  static func howToSet(_ trial: Trial) -> String {
    """
    On the first day of each week, write its interval into your nape.toml, as for week 1:
      [prompts.move]
      after = "\(DurationText.string(trial.interval(trial.weeks[0].arm)))"
    """
  }

  /// The weeks with what to set in each.
  static func table(_ trial: Trial, today: LocalDate) -> String {
    let rows = trial.weeks.map { week in
      [
        "\(week.number)", week.arm.rawValue, ReviewText.period(week.dates),
        DurationText.string(trial.interval(week.arm)),
        week.dates.contains(today) ? "<- now" : "",
      ]
    }
    return TextTable.text([["week", "arm", "days", "prompts.move.after"]] + rows)
  }

  /// - Parameter setTo: `prompts.move.after` as it is now, in µs.
  static func shown(
    _ record: TrialRecord, _ result: TrialResult, today: LocalDate, setTo: Microseconds
  ) -> String {
    let trial = record.trial
    var lines = ["\(TrialText.title(trial)).", status(record, today: today, setTo: setTo), ""]
    lines += [table(trial, today: record.isOpen(on: today) ? today : trial.start.adding(days: -1)), ""]
    if result.blocks.isEmpty {
      lines.append("No day of it is over yet.")
    } else {
      lines.append(TextTable.text([TrialText.columns] + result.blocks.map(TrialText.row)))
      lines += [""] + TrialText.sparse(result) + result.comparisons.map(TrialText.comparison)
    }
    return (lines + [TrialText.reach(trial)]).joined(separator: "\n")
  }

  private static func status(_ record: TrialRecord, today: LocalDate, setTo: Microseconds) -> String {
    if let stopped = record.stopped { return "Stopped on \(ReviewText.day(stopped.date, withYear: true))." }
    guard record.isOpen(on: today) else { return "It is over." }
    guard let week = record.week(on: today) else {
      return "It begins on \(ReviewText.day(record.trial.start, withYear: true))."
    }
    let asked = record.trial.interval(week.arm)
    let now =
      "Week \(week.number) of \(record.trial.weeks.count) (\(week.arm.rawValue)): prompts.move.after = "
      + "\"\(DurationText.string(asked))\""
    return asked == setTo ? "\(now), as it is." : "\(now); it is \"\(DurationText.string(setTo))\" now."
  }
}
