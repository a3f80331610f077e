import NapeCore

/// What the person marked as different or worrying, and on how many days they took medicine.
struct WorryingSection {
  let review: Review
  let signs: WarningSigns

  /// More would push the figures off the page.
  private static let mostQuoted = 2

  var html: HTML {
    HTML.section("worrying", "Worrying, and medicine days") {
      HTML("p", ["class": "say"]) {
        if reports.isEmpty { "Nothing worrying noted." } else { told }
      }
      medicine
    }
  }

  /// The gravest first, then the last.
  private var reports: [WarningReport] {
    let levels = WarningReport.Level.allCases
    return review.warnings.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      let ranks = (levels.firstIndex(of: one.level) ?? 0, levels.firstIndex(of: other.level) ?? 0)
      return (ranks.0, other.opened, left.offset) < (ranks.1, one.opened, right.offset)
    }.map(\.element)
  }

  /// One sign in its own words, several in short ones. Of those that the person did not want kept, that they were noted.
  @HTMLBuilder private var told: [HTML] {
    let noted = reports.flatMap { report in
      let known = report.signs.compactMap { id in
        signs[id].map { (report, "“\(report.signs.count + reports.count > 2 ? $0.short : $0.text)”") }
      }
      return known.isEmpty ? [(report, "a sign of the list “\(Self.title(report.level))”")] : known
    }
    HTML.bold("Reported by the person")
    for (place, (report, words)) in noted.prefix(Self.mostQuoted).enumerated() {
      let date = report.opened.date
      if place == 0 || noted[place - 1].0 != report {
        HTML.bold(" on \(ReviewText.short(date)) \(date.year):")
      }
      " \(words)"
    }
    if noted.count > Self.mostQuoted { " and \(noted.count - Self.mostQuoted) more" }
  }

  static func title(_ level: WarningReport.Level) -> String {
    switch level {
    case .emergency: "Emergency"
    case .sameDay: "Get medical advice today"
    case .days: "Book a doctor soon"
    }
  }

  // MARK: Medicine

  @HTMLBuilder private var medicine: [HTML] {
    let days = review.diary.medicineDays
    let last = review.medicine30
    if days.any == 0, last.total == 0 {
      HTML("p", ["class": "say"]) {
        "No acute headache medicine noted, neither in this period nor in its last 30 days."
      }
    } else {
      let classes = Medicine.Class.taken(days.byClass.merging(last.byClass) { $0 + $1 })
      HTML("table", ["class": classes.count > 4 ? "med many" : "med"]) {
        HTML("caption", ["class": "vh"]) { "Days with acute headache medicine, by class" }
        HTML("thead") {
          HTML("tr") {
            HTML("th", ["scope": "col"]) { "days" }
            HTML("th", ["scope": "col", "class": "r"]) { "any" }
            for medicine in classes {
              HTML("th", ["scope": "col", "class": "r"]) {
                HTML("abbr", ["title": medicine.rawValue]) {
                  classes.count > 4 ? String(medicine.rawValue.prefix(4)) : ReviewText.medicineClass(medicine)
                }
              }
            }
          }
        }
        HTML("tbody") {
          Self.row("of \(review.diary.days)", days.any, classes.map { days.byClass[$0, default: 0] })
          if review.diary.days != MedicineDays.window {
            Self.row("last \(MedicineDays.window)", last.total, classes.map { last.byClass[$0, default: 0] })
          }
        }
      }
    }
  }

  private static func row(_ title: String, _ any: Int, _ counts: [Int]) -> HTML {
    HTML("tr") {
      HTML("th", ["scope": "row"]) { title }
      HTML("td", ["class": "r"]) { HTML.bold(String(any)) }
      for count in counts { HTML("td", ["class": "r"]) { String(count) } }
    }
  }
}
