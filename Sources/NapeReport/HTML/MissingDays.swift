import NapeCore

/// On which weekdays nothing was recorded: a program at a desk sees no weekends.
struct MissingDays {
  let review: Review

  var html: HTML {
    HTML("section", ["aria-labelledby": "missing", "class": "miss"]) {
      HTML.heading("missing", "Days not recorded", aside: of)
      HTML("table", ["class": "missing"]) {
        HTML("caption", ["class": "vh"]) { "Days not recorded in the diary, by weekday" }
        HTML("thead") {
          HTML("tr") {
            for day in review.missing { HTML("th", ["scope": "col"]) { ReviewText.weekdays[day.weekday - 1] } }
          }
        }
        HTML("tbody") {
          HTML("tr") {
            for day in review.missing {
              HTML("td") {
                if day.days == 0 { "–" } else if day.unknown > 0 { HTML.bold(String(day.unknown)) } else { "0" }
                if !isEven, day.days > 0 { "/\(day.days)" }
              }
            }
          }
        }
      }
    }
  }

  /// Whether each weekday comes as often as the others.
  private var isEven: Bool { Set(review.missing.map(\.days)).count == 1 }

  private var of: String { isEven ? "of \(review.missing.first?.days ?? 0) each" : "of so many" }
}
