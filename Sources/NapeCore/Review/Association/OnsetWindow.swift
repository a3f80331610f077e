/// An onset with what the record says of the time before it, and whether it is compared (`clinical.md` §5.2).
public struct OnsetWindow: Hashable, Sendable {
  public let id: RecordID
  public let onset: Onset
  /// Of the primary window; `nil` where the hour of the onset is not known.
  public let exposure: WindowExposure?
  /// What keeps it out of the comparison; `nil` where it is compared.
  public let exclusion: OnsetExclusion?
  /// The days whose windows it is compared with, the nearest first.
  public let referents: [LocalDate]

  /// Whether it counts for the gates (`clinical.md` §5.5).
  public var isEligible: Bool { exclusion?.isEligible ?? true }
  public var isCompared: Bool { exclusion == nil }
}

extension [OnsetWindow] {
  /// How many are not compared, by the reason; without the reasons of which there is none.
  public var excluded: [(reason: OnsetExclusion, count: Int)] {
    OnsetExclusion.allCases.compactMap { reason in
      let count = count { $0.exclusion == reason }
      return count > 0 ? (reason, count) : nil
    }
  }
}
