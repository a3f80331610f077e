/// The sitting record beside a headache's onset (§9 of the design): stored with it, and computed anew when the onset is
/// corrected.
public struct DeskContext: Hashable, Sendable {
  /// What is known of a window that ends at the onset.
  public struct Window: Hashable, Sendable {
    /// Sitting time, in µs.
    public var sitting: Microseconds
    /// The time of which it is known where the person was, in µs.
    public var known: Microseconds

    public init(sitting: Microseconds, known: Microseconds) {
      self.sitting = sitting
      self.known = known
    }
  }

  /// The lengths of the windows, in minutes.
  public static let windowMinutes = [60, 120, 240]

  /// By their lengths, as in ``windowMinutes``.
  public var windows: [Window]
  /// Sitting without a break by the onset, in µs; zero where a break was on, `nil` where it is not known where the person
  /// was.
  public var bout: Microseconds?
  /// Since the last break ended, in µs; `nil` where none is known in the 24 hours before.
  public var sinceBreak: Microseconds?
  /// The longest bout within the 120 minutes before, in µs, cut to them.
  public var longestBout: Microseconds
  /// Prompts of the 4 hours before that expired, were skipped or dismissed.
  public var ignoredPrompts: Int
  public var partOfDay: PartOfDay
  /// Whether the record had reached the onset when this was computed; else the daemon completes it.
  public var isComplete: Bool

  public init(
    windows: [Window], bout: Microseconds?, sinceBreak: Microseconds?, longestBout: Microseconds, ignoredPrompts: Int,
    partOfDay: PartOfDay, isComplete: Bool
  ) {
    self.windows = windows
    self.bout = bout
    self.sinceBreak = sinceBreak
    self.longestBout = longestBout
    self.ignoredPrompts = ignoredPrompts
    self.partOfDay = partOfDay
    self.isComplete = isComplete
  }

  /// The share of a window of which it is known where the person was: 0 … 1.
  public func coverage(_ index: Int) -> Double {
    Double(windows[index].known) / Double(Microseconds.minutes(Int64(Self.windowMinutes[index])))
  }
}
