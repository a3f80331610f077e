/// Whether headaches began more often after long sitting than the person sat long at other times (`clinical.md` §5): counts
/// and figures, each only where there is enough for it, never a cause.
public struct Association: Hashable, Sendable {
  /// What there is enough for (`clinical.md` §5.5).
  public enum Verdict: Hashable, Sendable {
    /// Fewer than ``neededOnsets`` eligible onsets or ``neededDays`` recorded days: the list of onsets alone.
    case notYet(eligible: Int, recordedDays: Int)
    /// How many came after long sitting, and how many were to be expected; no odds ratio and no p.
    case counts
    /// At least ``neededOnsetsForRatio`` eligible onsets, ``neededStrataForRatio`` informative strata and
    /// ``neededDaysForRatio`` recorded days.
    case full
  }

  /// For counts.
  public static let neededOnsets = 10
  public static let neededDays = 28
  /// For an odds ratio.
  public static let neededOnsetsForRatio = 20
  public static let neededStrataForRatio = 10
  public static let neededDaysForRatio = 56

  /// A comparison beside the primary one.
  public struct Secondary: Hashable, Sendable {
    public let exposure: Exposure
    /// For ``Exposure/sitting`` that of 30 minutes more.
    public let oddsRatio: OddsRatio
    public let strata: Int
    public let informativeStrata: Int
    /// Exact, two-sided; `nil` where no stratum is informative.
    public let p: Double?
    /// ``p``, adjusted after Holm for all of ``Exposure/secondary`` together.
    public let adjustedP: Double?
  }

  /// A stretch with the same break schedule, by itself.
  public struct Part: Hashable, Sendable {
    public let period: ClosedRange<LocalDate>
    /// With a headache, or without as the person said.
    public let recordedDays: Int
    /// All that began in it, in order.
    public let onsets: [OnsetWindow]
    public let verdict: Verdict
    /// One stratum for each onset that is compared.
    public let primary: CaseCrossover
    /// Those of ``Exposure/secondary``, in its order; empty but for ``Verdict/full``.
    public let secondary: [Secondary]
    /// ``primary`` with windows up to the onset itself; `nil` but for ``Verdict/full``.
    public let withoutLag: CaseCrossover?
    /// Days that more than one onset is compared with.
    public let reusedReferents: Int
    /// The share of the compared windows of which it is known where the person was: 0 … 1; `nil` where none is compared.
    public let coverage: Double?

    public var days: Int { period.upperBound.daysSinceEpoch - period.lowerBound.daysSinceEpoch + 1 }
    public var eligible: Int { onsets.count(where: \.isEligible) }

    /// How many onsets are not compared, by the reason; without the reasons of which there is none.
    public var excluded: [(reason: OnsetExclusion, count: Int)] { onsets.excluded }
  }

  /// In order: one, and one more for each change of the break schedule within the period.
  public let parts: [Part]

  /// Whether the period was split at changes of the break schedule.
  public var isSplit: Bool { parts.count > 1 }

  /// - Parameters:
  ///   - spans: in the ledger's order; from a day before the period on, where the record goes back so far.
  ///   - episodes: all that touch the period and the day before, in any order; others change nothing.
  ///   - days: what was said of the days; what follows from the headaches may be in it.
  ///   - breakAfter: `presence.break_after`.
  ///   - changes: the first days on which another break schedule held, in any order
  ///     (``SettingsHistory/scheduleChanges``).
  public init(
    spans: [Span], episodes: [EpisodeRecord], days: [LocalDate: DayState], period: ClosedRange<LocalDate>,
    breakAfter: Microseconds, changes: [LocalDate] = []
  ) {
    self.init(
      record: LedgerWindows(spans, breakAfter: breakAfter), episodes: episodes, days: days, period: period,
      changes: changes)
  }

  init(
    record: LedgerWindows, episodes: [EpisodeRecord], days: [LocalDate: DayState], period: ClosedRange<LocalDate>,
    changes: [LocalDate]
  ) {
    let diary = HeadacheDays(episodes, declared: days)
    let inOrder = episodes.sorted { ($0.episode.onset.at, $0.id) < ($1.episode.onset.at, $1.id) }
    let within = Set(changes).filter { $0 > period.lowerBound && $0 <= period.upperBound }.sorted()
    let firsts = [period.lowerBound] + within
    let lasts = within.map { $0.adding(days: -1) } + [period.upperBound]
    parts = zip(firsts, lasts).map { first, last in
      Part(inOrder, OnsetComparison(period: first...last, record: record, diary: diary))
    }
  }
}

extension Association.Part {
  fileprivate init(_ episodes: [EpisodeRecord], _ comparison: OnsetComparison) {
    let period = comparison.period
    let begun = episodes.filter { period.contains($0.episode.onset.at.date) }.map { ($0.id, $0.episode.onset) }
    let ineligible = begun.map { comparison.ineligibility($0.1) }
    let eligible = zip(begun, ineligible).compactMap { $1 == nil ? $0 : nil }
    func sets(_ exposure: Exposure) -> [OnsetComparison.MatchedSet] {
      eligible.compactMap { try? comparison.matchedSet($0.0, $0.1, exposure.window).get() }
    }

    var primarySets: [OnsetComparison.MatchedSet] = []
    onsets = zip(begun, ineligible).map { begun, ineligible in
      let (id, onset) = begun
      var (exclusion, referents) = (ineligible, [LocalDate]())
      if ineligible == nil {
        switch comparison.matchedSet(id, onset, Exposure.primary.window) {
        case .success(let set):
          primarySets.append(set)
          referents = set.referents.map(\.date)
        case .failure(let reason): exclusion = reason
        }
      }
      return OnsetWindow(
        id: id, onset: onset,
        exposure: onset.precision.isTimed ? comparison.exposure(onset, Exposure.primary.window) : nil,
        exclusion: exclusion, referents: referents)
    }
    let primary = CaseCrossover(primarySets.map { $0.stratum(.primary) })
    let recorded = (period.lowerBound.daysSinceEpoch...period.upperBound.daysSinceEpoch)
      .count { comparison.diary.isRecorded(LocalDate(daysSinceEpoch: $0)) }
    let verdict = Association.Verdict(
      eligible: eligible.count, recordedDays: recorded, informativeStrata: primary.informativeStrata)
    (self.period, self.primary, recordedDays, self.verdict) = (period, primary, recorded, verdict)

    let dates = primarySets.flatMap { $0.referents.map(\.date) }
    reusedReferents = Dictionary(grouping: dates) { $0 }.count { $0.value.count > 1 }
    let windows = primarySets.flatMap(\.windows)
    let known = windows.reduce(0.0) { $0 + $1.coverage }
    coverage = windows.isEmpty ? nil : known / Double(windows.count)

    let isFull = verdict == .full
    withoutLag =
      isFull ? CaseCrossover(sets(.boutWithoutLag).map { $0.stratum(.boutWithoutLag) }) : nil
    secondary =
      isFull
      ? Association.Secondary.adjusted(
        Exposure.secondary.map { exposure in
          let sets = exposure.window == Exposure.primary.window ? primarySets : sets(exposure)
          return Association.Secondary(exposure, sets)
        }) : []
  }
}

extension Association.Verdict {
  fileprivate init(eligible: Int, recordedDays: Int, informativeStrata: Int) {
    if eligible < Association.neededOnsets || recordedDays < Association.neededDays {
      self = .notYet(eligible: eligible, recordedDays: recordedDays)
    } else {
      let isFull =
        eligible >= Association.neededOnsetsForRatio && informativeStrata >= Association.neededStrataForRatio
        && recordedDays >= Association.neededDaysForRatio
      self = isFull ? .full : .counts
    }
  }
}

extension Association.Secondary {
  fileprivate init(_ exposure: Exposure, _ sets: [OnsetComparison.MatchedSet]) {
    if exposure == .sitting {
      let comparison = SittingComparison(sets.map { $0.windows.map(\.sittingMinutes) })
      self.init(
        exposure: exposure, oddsRatio: comparison.oddsRatio, strata: comparison.strata,
        informativeStrata: comparison.informativeStrata, p: comparison.p, adjustedP: nil)
    } else {
      let comparison = CaseCrossover(sets.map { $0.stratum(exposure) })
      self.init(
        exposure: exposure, oddsRatio: comparison.oddsRatio, strata: comparison.strata,
        informativeStrata: comparison.informativeStrata, p: comparison.exact?.p, adjustedP: nil)
    }
  }

  /// With the p values adjusted for each other; one that there is none of is no test.
  fileprivate static func adjusted(_ all: [Association.Secondary]) -> [Association.Secondary] {
    var adjusted = Multiplicity.holm(all.compactMap(\.p))[...]
    return all.map { one in
      Association.Secondary(
        exposure: one.exposure, oddsRatio: one.oddsRatio, strata: one.strata,
        informativeStrata: one.informativeStrata, p: one.p, adjustedP: one.p == nil ? nil : adjusted.popFirst())
    }
  }
}

extension OnsetComparison.MatchedSet {
  fileprivate func stratum(_ exposure: Exposure) -> Stratum {
    Stratum(
      isCaseExposed: exposure.holds(in: window), referents: referents.count,
      exposedReferents: referents.count { exposure.holds(in: $0.window) })
  }
}
