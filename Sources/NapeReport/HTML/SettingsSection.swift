import NapeCore

/// Which settings of the record and of the prompts were in force, and what of them changed.
struct SettingsSection {
  let review: Review

  /// More would push the warning signs off the page; the data exports have them all.
  private static let mostChanges = 4

  var html: HTML {
    HTML("section", ["aria-labelledby": "settings", "class": "set"]) {
      HTML("h3", ["id": "settings"]) { "Settings in force" }
      " "
      HTML("p", ["class": "defs"]) {
        if review.settings.atStart.isEmpty, review.settings.changes.isEmpty {
          "Not recorded."
        } else {
          start
          for change in kept {
            " "
            HTML.bold("\(ReviewText.day(change.at.date)):")
            " \(ReviewText.setting(change.key, change.after))."
          }
          if left > 0 { " \(ReviewText.count(left, "earlier change")) not shown." }
        }
      }
    }
  }

  @HTMLBuilder private var start: [HTML] {
    let values = SettingRecord.keys.compactMap { key in
      review.settings.atStart[key].map { (key: key, value: $0) }
    }.filter { isTold($0.key, $0.value) }
    if !values.isEmpty {
      HTML.bold(review.settings.startedSince.map { "From \(ReviewText.short($0.date)):" } ?? "At the start:")
      " \(values.map { ReviewText.setting($0.key, $0.value) }.joined(separator: ", "))."
    }
  }

  /// What the definitions tell.
  private static let defined = [
    "presence.away_after", "presence.break_after", "sitting.prolonged", "prompts.follow",
  ]

  /// Reminders that are on are told by their interval, and the interval of one that is off says nothing.
  private func isTold(_ key: String, _ value: String) -> Bool {
    if Self.defined.contains(key) { return false }
    if key.hasSuffix(".enabled") { return value != "true" }
    guard let group = key.split(separator: ".").dropLast().last, key.hasPrefix("prompts.") else { return true }
    return review.settings.atStart["prompts.\(group).enabled"] != "false"
  }

  private var kept: ArraySlice<SettingsHistory.Change> { review.settings.changes.suffix(Self.mostChanges) }
  private var left: Int { review.settings.changes.count - kept.count }
}
