import NapeCore
import NapeReport
import Testing

/// What is said of an association (`clinical.md` §5.5).
@Suite struct AssociationTextTests {
  private static let first = LocalDate(daysSinceEpoch: 20_584)

  /// Weeks of days at the desk from 13:00 to 17:00: on some in one go, else with a break after every 50 minutes. Headaches
  /// at 15:30 on some days; all others without, as the person said.
  private static func part(
    weeks: Int, headaches: [Int], long: Set<Int>, recorded: Int? = nil, change: LocalDate? = nil
  ) throws -> Association {
    var spans: [Span] = []
    let midnight = Int64(first.daysSinceEpoch) * 24 * .hour
    var end: Microseconds = 0
    func add(_ kind: Span.Kind, to next: Microseconds) {
      spans.append(
        Span(
          kind: kind, evidence: .input,
          begin: Moment(boot: end, monotonic: end, wall: midnight + end, offsetSeconds: 0), length: next - end,
          bootID: "boot"))
      end = next
    }
    for day in 0..<Int64(7 * weeks) {
      let noon = day * 24 * .hour + 13 * .hour
      add(.away, to: noon)
      if long.contains(Int(day)) {
        add(.sitting, to: noon + 4 * .hour)
      } else {
        for hour in 0..<Int64(4) {
          add(.sitting, to: noon + hour * .hour + 50 * .minute)
          add(.away, to: noon + (hour + 1) * .hour)
        }
      }
    }
    let episodes = headaches.enumerated().map { number, day in
      let onset = Stamp(wall: midnight + Int64(day) * 24 * .hour + 15 * .hour + 30 * .minute, offsetSeconds: 0)
      return EpisodeRecord(
        id: RecordID(high: 0, low: UInt64(number)),
        episode: Episode(
          onset: Onset(at: onset), end: .ended(Stamp(wall: onset.wall + .hour, offsetSeconds: 0))), entered: onset,
        way: .commandLine)
    }
    let days = (0..<(recorded ?? 7 * weeks)).filter { !headaches.contains($0) }
    return Association(
      spans: spans, episodes: episodes,
      days: Dictionary(days.map { (first.adding(days: $0), DayState.none) }, uniquingKeysWith: { $1 }),
      period: first...first.adding(days: 7 * weeks - 1), breakAfter: 2 * .minute, changes: change.map { [$0] } ?? [])
  }

  /// Every other day of the week, so that none is within 24 hours of another.
  private static func days(_ count: Int) -> [Int] { (0..<count).map { $0 / 3 * 7 + $0 % 3 * 2 } }

  private static func only(_ association: Association) throws -> Association.Part {
    try #require(association.parts.first)
  }

  private static let rules: [String] = [
    "caused by", "diagnos", "risk", "migraine", "tension", "cervicogenic", "times as", "trigger",
  ]

  private static func checkRules(_ text: String) {
    for word in rules { #expect(!text.lowercased().contains(word), "\(word): \(text)") }
  }

  @Test func tooFewIsSaidWithWhatIsMissing() throws {
    let few = try Self.only(Self.part(weeks: 4, headaches: Self.days(6), long: []))
    #expect(AssociationText.lay(few) == "Not enough yet: 6 of 10 headaches with known timing.")
    let both = try Self.only(Self.part(weeks: 4, headaches: Self.days(6), long: [], recorded: 14))
    #expect(AssociationText.lay(both) == "Not enough yet: 6 of 10 headaches with known timing, 14 of 28 recorded days.")
    let text = AssociationText.physiotherapist(few)
    #expect(text.contains("6 of 6 onsets eligible") && text.contains("Not enough yet") && !text.contains("OR "))
    #expect(text.contains("Not adjusted for workload"))
    #expect(few.onsets.count == 6)
  }

  @Test func tenOnsetsAreCounted() throws {
    let headaches = Self.days(12)
    let part = try Self.only(Self.part(weeks: 4, headaches: headaches, long: Set(headaches.prefix(7))))
    #expect(part.verdict == .counts)
    #expect(
      AssociationText.lay(part)
        == "7 of 12 headaches came after an unbroken hour of sitting; on comparable headache-free times you would expect "
        + "about \(Int(part.primary.expectedCases.rounded())).")
    let text = AssociationText.physiotherapist(part)
    #expect(text.contains("7 exposed, \(ReviewText.decimal(part.primary.expectedCases)) expected"))
    #expect(text.contains("No odds ratio below 20 eligible onsets"))
    #expect(!text.contains("CI"))
    Self.checkRules(text + AssociationText.lay(part))
    // Where nothing is comparable.
    let alone = try Self.only(Self.part(weeks: 4, headaches: Array(0..<28), long: []))
    #expect(AssociationText.physiotherapist(alone).contains("27 within 24 h of another headache"))
  }

  @Test func manyOnsetsHaveAPatternOrNone() throws {
    let headaches = Self.days(24)
    let every = try Self.only(Self.part(weeks: 8, headaches: headaches, long: Set(headaches)))
    #expect(every.verdict == .full && every.primary.oddsRatio == .infinite)
    #expect(
      AssociationText.lay(every)
        == "In your records, headaches were more common after long unbroken sitting. This is a pattern, not proof: busy or "
        + "stressful days may cause both. A fair test is to change your breaks for some weeks (nape can plan that).")
    let physio = AssociationText.physiotherapist(every)
    #expect(physio.contains("OR ≥ ") && physio.contains("to no limit)"))

    let others = Set(0..<56).subtracting(headaches)
    let none = try Self.only(Self.part(weeks: 8, headaches: headaches, long: others))
    #expect(none.primary.oddsRatio == .zero)
    #expect(AssociationText.lay(none).contains("less common after long unbroken sitting"))
    #expect(AssociationText.lay(none).hasSuffix("Do not sit more on purpose."))
    #expect(AssociationText.physiotherapist(none).contains("OR ≤ "))
    #expect(AssociationText.physiotherapist(none).contains("CI 0 to "))

    let mixed = try Self.only(Self.part(weeks: 8, headaches: headaches, long: Set(stride(from: 0, to: 56, by: 3))))
    #expect(mixed.verdict == .full)
    #expect(
      AssociationText.lay(mixed)
        == "So far your records do not show a clear link between long sitting and your headaches. That can mean there is "
        + "none, or that there are too few headaches to tell.")
    #expect(AssociationText.secondary(mixed).count == Exposure.secondary.count + 1)
    for part in [every, none, mixed] {
      Self.checkRules(AssociationText.lay(part) + AssociationText.physiotherapist(part))
      Self.checkRules(AssociationText.secondary(part).joined())
    }
  }

  @Test func ratiosArePrintedToTwoPlaces() throws {
    func comparison(_ exposed: Int, of count: Int) -> CaseCrossover {
      CaseCrossover(
        (0..<count).map { Stratum(isCaseExposed: $0 < exposed, referents: 1, exposedReferents: $0 < exposed ? 0 : 1) })
    }
    // Ten pairs against three: 10 / 3, and the limits of edges.json.
    #expect(AssociationText.ratio(comparison(10, of: 13)) == "3.33 (exact 95 % CI 0.86 to 18.85)")
    // 1.1768…, which is not rounded up.
    let all = AssociationText.ratio(comparison(6, of: 6))
    #expect(all == "≥ 1.17 (exact 95 % CI 1.17 to no limit)")
    #expect(AssociationText.ratio(CaseCrossover([])) == "cannot be estimated")
    #expect(AssociationText.ratio(OddsRatio.zero) == "0" && AssociationText.ratio(OddsRatio.infinite) == "infinite")
    #expect(AssociationText.p(0.0002) == "p < 0.001" && AssociationText.p(0.349861) == "p 0.35")
    #expect(AssociationText.p(0.0625) == "p 0.063")
  }

  @Test func aChangeOfTheScheduleIsSaid() throws {
    let change = Self.first.adding(days: 14)
    let association = try Self.part(weeks: 4, headaches: Self.days(6), long: [], change: change)
    #expect(association.parts.count == 2)
    let text = try #require(AssociationText.split(association))
    #expect(text.contains(ReviewText.day(change, withYear: true)))
    #expect(AssociationText.split(try Self.part(weeks: 4, headaches: [], long: [])) == nil)
  }

  @Test func everyOnsetSaysWhetherItIsCompared() throws {
    let part = try Self.only(Self.part(weeks: 4, headaches: [0, 1, 9], long: []))
    #expect(part.onsets.map(AssociationText.status).first == "compared with 4 days")
    #expect(part.onsets.map(AssociationText.status)[1] == "not eligible: within 24 h of another headache")
    for reason in OnsetExclusion.allCases { #expect(!AssociationText.exclusion(reason).isEmpty) }
  }

  @Test func theBiasesAreThoseOfTheReference() {
    let text = AssociationText.biases.joined(separator: " ").lowercased()
    for word in [
      "only", "nothing is recorded", "remembered", "early symptoms", "workload", "caffeine", "meals", "screens",
      "weekends",
    ] { #expect(text.contains(word)) }
    Self.checkRules(text)
  }
}
