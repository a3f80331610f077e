import NapeCore

/// All warning signs, and what guidelines say of days with medicine.
struct WarningSection {
  let signs: WarningSigns
  let region: WarningSigns.Region

  var html: HTML {
    HTML.section(
      "signs", "Warning signs", aside: "Emergency: do not drive yourself. \(signs.texts.closing)", class: "warn"
    ) {
      HTML("div", ["class": "cols"]) {
        list(.emergency, "Emergency: call \(region.emergency) now")
        list(.sameDay, WorryingSection.title(.sameDay), end: signs.adviceLine(in: region))
        rest
      }
    }
  }

  private var rest: HTML {
    HTML("div", ["class": "level"]) {
      list(.days, WorryingSection.title(.days))
      HTML("h3") { "Medicine days" }
      HTML("p") {
        "On \(Self.limit(.triptan)) or more days a month (triptan, opioid, ergotamine, combination) or"
        " \(Self.limit(.simple)) or more (simple), for more than 3 months: guidelines ask people to talk with a doctor or"
        " pharmacist. Do not stop a prescribed medicine on your own."
      }
      HTML("p") { signs.texts.caution }
    }
  }

  private static func limit(_ medicine: Medicine.Class) -> String { medicine.monthlyDays.map(String.init) ?? "" }

  private func list(_ level: WarningReport.Level, _ title: String, end: String? = nil) -> HTML {
    HTML("div", ["class": "level"]) {
      HTML("h3") { title }
      HTML("ul") {
        for sign in signs.signs where sign.level == level {
          HTML("li") { sign.short }
        }
      }
      if let end { HTML("p") { HTML.bold(end) } }
    }
  }

  /// What the list is made from.
  var source: String {
    "Warning signs: list of \(LocalDate(signs.version).map { "\(ReviewText.short($0)) \($0.year)" } ?? signs.version),"
      + " after SNNOOP10 (Do 2019), NICE CG150, IFOMPT 2020; not yet reviewed by a clinician."
  }
}
