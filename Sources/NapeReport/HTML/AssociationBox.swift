import NapeCore

/// Sitting before each headache, and what can be said of it, which mostly is: not enough yet.
struct AssociationBox {
  let review: Review

  /// In a list of words; more are in the data exports.
  private static let mostListed = 9
  /// Stretches with one schedule, the last ones.
  private static let mostParts = 2

  var html: HTML {
    HTML.section("association", title, class: "box") {
      if review.association.isSplit {
        HTML("p") {
          isBrief
            ? "Needed are headaches with known timing; not pooled, since breaks changed:"
            : "Not pooled, since the break schedule changed:"
        }
      }
      for part in parts {
        HTML("p") {
          if review.association.isSplit { HTML.bold("\(ReviewText.shortPeriod(part.period)): ") }
          isBrief ? AssociationText.brief(part) : AssociationText.lay(part)
          if part.verdict == .full { " " + AssociationText.physiotherapist(part) }
        }
      }
      if let trial = review.trials.last {
        HTML("p") {
          HTML.bold("Trial of \(ReviewText.length(trial.record.trial.start...trial.record.trial.lastDay)): ")
          trial.result.comparisons.prefix(1).map(TrialText.comparison).joined()
        }
      }
      if windows.isEmpty {
        HTML("p") { "No onset with a desk record of the 2 h before it." }
      } else if isRatio {
        // What belongs to a ratio takes the room of the drawing.
        HTML("p", ["class": "mu"]) {
          "No cause can be read from this. \(AssociationText.biasesInShort) Each onset: headaches.csv."
        }
      } else {
        plot
        caption
      }
    }
  }

  private var title: String {
    "Sitting and headaches" + (AssociationText.isNotYet(review.association) ? ": not enough data yet" : "")
  }

  private var parts: ArraySlice<Association.Part> { review.association.parts.suffix(Self.mostParts) }

  /// Whether the heading says already that there is not enough.
  private var isBrief: Bool { AssociationText.isNotYet(review.association) }

  /// Whether there is a ratio with all that belongs to it, which takes more room.
  var isRatio: Bool { parts.contains { $0.verdict == .full } }

  // MARK: The onsets

  private var windows: [OnsetWindow] {
    review.association.parts.flatMap(\.onsets).filter { ($0.exposure?.known ?? 0) > 0 }
  }

  private static let plotLeft = 8.0
  private static let plotWidth = 304.0
  private static let scale = 120

  private func x(_ minutes: Int) -> Double {
    Self.plotLeft + Double(min(minutes, Self.scale)) / Double(Self.scale) * Self.plotWidth
  }

  private static func minutes(_ window: OnsetWindow) -> Int {
    Int(((window.exposure?.longestBout ?? 0) + .minute / 2) / .minute)
  }

  /// A dot an onset; those of the same five minutes stand on each other.
  private var plot: HTML {
    var stacks: [Int: [OnsetWindow]] = [:]
    for window in windows { stacks[Self.minutes(window) / 5, default: []].append(window) }
    let most = stacks.values.map(\.count).max() ?? 1
    let pitch = min(7.6, 38 / Double(most))
    let base = 8 + Double(most) * pitch
    return Drawing.figure(
      "before", width: 320, height: base + 15, class: "before", title: "Longest bout before each onset",
      description: "On a scale from 0 to 120 minutes: \(list)."
    ) {
      Drawing.line(Self.plotLeft, base, Self.plotLeft + Self.plotWidth, base, .axis)
      for tick in [0, 30, 60, 90, 120] {
        Drawing.line(x(tick), base, x(tick), base + 3, .axis)
        Drawing.text(String(tick), x(tick), base + 13, .middle)
      }
      for key in stacks.keys.sorted() {
        for (place, window) in (stacks[key] ?? []).enumerated() {
          Drawing.circle(
            x(key * 5 + 2), base - 5 - Double(place) * pitch, min(3.4, pitch * 0.45),
            window.isEligible ? .onset : .onsetAway)
        }
      }
    }
  }

  private var list: String {
    windows.map { "\(ReviewText.short($0.onset.at.date)) \(Self.minutes($0))" }.joined(separator: ", ")
  }

  private var caption: HTML {
    HTML("p", ["class": "mu"]) {
      "Longest bout, min, in the 2 h up to 15 min before onset"
      if windows.count <= Self.mostListed { ": \(list)" }
      ". Open: not comparable"
      if isBrief, let exclusions { " (\(exclusions))" }
      ". No cause can be read from this."
      if !isBrief { " " + AssociationText.biasesInShort }
    }
  }

  /// Of those that are drawn.
  private var exclusions: String? { AssociationText.exclusions(windows) }
}
