/// Finds out which onsets of a stretch of days can be compared, and with which other windows (`clinical.md` §5.2).
///
/// The windows of a stratum are those of the same clock time, on days of the same type (Monday to Friday or weekend) of the
/// same 28 days, counted from the first day of the stretch; each onset is the one case of its own stratum. The same is asked
/// of the case's window as of the others: enough of it is known, and it ends at the desk.
struct OnsetComparison {
  /// A case with what it is compared with.
  struct MatchedSet {
    let onset: RecordID
    let window: WindowExposure
    let referents: [(date: LocalDate, window: WindowExposure)]

    var windows: [WindowExposure] { [window] + referents.map(\.window) }
  }

  let period: ClosedRange<LocalDate>
  let record: LedgerWindows
  let diary: HeadacheDays

  static let mostReferents = 4
  static let stratumDays = 28

  /// Why an onset counts for nothing here, whatever its window; `nil` where it is eligible.
  func ineligibility(_ onset: Onset) -> OnsetExclusion? {
    if onset.precision == .wokeWithIt { return .wokeWithIt }
    if !onset.precision.isTimed { return .imprecise }
    if diary.mayHaveHadOne(before: onset.at) { return .headacheBefore }
    let before = record.exposure(endingAt: record.position(of: onset.at.wall), length: WindowExposure.late)
    return before.lateDesk > 0 ? nil : .away
  }

  /// What the record says of the time before an onset.
  func exposure(_ onset: Onset, _ window: Exposure.Window) -> WindowExposure {
    record.exposure(endingAt: record.position(of: onset.at.wall) - window.lag, length: window.length)
  }

  /// An eligible onset with its referents.
  func matchedSet(_ id: RecordID, _ onset: Onset, _ window: Exposure.Window) -> Result<MatchedSet, OnsetExclusion> {
    let exposure = exposure(onset, window)
    guard exposure.isKnown else { return .failure(.unknown) }
    guard exposure.isAtDesk else { return .failure(.windowAway) }
    let referents = dates(near: onset.at.date).lazy.compactMap { date in
      referent(to: onset, on: date, window).map { (date: date, window: $0) }
    }.prefix(Self.mostReferents)
    guard !referents.isEmpty else { return .failure(.noReferent) }
    return .success(MatchedSet(onset: id, window: exposure, referents: Array(referents)))
  }

  /// The other days of the stratum, the nearest first. Of two that are as near the earlier comes first for an onset on a
  /// day with an even number since 1970, else the later, so that neither side is preferred and the same record always gives
  /// the same.
  private func dates(near date: LocalDate) -> [LocalDate] {
    let number = (date.daysSinceEpoch - period.lowerBound.daysSinceEpoch) / Self.stratumDays
    let first = period.lowerBound.adding(days: number * Self.stratumDays)
    let last = min(period.upperBound, first.adding(days: Self.stratumDays - 1))
    let side = date.daysSinceEpoch.isMultiple(of: 2) ? -1 : 1
    return (1..<Self.stratumDays).flatMap { [date.adding(days: side * $0), date.adding(days: -side * $0)] }
      .filter { (first...last).contains($0) && $0.isWeekend == date.isWeekend }
  }

  /// The window of the same clock time on another day; `nil` where it cannot be compared.
  private func referent(to onset: Onset, on date: LocalDate, _ window: Exposure.Window) -> WindowExposure? {
    let days = Int64(date.daysSinceEpoch - onset.at.date.daysSinceEpoch)
    let local = onset.at.wall + .seconds(Int64(onset.at.offsetSeconds)) + days * 24 * .hour
    // A window that begins before midnight lies on two days.
    let first = LocalDate(localMicroseconds: local - window.lag - window.length)
    guard diary.isConfirmedFree(date), diary.isConfirmedFree(first) else { return nil }
    let end = record.position(ofLocal: local, offsetSeconds: onset.at.offsetSeconds) - window.lag
    let exposure = record.exposure(endingAt: end, length: window.length)
    return exposure.isKnown && exposure.isAtDesk ? exposure : nil
  }
}

extension OnsetExclusion: Error {}

extension LocalDate {
  /// Saturday or Sunday.
  fileprivate var isWeekend: Bool { weekday >= 6 }

  fileprivate init(localMicroseconds local: Microseconds) {
    self.init(daysSinceEpoch: Int(local.flooredQuotientAndRemainder(dividingBy: 24 * .hour).quotient))
  }
}
