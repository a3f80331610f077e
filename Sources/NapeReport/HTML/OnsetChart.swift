import NapeCore

/// When headaches began, above the hours at the desk, by two-hour bin of the day.
struct OnsetChart {
  let review: Review

  private static let left = 60.0
  private static let right = 264.0
  private static let axis = 62.0
  /// Of the stacks of squares above the axis, and of the longest bar below it.
  private static let stackHeight = 52.0
  private static let barHeight = 40.0

  var html: HTML {
    HTML.section("onsets", "When headaches began") {
      HTML("figure", ["class": "ons"]) {
        Drawing.figure(
          "onset", width: Self.right, height: 176, class: "", title: "Headache onsets and desk hours by two-hour bin",
          description: description
        ) {
          afternoon
          for (place, bin) in bins.enumerated() { column(place, bin) }
          frame
        }
        HTML("figcaption") {
          if review.diary.band == .calendar { "Too few recorded days to summarise." } else { caption }
        }
      }
    }
  }

  // MARK: What is shown

  /// From 6 to 20 o'clock, and more where there is something.
  private var bins: [OnsetPattern.Bin] {
    let used = review.onsets.bins.indices.filter { place in
      let bin = review.onsets.bins[place]
      return bin.onsets > 0 || bin.desk >= .minutes(6)
    }
    let (first, last) = (min(used.min() ?? 3, 3), max(used.max() ?? 9, 9))
    return Array(review.onsets.bins[first...last])
  }

  private var step: Double { (Self.right - Self.left) / Double(bins.count) }
  private func x(_ place: Int) -> Double { Self.left + Double(place) * step }
  private func middle(_ place: Int) -> Double { x(place) + step / 2 }

  /// One decimal where there is room for it.
  private func hours(_ length: Microseconds) -> String {
    let isRoomy = bins.count <= 7 && bins.allSatisfy { $0.desk < 100 * .hour }
    return ReviewText.decimal(Double(length) / Double(Microseconds.hour), isRoomy ? 1 : 0)
  }

  // MARK: Drawing

  @HTMLBuilder private func column(_ place: Int, _ bin: OnsetPattern.Bin) -> [HTML] {
    squares(place, bin)
    if bin.onsets > 0 {
      Drawing.text(String(bin.onsets), middle(place) + 8, Self.axis - 5, .start, .bold)
    }
    let most = Double(bins.map(\.desk).max() ?? 0)
    if bin.desk >= .minutes(3) {
      let height = Double(bin.desk) / most * Self.barHeight
      Drawing.rect(middle(place) - step * 0.32, 84, step * 0.64, height, .sitting)
      Drawing.text(hours(bin.desk), middle(place), 84 + height + 11, .middle)
    } else {
      Drawing.text("0", middle(place), 95, .middle, .faint)
    }
    let rate = review.diary.band == .all ? bin.per10DeskHours : nil
    Drawing.text(
      rate.map { $0 == 0 ? "0" : ReviewText.decimal($0, 1) } ?? "–", middle(place), 161, .middle,
      (rate ?? 0) > 0 ? .bold : .faint)
  }

  /// One for each onset, closer where there are many.
  @HTMLBuilder private func squares(_ place: Int, _ bin: OnsetPattern.Bin) -> [HTML] {
    let most = bins.map(\.onsets).max() ?? 1
    let pitch = min(13, Self.stackHeight / Double(max(1, most)))
    let paints: [Drawing.Paint] =
      Array(repeating: .onset, count: bin.atDesk) + Array(repeating: .onsetAway, count: bin.away)
      + Array(repeating: .onsetUnknown, count: bin.unknown)
    for (number, paint) in paints.enumerated() {
      Drawing.rect(
        middle(place) - 5, Self.axis - 4 - Double(number) * pitch - pitch * 0.77, 10, pitch * 0.77, paint)
    }
  }

  @HTMLBuilder private var frame: [HTML] {
    Drawing.line(Self.left, Self.axis, Self.right, Self.axis, .axis)
    for place in 0...bins.count {
      Drawing.line(x(place), Self.axis, x(place), Self.axis + 3, .axis)
      let hour = (bins.first?.hour ?? 0) + 2 * place
      Drawing.text(
        ReviewText.clock(hour * 3600).prefix(2).description, x(place), 75, place == bins.count ? .end : .middle)
    }
    Drawing.line(Self.left, 147, Self.right, 147, .rule)
    Drawing.text("headache", 0, 43)
    Drawing.text("onsets", 0, 55)
    Drawing.text("clock, h", 0, 75, .start, .faint)
    Drawing.text("hours at", 0, 95)
    Drawing.text("the desk", 0, 107)
    Drawing.text("onsets per", 0, 161)
    Drawing.text("10 desk h", 0, 173)
  }

  /// A bracket over the hours of the afternoon; one that wraps is two.
  @HTMLBuilder private var afternoon: [HTML] {
    let (from, to) = (review.terms.afternoonFrom, review.terms.afternoonTo)
    let parts = from < to ? [(from, to)] : [(0, to), (from, 86_400)]
    let start = (bins.first?.hour ?? 0) * 3600
    for (first, last) in parts {
      let x1 = max(Self.left, Self.left + Double(first - start) / 7200 * step)
      let x2 = min(Self.right, Self.left + Double(last - start) / 7200 * step)
      if x2 > x1 {
        let (one, two) = (Drawing.number(x1), Drawing.number(x2))
        Drawing.path("M\(one) 9V5H\(two)V9", .axis)
      }
    }
    Drawing.text("afternoon", 0, 10, .start, .faint)
  }

  // MARK: Words

  @HTMLBuilder private var caption: [HTML] {
    let (diary, onsets) = (review.diary, review.onsets)
    HTML("b", ["class": "ink"]) {
      "Afternoon, \(ReviewText.afternoon(review.terms)): \(diary.afternoonOnsets) of \(diary.timedOnsets) onsets"
    }
    if diary.timedOnsets < diary.episodes {
      " whose part of the day is known (\(diary.episodes - diary.timedOnsets) unknown)"
    } else {
      " with known time"
    }
    if let share = onsets.afternoonDeskShare {
      ", and \(ReviewText.hours(onsets.afternoonDesk)) of \(ReviewText.hours(onsets.desk)) desk hours"
      " (\(ReviewText.percent(share)))."
    } else {
      "; no desk record."
    }
    if onsets.untimed > 0 { " Not drawn: \(onsets.untimed) without a known hour." }
    if bins.contains(where: { $0.away > 0 }) { " Open square: began away from the desk, not in the rate." }
    if bins.contains(where: { $0.unknown > 0 }) { " Dashed: not known where." }
  }

  private var description: String {
    let onsets = bins.filter { $0.onsets > 0 }.map { bin in
      "\(Self.span(bin)) \(bin.onsets)" + (bin.away > 0 ? " of which \(bin.away) away from the desk" : "")
    }
    let hours = bins.map { "\(Self.span($0)) \(ReviewText.hours($0.desk))" }
    return "Onsets: \(onsets.isEmpty ? "none" : onsets.joined(separator: ", ")). "
      + "Desk hours: \(hours.joined(separator: "; "))."
  }

  private static func span(_ bin: OnsetPattern.Bin) -> String { "\(bin.hour) to \(bin.hour + 2) h" }
}
