import NapeCore

/// How the person sat, in five figures.
struct DeskSection {
  let review: Review

  var html: HTML {
    let desk = review.desk
    return HTML.section("desk", "At the desk", aside: "sitting assumed from use") {
      if desk.deskDays == 0 {
        HTML("p", ["class": "say"]) { "No desk record in this period: nothing can be said about sitting." }
      } else {
        HTML.figures(
          "Desk pattern",
          [
            ("Desk time per desk day, median", hours),
            ("Longest bout of the day, median", bouts),
            (
              "Sitting in bouts of \(ReviewText.minutes(desk.prolonged)) min or more",
              HTML.figure(
                ReviewText.hours(desk.sittingInProlonged),
                "of \(ReviewText.hours(desk.sittingInBouts)) h"
                  + (desk.prolongedShare.map { " (\(ReviewText.percent($0)))" } ?? ""))
            ),
            (
              "Breaks per desk hour",
              HTML.figure(
                desk.breaksPerDeskHour.map { ReviewText.decimal($0) } ?? "–",
                "(\(desk.breaks) in \(ReviewText.hours(desk.desk)) h)")
            ),
            ("Moved within \(ReviewText.minutes(desk.follow)) min of a prompt", moved),
          ])
      }
    }
  }

  private var hours: [HTML] {
    guard let hours = review.desk.deskHours else { return HTML.figure("–") }
    return HTML.figure("\(ReviewText.decimal(hours.median)) h", "(\(ReviewText.count(hours.count, "day")))")
  }

  private var bouts: [HTML] {
    guard let bouts = review.desk.longestBouts else { return HTML.figure("–") }
    return HTML.figure("\(ReviewText.decimal(bouts.median, 0)) min,", "longest \(ReviewText.decimal(bouts.max, 0))")
  }

  private var moved: [HTML] {
    let desk = review.desk
    guard desk.movePrompts > 0 else { return [HTML(text: "no prompts")] }
    let share = ReviewText.percent(Double(desk.movesTaken) / Double(desk.movePrompts))
    return HTML.figure(String(desk.movesTaken), "of \(desk.movePrompts) (\(share))")
  }
}
