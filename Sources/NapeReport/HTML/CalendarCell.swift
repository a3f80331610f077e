import NapeCore

/// A day of the calendar. States differ by shape: a number, a dot, hatching; medicine is a corner.
struct CalendarCell {
  let day: ReviewDay
  /// Whether it is the first of its block, which tells the month.
  let isFirst: Bool
  let terms: ReviewTerms

  /// Of the line at the foot of a cell, in characters.
  private static let mostCharacters = 11

  var html: HTML {
    switch day.state {
    case .headache: headache
    case .none:
      cell("n") {
        date
        HTML("span", ["class": "dot"]) { Drawing.mark { Drawing.circle(5, 5, 2.2, .ink) } }
        HTML.hidden("no headache, confirmed")
      }
    case .unknown:
      cell("u") {
        // It covers the cell, whatever its size.
        HTML(
          "svg",
          ["class": "hatch", "viewBox": "0 0 120 80", "preserveAspectRatio": "xMinYMin slice", "aria-hidden": "true"]
        ) { Drawing.hatch(0, 0, 120, 80, every: 8) }
        date
        HTML.hidden("not recorded")
        if day.hasMedicine { Self.corner }
      }
    }
  }

  private func cell(_ style: String, @HTMLBuilder content: () -> [HTML]) -> HTML {
    HTML("td", ["role": "cell", "class": style], content: content)
  }

  private var date: HTML {
    HTML("span", ["class": "d"]) {
      HTML.time(day.date, isFirst || day.date.day == 1 ? ReviewText.short(day.date) : String(day.date.day))
    }
  }

  private var headache: HTML {
    let times = day.headaches.map(time)
    let kept = Self.shown(times)
    return cell("h") {
      if day.hasMedicine { Self.corner }
      date
      HTML("span", ["class": "l"]) {
        HTML.hidden("headache, peak ")
        HTML("span", ["class": (day.peak?.count ?? 1) > 1 ? "p w" : "p"]) { day.peak.map(ReviewText.pain) ?? "?" }
        HTML.hidden(" of 10, ")
        HTML("abbr", ["class": "s", "title": sideTitle]) { ReviewText.sides(day.headaches.map(\.side)) }
      }
      HTML("span", ["class": "t"]) {
        for (place, time) in kept.enumerated() {
          if place > 0 { " " }
          HTML("span") { time }
        }
        if kept.count < times.count {
          " "
          HTML("span") { "+\(times.count - kept.count)" }
        }
      }
      if day.hasMedicine { HTML.hidden(", medicine taken") }
    }
  }

  private var sideTitle: String {
    let sides = day.headaches.map { $0.side ?? "side not noted" }
    return sides.enumerated().filter { place, side in !sides[..<place].contains(side) }.map(\.element)
      .joined(separator: " and ")
  }

  /// As many as fit; one always does.
  private static func shown(_ times: [String]) -> [String] {
    var kept: [String] = []
    var length = 0
    for (place, time) in times.enumerated() {
      let rest = times.count - place - 1
      let needed = length + (place > 0 ? 1 : 0) + time.count + (rest > 0 ? 3 : 0)
      guard place == 0 || needed <= mostCharacters else { break }
      kept.append(time)
      length += (place > 0 ? 1 : 0) + time.count
    }
    return kept
  }

  private func time(_ headache: ReviewDay.Headache) -> String {
    guard headache.isCarriedOver else { return ReviewText.onset(headache.onset, terms) }
    if let over = headache.end?.over, over.date == day.date { return "to \(over.clock)" }
    if case .stillThere(let at)? = headache.end, at.date == day.date { return "still \(at.clock)" }
    return "all day"
  }

  static var corner: HTML {
    HTML("svg", ["class": "corner", "viewBox": "0 0 10 10", "aria-hidden": "true"]) {
      Drawing.path("M0 0H10V10Z", .ink)
    }
  }
}
