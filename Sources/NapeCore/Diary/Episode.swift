/// One headache, from onset to end, as the person tells it.
public struct Episode: Hashable, Sendable {
  public var onset: Onset
  public var end: EpisodeEnd?
  /// What is not in it is unknown.
  public var fields: [EpisodeField: FieldValue]
  public var medicines: [Medicine]

  public init(
    onset: Onset, end: EpisodeEnd? = nil, fields: [EpisodeField: FieldValue] = [:], medicines: [Medicine] = []
  ) {
    self.onset = onset
    self.end = end
    self.fields = fields
    self.medicines = medicines
  }

  /// The greatest pain that was noted; a range counts by what it says at least and at most.
  public var peak: ClosedRange<Int>? {
    let noted = [EpisodeField.intensity, .worst].compactMap { field -> ClosedRange<Int>? in
      if case .range(let range)? = fields[field] { range } else { nil }
    }
    guard let low = noted.map(\.lowerBound).max(), let high = noted.map(\.upperBound).max() else { return nil }
    return low...high
  }

  /// Pain of 9 or 10 that reached its worst within minutes: the emergency text is shown (`clinical.md` §2.3).
  public var isAlarming: Bool { (peak?.lowerBound ?? 0) >= 9 && fields[.sudden] == .flag(true) }

  /// The last local day that it is known to have touched; the day of its onset where nothing is known of its end.
  public var lastDate: LocalDate {
    guard let last = end?.stamp, last > onset.at else { return onset.at.date }
    // What ends at midnight has not touched the day that begins then. None lasts longer than what can be entered.
    var before = last
    before.wall = min(last.wall, onset.at.wall.saturatingAdd(EntryRules.longestEpisode)) - 1
    return max(onset.at.date, before.date)
  }

  /// How long it lasted, in µs; `nil` where the end or the hour of the onset is not known. Never guessed.
  public var duration: Microseconds? {
    guard onset.precision.isTimed, let over = end?.over else { return nil }
    return over.wall - onset.at.wall
  }

  /// Whether it may be going on at a moment: it has no end, and is not older than `openFor` (`diary.detail_until`).
  public func isOpen(at now: Stamp, openFor: Microseconds) -> Bool {
    end?.over == nil && end?.word != .asleep && onset.at <= now && now.wall - onset.at.wall < openFor
  }

  /// Whether an end can be noted that is no correction: none is there yet, or it only says more than the one before.
  public func takes(_ new: EpisodeEnd) -> Bool {
    guard end?.over == nil, new != end else { return false }
    return end?.word != .asleep || new.word == .asleep
  }

  /// Whether it counts as going on for what is advised at a moment: it has no end and began on that day, or the person said
  /// on that day that it was there still.
  public func isGoingOn(at now: Stamp) -> Bool {
    switch end {
    case nil: onset.at <= now && onset.at.date == now.date
    case .stillThere(let at): at.date == now.date
    case .ended, .asleep: false
    }
  }

  /// Whether its card has something to ask for: its end, or any of what comes later than the first entry.
  public var lacksDetail: Bool {
    let later: [EpisodeField] = [.worst, .startPlace, .places, .quality, .neckProvoked, .easedByMove, .factors]
    return end == nil || medicines.isEmpty && later.allSatisfy { fields[$0] == nil }
  }
}
