// What the person has erased from the record, the daemon must not know any longer either.

extension Checkpoint {
  /// Takes out what it says of some days, or of all. What is open becomes unknown there.
  public mutating func forget(_ dates: ClosedRange<LocalDate>?) {
    days.removeAll { dates?.contains($0.date) ?? true }
    if open.contains(where: { $0.touches(dates) }) {
      open = open.flatMap { $0.forgetting(dates) }
      bout = nil
    }
    if dates?.contains(made.stamp.date) ?? true { bout = nil }
  }
}

extension Engine {
  /// Forgets what it knows of some days, or of all: their counts, and what is open where that touches them.
  ///
  /// The person stays where they are; what is open, and a bout, begin anew now.
  ///
  /// - Returns: the time of what was open, unknown on these days; nothing where all is forgotten, and the ledger begins
  ///   anew.
  public mutating func forget(_ dates: ClosedRange<LocalDate>?, at now: Moment) -> [Effect] {
    func isForgotten(_ date: LocalDate) -> Bool { dates?.contains(date) ?? true }
    daily = DailyCounts(daily.days.filter { !isForgotten($0.date) })
    dayStates = dayStates.filter { !isForgotten($0.key) }
    let open = ledger.pieces(upTo: now.boot)
    guard isForgotten(date(at: now)) || open.contains(where: { $0.touches(dates) }) else { return [] }
    desk = deskTime(at: now.boot)
    var begin = now
    begin.offsetSeconds = zone.offset(atUTC: now.wall / .second)
    ledger = Ledger(kind: ledger.kind, evidence: ledger.evidence, at: begin, bootID: bootID)
    bout = ledger.kind == .sitting ? OpenBout(from: now.boot) : nil
    plan.startBout()
    plan.snoozedBudget = nil
    let rest = dates == nil ? [] : open.flatMap { $0.forgetting(dates) }
    for span in rest { daily.add(span, in: zone) }
    return rest.map { .span($0) }
  }
}

extension Span {
  /// Whether it lies on some of these days, by its own offset; on any, without days.
  public func touches(_ dates: ClosedRange<LocalDate>?) -> Bool {
    guard let dates else { return true }
    var last = endStamp
    last.wall -= 1
    return date <= dates.upperBound && last.date >= dates.lowerBound
  }
}
