import NapeCore

/// The top of the first page: who, when, and how much is recorded.
struct PageHead {
  let review: Review

  var html: HTML {
    HTML("header", ["class": "head"]) {
      HTML("div") {
        HTML("h1", ["id": "summary"]) { "Headache and desk record, \(ReviewText.length(review.terms.period))" }
        HTML("p", ["class": "who"]) {
          if let name = review.terms.pseudonym {
            HTML("b") { HTML("bdi") { PersonsText.fit(name, atMost: 26) } }
            " (pseudonym) · "
          }
          HTML.bold(ReviewText.period(review.terms.period))
        }
      }
      HTML("div", ["class": "rec"]) {
        Self.recorded("\(review.diary.recordedDays) of \(review.diary.days) days", "recorded in the diary")
        if let coverage = review.desk.coverage {
          Self.recorded(
            "\(ReviewText.percent(coverage)) of the time",
            "recorded on \(ReviewText.count(review.desk.deskDays, "desk day"))")
        } else {
          Self.recorded("No desk record", "in this period")
        }
      }
      HTML("p", ["class": "sm full"]) {
        "Self-recorded. Printed \(ReviewText.day(review.terms.made.date, withYear: true)). "
        band
        changes
      }
    }
  }

  private static func recorded(_ figure: String, _ of: String) -> HTML {
    HTML("div") {
      HTML.bold(figure)
      HTML("span") { of }
    }
  }

  /// What so few recorded days allow.
  private var band: [HTML] {
    switch review.diary.band {
    case .all: []
    case .counts: [.bold("Fewer than 80 % of the days are recorded:"), HTML(text: " counts and bounds, no rate. ")]
    case .calendar: [.bold("Fewer than half of the days are recorded."), HTML(text: " ")]
    }
  }

  /// The schedule of breaks and the rest, as far as it changed in the period; more than three are told on the second page.
  private var changes: String {
    let changes = review.settings.changes
    guard let first = changes.first else { return "" }
    if changes.count > 3 {
      return "\(changes.count) changes of settings from \(ReviewText.day(first.at.date)) on: page 2."
    }
    let told = changes.map { change in
      let before = change.before.map { ", before that \(ReviewText.settingValue($0))" } ?? ""
      return "on \(ReviewText.day(change.at.date)): \(ReviewText.setting(change.key, change.after))\(before)"
    }
    return "Setting\(changes.count == 1 ? "" : "s") changed \(told.joined(separator: "; "))."
  }
}
