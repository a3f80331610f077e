import NapeCore

/// The five numbers of the period beside those of the same number of days before it.
struct NumbersSection {
  let review: Review

  private var numbers: FiveNumbers { FiveNumbers(review: review) }
  private var length: String { numbers.length }
  private var before: DiaryFigures? { numbers.before }

  var html: HTML {
    HTML.section("numbers", "Five numbers", aside: aside) {
      if review.diary.band == .calendar {
        HTML("p", ["class": "say"]) {
          HTML.bold("Too few recorded days to summarise:")
          " \(review.diary.recordedDays) of \(review.diary.days). The calendar shows what was noted"
          " (\(ReviewText.count(review.diary.episodes, "headache"))); days of which nothing was said may have had any."
        }
      } else {
        table
      }
    }
  }

  private var aside: String? {
    guard review.diary.band != .calendar else { return nil }
    guard let before = review.before else { return "nothing recorded of the \(length) before" }
    let recorded = "\(before.diary.recordedDays) of \(before.diary.days) days recorded"
    guard self.before != nil else {
      return "no comparison; before: \(recorded)"
    }
    return "the \(length) before: \(ReviewText.shortPeriod(before.period)), \(recorded)"
  }

  private var table: HTML {
    HTML("table", ["class": "nums"]) {
      HTML("caption", ["class": "vh"]) {
        "Five numbers of these \(length)" + (before == nil ? "" : " and of those before")
      }
      HTML("thead") {
        HTML("tr") {
          HTML("td")
          HTML("th", ["scope": "col", "colspan": "2"]) { "these \(length)" }
          if before != nil { HTML("th", ["scope": "col"]) { "\(length) before" } }
        }
      }
      HTML("tbody") { for row in numbers.rows { self.row(row) } }
    }
  }

  private func row(_ row: FiveNumbers.Row) -> HTML {
    HTML("tr") {
      HTML("th", ["scope": "row"]) { row.title }
      HTML("td", ["class": "v"]) { row.value }
      HTML("td") { row.rest }
      if let before = row.before { HTML("td", ["class": "mu"]) { before } }
    }
  }
}
