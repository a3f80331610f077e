extension Medicine {
  /// A medicine as it is typed: a name, and from the first word with a digit on a dose.
  public struct Written: Hashable, Sendable {
    public static let allowed = "a name and a dose, such as ibuprofen 400 mg, in at most 100 characters"

    public let name: String
    public let dose: String?

    /// - Returns: `nil` for what is not ``allowed``.
    public init?(_ text: String) {
      guard FieldValue(text, .text(longest: 100)) != nil, !text.contains("\n") else { return nil }
      (name, dose) = MedicineTable.parts(of: text)
      guard !name.isEmpty else { return nil }
    }
  }

  /// When a medicine counts as taken where nobody says when: now, while the headache's own day lasts and it is not over;
  /// else at the onset, so that it counts for the right day.
  public static func usualTime(of episode: Episode, now: Stamp) -> Stamp {
    let isOver =
      switch episode.end {
      case .ended, .asleep: true
      case .stillThere, nil: false
      }
    return !isOver && episode.onset.at.date == now.date ? now : episode.onset.at
  }
}
