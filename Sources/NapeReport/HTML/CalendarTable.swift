import NapeCore

/// Up to four weeks as a calendar: a row a week, its desk record at the end.
struct CalendarTable {
  let weeks: [ReviewWeek]
  let terms: ReviewTerms

  var html: [HTML] {
    [
      HTML("table", ["class": "cal", "role": "table"]) {
        HTML("caption", ["class": "vh"]) {
          "Calendar, one row a week, with the week’s desk record at the end of each row"
        }
        head
        HTML("tbody", ["role": "rowgroup"]) { for week in weeks { row(week) } }
      },
      key,
    ]
  }

  private var head: HTML {
    HTML("thead", ["role": "rowgroup"]) {
      HTML("tr", ["role": "row"]) {
        HTML("th", ["scope": "col", "role": "columnheader", "class": "wk"]) { HTML.hidden("Week") }
        for column in 0..<7 {
          let weekday = (terms.period.lowerBound.weekday - 1 + column) % 7
          HTML("th", ["scope": "col", "role": "columnheader", "abbr": Self.weekdays[weekday]]) {
            ReviewText.weekdays[weekday]
          }
        }
        HTML("th", ["scope": "col", "role": "columnheader", "class": "deskh"]) { "At the desk, per week" }
      }
    }
  }

  private static let weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

  private func row(_ week: ReviewWeek) -> HTML {
    HTML("tr", ["role": "row"]) {
      HTML("th", ["scope": "row", "role": "rowheader", "class": "wk"]) {
        if let first = week.days.first { HTML.hidden("Week of \(ReviewText.day(first.date))") }
      }
      for day in week.days {
        CalendarCell(day: day, isFirst: day == weeks.first?.days.first, terms: terms).html
      }
      for _ in week.days.count..<7 { HTML("td", ["role": "cell", "class": "e"]) }
      HTML("td", ["role": "cell", "class": "deskc"]) {
        if week.hasDeskRecord {
          HTML("span") {
            HTML.figure("\(ReviewText.hours(week.desk)) h", "desk, \(ReviewText.count(week.deskDays, "day"))")
          }
          HTML("span") {
            "longest bout "
            HTML.bold("\(ReviewText.minutes(week.longestBout)) min")
          }
          HTML("span") {
            "moved "
            HTML.figure(String(week.movesTaken), "of \(ReviewText.count(week.movePrompts, "prompt"))")
          }
        } else {
          HTML("span", ["class": "mu"]) { "no desk record" }
        }
      }
    }
  }

  private var key: HTML {
    HTML("p", ["class": "sm key"]) {
      HTML("span") {
        HTML("b", ["class": "pk"]) { "5" }
        " peak pain, 0–10"
      }
      HTML("span") { HTML.figure("R L B M", "right, left, both, middle or unsure") }
      HTML("span") { "14:40 onset" }
      HTML("span") {
        CalendarCell.corner
        "medicine"
      }
      HTML("span") {
        Drawing.mark { Drawing.circle(5, 5, 2.2, .ink) }
        "no headache, confirmed"
      }
      HTML("span") {
        Drawing.mark {
          Drawing.hatch(0, 0, 10, 10, every: 4)
          Drawing.path("M0 0H10V10H0Z", .rule)
        }
        "not recorded"
      }
    }
  }
}
