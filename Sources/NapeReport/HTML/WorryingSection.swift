import NapeCore

/// What the person marked as different or worrying, and on how many days they took medicine.
struct WorryingSection {
  let review: Review
  let signs: WarningSigns

  /// More would push the figures off the page.
  private static let mostReports = 2

  var html: HTML {
    HTML.section("worrying", "Worrying, and medicine days") {
      if review.warnings.isEmpty {
        HTML("p", ["class": "say"]) { "Nothing worrying noted." }
      }
      for report in reports.prefix(Self.mostReports) { told(report) }
      if reports.count > Self.mostReports {
        HTML("p", ["class": "say"]) { "And \(ReviewText.count(reports.count - Self.mostReports, "other report"))." }
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

  private func told(_ report: WarningReport) -> HTML {
    let noted = report.signs.compactMap { signs[$0] }
    return HTML("p", ["class": "say"]) {
      HTML.bold("Reported by the person on \(ReviewText.short(report.opened.date)) \(report.opened.date.year):")
      " "
      if let only = noted.first, noted.count == 1 {
        "“\(only.text)”"
      } else if noted.isEmpty {
        "a warning sign of the list “\(Self.title(report.level))” (page 2)."
      } else {
        noted.prefix(2).map { "“\($0.short)”" }.joined(separator: ", ")
        noted.count > 2 ? " and \(noted.count - 2) more." : "."
      }
    }
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
      HTML("p", ["class": "say"]) { "No acute headache medicine noted, neither in this period nor in its last 30 days." }
    } else {
      let classes = Medicine.Class.taken(days.byClass.merging(last.byClass) { $0 + $1 })
      HTML("table", ["class": classes.count > 4 ? "med many" : "med"]) {
        HTML("caption", ["class": "vh"]) { "Days with acute headache medicine, by class" }
        HTML("thead") {
          HTML("tr") {
            HTML("th", ["scope": "col"]) { classes.count > 4 ? "days" : "days with" }
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
            Self.row("of last \(MedicineDays.window)", last.total, classes.map { last.byClass[$0, default: 0] })
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
