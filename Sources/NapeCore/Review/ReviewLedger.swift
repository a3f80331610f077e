/// The desk in a period: the part of a review that comes of the ledger.
struct ReviewLedger {
  /// By local day, those of which something is known.
  private(set) var days: [LocalDate: DeskDay] = [:]
  /// Those that began in the period.
  let bouts: [RecordedBout]
  /// Time at the desk by two-hour bin, and within the afternoon.
  private(set) var deskByBin = [Microseconds](repeating: 0, count: 12)
  private(set) var deskInAfternoon: Microseconds = 0

  let windows: LedgerWindows

  init(_ records: ReviewRecords, _ terms: ReviewTerms) {
    let period = terms.period
    windows = LedgerWindows(records.spans, breakAfter: terms.breakAfter)
    let answered = records.prompts.filter { $0.kind == .move && $0.outcome == .taken }.map(\.posted.wall)
    let bouts = RecordedBout.bouts(in: records.spans, breakAfter: terms.breakAfter, answered: answered)
      .filter { period.contains($0.date) }
    self.bouts = bouts
    let prolonged = bouts.filter { $0.sitting >= terms.prolonged }

    for total in records.dayTotals where period.contains(total.date) {
      days[total.date, default: DeskDay()].add(total)
    }
    for span in records.spans {
      for part in span.parts where period.contains(part.date) { add(part, prolonged, terms) }
    }
    for bout in bouts { days[bout.date]?.add(bout) }
    for date in days.keys { days[date]?.noteUse() }
    // A day of which nothing but "unknown" is recorded is a day without a record.
    days = days.filter { $0.value.sitting + $0.value.standing + $0.value.away > 0 }
  }

  func figures(_ practice: ReviewPractice, _ terms: ReviewTerms) -> DeskFigures {
    let deskDays = days.values.filter(\.isDeskDay)
    let prolonged = bouts.filter { $0.sitting >= terms.prolonged }
    return DeskFigures(
      deskDays: deskDays.count,
      daysWithoutRecord: terms.period.upperBound.daysSinceEpoch - terms.period.lowerBound.daysSinceEpoch + 1
        - days.count,
      sitting: days.values.reduce(0) { $0 + $1.sitting }, standing: days.values.reduce(0) { $0 + $1.standing },
      deskHours: Distribution(deskDays.map { Double($0.desk) / Double(Microseconds.hour) }),
      longestBouts: Distribution(
        deskDays.filter { $0.longestBout > 0 }.map { Double($0.longestBout) / Double(Microseconds.minute) }),
      prolonged: terms.prolonged, sittingInProlonged: prolonged.reduce(0) { $0 + $1.sitting },
      sittingInBouts: bouts.reduce(0) { $0 + $1.sitting }, breaks: days.values.reduce(0) { $0 + $1.breaks },
      movePrompts: practice.moves.values.reduce(0) { $0 + $1.counted },
      movesTaken: practice.moves.values.reduce(0) { $0 + ($1.followed ?? 0) },
      follow: terms.follow,
      inUse: deskDays.reduce(0) { $0 + $1.inUse }, knownInUse: deskDays.reduce(0) { $0 + $1.knownInUse })
  }

  /// Whether the person was at the desk at an onset; `nil` where that is not known.
  func isAtDesk(at record: EpisodeRecord) -> Bool? {
    // Of days that are kept as totals alone there are no hours either: an onset of theirs is in no rate.
    guard record.episode.onset.precision.isTimed, let kind = windows.kind(at: record.episode.onset.at.wall),
      kind != .unknown
    else { return nil }
    return kind.isAtDesk
  }

  // MARK: Adding up

  /// Within one day.
  private mutating func add(_ part: Span, _ prolonged: [RecordedBout], _ terms: ReviewTerms) {
    days[part.date, default: DeskDay()].add(
      part, isProlonged: part.kind == .sitting && Self.lies(part, in: prolonged))
    if part.kind.isAtDesk { addToBins(from: part.begin.stamp.secondOfDay, part.length, terms) }
  }

  private static func lies(_ span: Span, in bouts: [RecordedBout]) -> Bool {
    // The last one that began before it has, if any, not ended before it.
    var (low, high) = (0, bouts.count)
    while low < high {
      let middle = (low + high) / 2
      if bouts[middle].begin.wall <= span.begin.wall { low = middle + 1 } else { high = middle }
    }
    return low > 0 && bouts[low - 1].end.wall > span.begin.wall
  }

  private mutating func addToBins(from second: Int, _ length: Microseconds, _ terms: ReviewTerms) {
    let twoHours: Microseconds = 2 * .hour
    var at: Microseconds = .seconds(Int64(second))
    let end = at + length
    while at < end {
      let bin = Int(at / twoHours)
      let stop = min(end, Microseconds(bin + 1) * twoHours)
      deskByBin[min(bin, 11)] += stop - at
      at = stop
    }
    let (from, to) = (Microseconds.seconds(Int64(terms.afternoonFrom)), Microseconds.seconds(Int64(terms.afternoonTo)))
    let day: Microseconds = 24 * .hour
    let midnight: Microseconds = 0
    let afternoons: [(Microseconds, Microseconds)] = from <= to ? [(from, to)] : [(midnight, to), (from, day)]
    for (first, last) in afternoons {
      deskInAfternoon += max(0, min(end, last) - max(.seconds(Int64(second)), first))
    }
  }
}

extension OnsetPattern {
  /// - Parameter episodes: those that began in the period.
  init(_ episodes: [ReviewEpisode], _ ledger: ReviewLedger) {
    self.init()
    for bin in bins.indices { bins[bin].desk = ledger.deskByBin[bin] }
    desk = ledger.deskByBin.reduce(0, +)
    afternoonDesk = ledger.deskInAfternoon
    for episode in episodes {
      let onset = episode.episode.onset
      guard onset.precision.isTimed else {
        untimed += 1
        continue
      }
      let bin = onset.at.secondOfDay / 7200
      switch episode.atDesk {
      case true?: bins[bin].atDesk += 1
      case false?: bins[bin].away += 1
      case nil: bins[bin].unknown += 1
      }
    }
  }
}
