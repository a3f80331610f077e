import NapeCore

/// What is to be erased from a store.
public struct Erasure: Hashable, Sendable {
  /// `nil` for everything, whatever its date.
  public var days: ClosedRange<LocalDate>?
  /// The diary alone: headaches, days, notes, scores, exercises, answers. The sitting record and its prompts stay.
  public var isDiaryOnly: Bool

  public init(days: ClosedRange<LocalDate>?, isDiaryOnly: Bool) {
    self.days = days
    self.isDiaryOnly = isDiaryOnly
  }
}
