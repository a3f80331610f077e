import NapeCore

/// The five numbers, and what was noted of the headaches.
extension TerminalReview {
  // MARK: Five numbers

  var numbers: [String] {
    guard diary.recordedDays > 0, diary.band != .calendar else { return [] }
    let rows = fiveNumbers.rows
    let isWide = rows.allSatisfy { row in
      Self.restColumn + (row.before.map { max(Self.restWidth, row.rest.count) + $0.count } ?? row.rest.count) <= width
    }
    return (isWide ? wide(rows) : narrow(rows)) + comparison
  }

  /// Where the rest of a row begins, and how wide it is where another column follows.
  private static let restColumn = 28
  private static let restWidth = 30

  private typealias Row = FiveNumbers.Row

  private var fiveNumbers: FiveNumbers { FiveNumbers(review: review, isShort: true) }
  private var before: DiaryFigures? { fiveNumbers.before }
  private var length: String { fiveNumbers.length }

  private var comparison: [String] {
    guard before == nil else { return [] }
    guard let before = review.before else { return wrapped("Nothing is recorded of the \(length) before.") }
    return wrapped(
      "No comparison: \(before.diary.recordedDays) of the \(before.diary.days) days before are recorded.")
  }

  private func wide(_ rows: [Row]) -> [String] {
    var lines: [String] = []
    if before != nil {
      lines.append(
        dim(
          String(repeating: " ", count: Self.restColumn)
            + TerminalStyle.left("these \(length)", Self.restWidth) + "\(length) before"))
    }
    return lines
      + rows.map { row in
        plain(TerminalStyle.left(row.title, 20)) + " " + bold(TerminalStyle.right(row.value, 6)) + " "
          + plain(TerminalStyle.left(row.rest, Self.restWidth) + (row.before ?? ""))
      }
  }

  private func narrow(_ rows: [Row]) -> [String] {
    rows.flatMap { row in
      let first = TerminalStyle.left(row.title, 20) + " " + TerminalStyle.right(row.value, 6)
      let isShort = first.count + 1 + row.rest.count <= width
      let title = plain(TerminalStyle.left(row.title, 20)) + " " + bold(TerminalStyle.right(row.value, 6))
      var lines = isShort ? [title + plain(" " + row.rest)] : [title, plain("  \(row.rest)")]
      if let before = row.before { lines.append(dim("  before: \(before)")) }
      return lines
    }
  }

  // MARK: Features

  var features: [String] {
    guard diary.band != .calendar, diary.episodes > 0 else { return [] }
    let noted = review.features.filter { $0.noted > 0 }
    var lines =
      noted.isEmpty ? [] : [bold(TerminalStyle.left("Features", 33)) + plain(width < 60 ? "" : "yes, of noted")]
    for feature in noted {
      let line = "  " + TerminalStyle.left(Self.title(feature), 30) + " " + Self.count(feature)
      lines +=
        line.count <= width ? [plain(line)] : wrapped("\(Self.title(feature)): \(Self.count(feature))", first: "  ")
    }
    let others = review.features.filter { $0.noted == 0 }.map { Self.title($0).lowercased() }
    if !others.isEmpty { lines += wrapped("Not noted of any: \(others.joined(separator: "; ")).", first: "  ") }
    return lines
  }

  private static func title(_ feature: Feature) -> String {
    feature.kind == .quality ? "Quality" : feature.kind.title
  }

  private static func count(_ feature: Feature) -> String {
    let words = feature.words.map { "\($0.word) \($0.count)" }
    guard words.isEmpty else { return "\(words.joined(separator: ", ")) of \(feature.noted)" }
    return "\(feature.yes) of \(feature.noted)" + (feature.partly > 0 ? " and partly \(feature.partly)" : "")
  }
}
