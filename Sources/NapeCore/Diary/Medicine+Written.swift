extension Medicine {
  /// A medicine as it is typed: a name, and from the first word with a digit on a dose.
  public struct Written: Hashable, Sendable {
    public static let allowed = "a name and a dose, such as ibuprofen 400 mg, in at most 100 characters"

    public let name: String
    public let dose: String?

    /// - Returns: `nil` for what is not ``allowed``.
    public init?(_ text: String) {
      guard FieldValue(text, .text(longest: 100)) != nil, !text.contains("\n") else { return nil }
      let words = text.split(separator: " ")
      let doseAt = words.firstIndex { $0.first.map { "0123456789".contains($0) } ?? false } ?? words.count
      guard doseAt > 0 else { return nil }
      name = words[..<doseAt].joined(separator: " ")
      dose = doseAt < words.count ? words[doseAt...].joined(separator: " ") : nil
    }
  }

  /// When a medicine counts as taken where nobody says when: now, while the headache's own day lasts and it is not over;
  /// else at the onset, so that it counts for the right day.
  public static func usualTime(of episode: Episode, now: Stamp) -> Stamp {
    episode.end == nil && episode.onset.at.date == now.date ? now : episode.onset.at
  }
}
