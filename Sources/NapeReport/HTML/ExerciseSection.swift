import NapeCore

/// What was done of what was planned, as counts.
struct ExerciseSection {
  let review: Review

  private var figures: ExerciseFigures { review.exercises }

  var html: HTML {
    HTML.section("exercises", "Exercises", aside: aside) { HTML.figures("Exercises done and planned", rows) }
  }

  private var aside: String {
    guard let name = figures.programme else { return "no programme in force" }
    let weeks = figures.weeks.map { weeks in
      weeks.count == 1 ? "week \(weeks.lowerBound)" : "weeks \(weeks.lowerBound)–\(weeks.upperBound)"
    }
    return "\(PersonsText.fit(name, atMost: 26))\(figures.isPrescribed ? ", prescribed" : "")"
      + (weeks.map { ", \($0) of \(figures.weeksInAll)" } ?? "")
  }

  private var rows: [(title: String, figure: [HTML])] {
    var rows: [(title: String, figure: [HTML])] = []
    if figures.programme != nil {
      rows.append(
        ("Home sessions done of planned", HTML.figure(String(figures.sessionsDone), "of \(figures.sessionsPlanned)")))
      rows.append(
        (
          "Strength days done of planned",
          HTML.figure(String(figures.strengthDaysDone), "of \(figures.strengthDaysPlanned)")
        ))
    } else {
      rows.append(("Movements done in all", HTML.figure(String(figures.movementsDone))))
    }
    rows.append(
      (
        "Desk sets done of prompted",
        figures.deskSetsPrompted == 0
          ? [HTML(text: "no prompts")] : HTML.figure(String(figures.deskSetsDone), "of \(figures.deskSetsPrompted)")
      ))
    let lights = TrafficLight.allCases.map { String(figures.lights[$0, default: 0]) }.joined(separator: ", ")
    rows.append(
      (
        "Next day green, amber, red",
        figures.rated == 0 ? [HTML(text: "none rated")] : HTML.figure(lights, "of \(figures.rated) rated")
      ))
    if let last = figures.reds.last {
      let others = figures.reds.count - 1
      rows.append(
        (
          others == 0 ? "The red one" : "The last red one",
          [
            HTML("bdi") { PersonsText.fit(last.name, atMost: 28) },
            HTML(text: ", \(ReviewText.short(last.day))"),
          ]
        ))
    }
    return rows
  }
}
