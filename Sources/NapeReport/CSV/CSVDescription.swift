/// What a column holds: a line of `dictionary.csv`.
public struct CSVDescription: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable {
    case text, word, date, time, integer, number
    /// `yes` or `no`
    case flag
    /// 0 … 10, or a range
    case pain
  }

  public let name: String
  public let type: Kind
  /// Empty where there is none.
  public let unit: String
  public let meaning: String
  public let allowed: String
}
