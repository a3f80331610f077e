import NapeCore

/// How the figures of the review are made, with its own numbers.
struct Definitions {
  let review: Review

  var html: HTML {
    HTML.section("made", "How the figures are made") {
      HTML("dl", ["class": "defs"]) {
        for entry in entries {
          HTML("div") {
            HTML("dt") { "\(entry.term):" }
            " "
            HTML("dd") { entry.text }
            " "
          }
        }
      }
    }
  }

  private typealias Entry = (term: String, text: [HTML])

  private var entries: [Entry] {
    [days, missing, bounds, headaches, duration, entered, bout, coverage].compactMap { $0 }
  }

  private var diary: DiaryFigures { review.diary }

  private var days: Entry? {
    (
      "Headache day",
      [
        HTML(text: "any part of a headache on it. "), .bold("None:"),
        HTML(text: " only when the person said so; silence is “not recorded”."),
      ]
    )
  }

  /// A program at a desk sees no weekends.
  private var missing: Entry? {
    guard diary.unknownDays > 0 else { return nil }
    let days = review.missing.filter { $0.days > 0 }
    let isEven = Set(days.map(\.days)).count == 1
    let told = days.filter { $0.unknown > 0 }.map { day in
      "\(ReviewText.weekdays[day.weekday - 1]) \(day.unknown)" + (isEven ? "" : " of \(day.days)")
    }
    let each = isEven ? " of \(days.first?.days ?? 0) each" : ""
    return ("Days not recorded", [HTML(text: told.joined(separator: ", ") + each + ".")])
  }

  private var bounds: Entry? {
    guard diary.band != .calendar else { return nil }
    var text = ""
    if diary.unknownDays > 0 {
      text = "if none, or all, of the \(ReviewText.count(diary.unknownDays, "day")) not recorded had one. "
    }
    if let rate = diary.per28, let range = diary.per28Interval {
      text +=
        "Rate on recorded days: \(ReviewText.decimal(rate)) in 28 (rough 95 % range "
        + "\(ReviewText.decimal(range.lowerBound))–\(ReviewText.decimal(range.upperBound)))."
    }
    return text.isEmpty ? nil : (FiveNumbers.bounds(diary), [HTML(text: text)])
  }

  private var headaches: Entry? {
    let count = diary.suggestions.count
    return (
      "Headaches",
      [
        HTML(
          text: "by the day they began, never merged"
            + (count > 0 ? "; \(ReviewText.count(count, "pair")) less than 60 min apart may be one. " : ". ")),
        .bold("Peak:"),
        HTML(
          text: " worst of each" + mean(diary.peak)
            + "; ranges are in no mean, and count by their lower end for moderate–severe days."),
      ]
    )
  }

  private var duration: Entry? {
    ("Duration", [HTML(text: "with known onset and end, sleep up to waking" + mean(diary.duration, " h") + ".")])
  }

  private func mean(_ numbers: Distribution?, _ unit: String = "") -> String {
    numbers.map { "; mean \(ReviewText.decimal($0.mean))\(unit) (n \($0.count))" } ?? ""
  }

  private var entered: Entry? {
    let lags = review.lags
    var parts = [
      "\(lags.withinAnHour) of \(ReviewText.count(diary.episodes, "headache")) within 1 h of onset",
      lags.withinTwoDays > 0 ? "\(lags.withinTwoDays) within 48 h" : nil,
      lags.recalled > 0 ? "\(lags.recalled) later (recalled)" : nil,
      lags.untimed > 0 ? "\(lags.untimed) without hour" : nil,
    ].compactMap { $0 }
    if lags.daysRecalled > 0 {
      parts.append("\(lags.daysRecalled) of \(lags.daysConfirmed) days without headache after 48 h")
    }
    return ("Entered", [HTML(text: parts.joined(separator: ", ") + ".")])
  }

  private var bout: Entry? {
    let short = ReviewText.minutes(review.terms.breakAfter)
    let away =
      review.settings.atStart["presence.away_after"].map(ReviewText.settingValue)
      ?? "\(ReviewText.minutes(review.terms.awayAfter)) min"
    return (
      "Bout",
      [
        HTML(text: "sitting until \(short) min or more standing, away or not known. "), .bold("Away:"),
        HTML(text: " from the last input, once none came for \(away) (\(short) min when locked or announced). "),
        .bold("Break:"), HTML(text: " standing or away between bouts, under 4 h."),
      ]
        + (review.pattern.map {
          [HTML(text: " Half of all sitting: in bouts of \(ReviewText.minutes($0.w50)) min or more.")]
        } ?? [])
    )
  }

  private var coverage: Entry? {
    let desk = review.desk
    guard let share = desk.coverage else { return nil }
    let unknown = desk.inUse - desk.knownInUse
    let without = desk.daysWithoutRecord
    return (
      "\(ReviewText.percent(share)) of the time",
      [
        HTML(
          text: "first to last use of the desk days; "
            + (unknown >= .minute
              ? "\(ReviewText.length(unknown)) unknown, neither sitting nor a break" : "nothing of it unknown")
            + (without > 0 ? "; \(ReviewText.count(without, "day")) without desk record." : "."))
      ]
    )
  }
}
