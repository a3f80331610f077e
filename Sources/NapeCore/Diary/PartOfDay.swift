/// Which part of the local day a moment lies in: night 00–06, morning 06–12, `diary.afternoon`, evening.
public enum PartOfDay: String, Hashable, Sendable, CaseIterable {
  case night, morning, afternoon, evening

  /// - Parameters:
  ///   - second: of the local day, 0 … 86 399.
  ///   - afternoon: its first second and the one after its last; may wrap around midnight.
  public init(second: Int, afternoon: (from: Int, to: Int)) {
    let isAfternoon =
      afternoon.from <= afternoon.to
      ? (afternoon.from..<afternoon.to).contains(second) : second >= afternoon.from || second < afternoon.to
    if isAfternoon {
      self = .afternoon
    } else if second < 6 * 3600 {
      self = .night
    } else {
      // An afternoon that is set to begin later leaves the time before it to the morning.
      let noon = afternoon.from <= afternoon.to ? max(12 * 3600, afternoon.from) : 12 * 3600
      self = second < noon ? .morning : .evening
    }
  }
}
