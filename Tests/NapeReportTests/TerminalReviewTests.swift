import NapeCore
import Testing

@testable import NapeReport

/// What a person reads in the terminal: all of it within the width, and what is missing first.
@Suite struct TerminalReviewTests {
  private func text(
    _ review: Review = Juniper.review, width: Int = 80, isUnicode: Bool = true, hasStyles: Bool = false,
    signs: WarningSigns = WarningSigns()
  ) -> String {
    TerminalReview(
      review, signs: signs, style: TerminalStyle(width: width, isUnicode: isUnicode, hasStyles: hasStyles)
    ).text
  }

  private func review(
    _ period: ClosedRange<LocalDate> = Juniper.period, change: (inout ReviewRecords) -> Void = { _ in }
  ) -> Review {
    var records = Juniper.records()
    change(&records)
    return Review(records, Juniper.terms(period))
  }

  private static let wide = Juniper.date("2026-08-10")...Juniper.date("2026-10-04")

  // MARK: The look

  @Test(arguments: [40, 47, 60, 75, 76, 80, 100, 200])
  func noLineIsTooLong(width: Int) {
    let reviews = [
      Juniper.review, review(Self.wide), Review(ReviewRecords(), Juniper.terms()),
      review(Juniper.date("2025-01-06")...Juniper.date("2026-10-04")),
    ]
    for review in reviews {
      for line in text(review, width: width).split(separator: "\n") {
        #expect(line.count <= min(max(width, 40), 100), "\(line)")
        #expect(line.last != " ", "\(line)")
      }
    }
  }

  @Test(arguments: [40, 80]) func withoutMoreSignsThereIsASCIIAlone(width: Int) {
    let (plain, full) = (text(width: width, isUnicode: false), text(width: width))
    #expect(plain.utf8.allSatisfy { $0 < 0x80 })
    #expect(plain.split(separator: "\n").count == full.split(separator: "\n").count)
  }

  @Test func stylesSayNothingThatTheTextDoesNot() {
    var (bare, isEscape) = ("", false)
    for character in text(hasStyles: true) {
      if character == "\u{1b}" { isEscape = true }
      if !isEscape { bare.append(character) }
      if isEscape, character == "m" { isEscape = false }
    }
    let lines = { (text: String) in
      text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
        String(line.reversed().drop { $0 == " " }.reversed())
      }
    }
    #expect(lines(bare) == lines(text()))
    #expect(!text().contains("\u{1b}"))
  }

  @Test func whatIsMissingComesFirst() {
    let lines = text().split(separator: "\n").map(String.init)
    #expect(lines[0] == "Juniper: 4 weeks, Mon 7 Sep – Sun 4 Oct 2026")
    #expect(lines[1] == "Diary    24 of 28 days recorded; 4 not recorded")
    #expect(lines[2].hasPrefix("Desk     99 % of the time on 23 desk days recorded; 3 of 28 days without"))
    #expect(lines.contains("Setting  from Mon 21 Sep: move after 40\u{a0}min (before: 50\u{a0}min)"))
    #expect(lines.contains("Headache days             7 of 24 recorded; 7–11 of 28    8 of 25; 8–11 of 28"))
    #expect(lines.contains("Duration             2.75 h median (n 6; 1 unknown)       3.44 h (n 8)"))
  }

  @Test func aWeekIsALine() {
    let lines = text().split(separator: "\n").map(String.init)
    #expect(lines.contains("Calendar    Mon    Tue    Wed    Thu    Fri    Sat    Sun    desk bout    moved"))
    #expect(lines.contains { $0.hasPrefix("14 Sep     7 R*   7 R*      ·      · 4 B+R*      ·      ·") })
    #expect(lines.contains { $0.hasPrefix(" 7 Sep        ·      ·   5 R*      ·      ·    ░░░    ░░░  36.8 h") })
  }

  // MARK: What there may be

  @Test func fewerDaysTellLess() {
    let some = review { $0.diary.days.removeAll { $0.date >= Juniper.date("2026-09-19") } }
    #expect(some.diary.band == .counts)
    #expect(text(some).contains("too few for a comparison, counts only"))
    #expect(!text(some).contains("weeks before"))
    #expect(text(some).contains("Headache days"))
    #expect(text(some).contains("Features"))
    let few = review { $0.diary.days = [] }
    #expect(few.diary.band == .calendar)
    #expect(text(few).contains("too few recorded days to summarise"))
    #expect(!text(few).contains("Headache days"))
    #expect(!text(few).contains("Features"))
    #expect(text(few).contains("7 R*"))
  }

  @Test func noDiaryAndNoDeskAreToldAsThat() {
    let noDiary = review { $0.diary = DiaryContents() }
    #expect(text(noDiary).contains("Diary    nothing recorded: none of 28 days"))
    #expect(!text(noDiary).contains("Headache days"))
    #expect(text(noDiary).contains("At the desk"))
    let noDesk = review { ($0.spans, $0.prompts) = ([], []) }
    #expect(text(noDesk).contains("Desk     nothing recorded"))
    #expect(text(noDesk).contains("Headache days"))
    let nothing = text(Review(ReviewRecords(), Juniper.terms()))
    #expect(nothing.contains("Diary    nothing recorded"))
    #expect(nothing.contains("Desk     nothing recorded"))
    #expect(nothing.contains("It does not diagnose"))
    #expect(!nothing.contains("Calendar"))
  }

  @Test func rangesStayRanges() {
    let ranged = review { records in
      records.diary.episodes[0].episode.fields[.worst] = .range(4...6)
      records.diary.episodes[1].episode.fields = [:]
    }
    #expect(text(ranged).contains("4–6 R*"))
    #expect(text(ranged).contains("1 range; 1 unknown"))
    #expect(text(ranged).contains("? ?*"))
  }

  @Test func headachesWithoutAnHourAreCounted() {
    let untimed = review { $0.diary.episodes[2].episode.onset.precision = .day }
    #expect(text(untimed).contains("1 headache without a known hour"))
  }

  @Test func eightWeeksAreTwoBlocks() {
    let lines = text(review(Self.wide)).split(separator: "\n")
    #expect(lines.count { $0.contains("Mon    Tue    Wed") } == 2)
    #expect(lines.count { $0.contains("░░░") } >= 6)
  }

  @Test func warningSignsAreInWords() {
    var signs = WarningSigns()
    signs.signs = [
      WarningSigns.Sign(
        id: "pattern-change", level: .days, about: .headache, item: 7, text: "Different from before.", short: "",
        sources: [])
    ]
    #expect(text(signs: signs).contains("Reported by you on 14 Sep: “Different from before.”"))
    let open = review {
      $0.warnings = [WarningReport(level: .days, signs: [], opened: Juniper.at("2026-09-14", "9:00"))]
    }
    #expect(text(open).contains("a warning sign; which one was not kept (open still)"))
  }

  @Test func whatThePersonWroteCannotMoveTheCursor() {
    let hostile = review { records in
      records.diary.notes = [
        DiaryEntry(
          id: Juniper.id(1),
          content: DiaryNote(kind: .helps, date: Juniper.date("2026-09-12"), text: "\u{1b}[2J\u{202e}\nx\u{7}"),
          entered: Juniper.at("2026-09-12", "18:00"), way: .commandLine)
      ]
    }
    #expect(text(hostile).unicodeScalars.allSatisfy { $0 == "\n" || $0.properties.generalCategory != .control })
    #expect(!text(hostile).contains("\u{202e}"))
  }

  @Test func nothingIsDiagnosed() {
    let all = text().lowercased()
    for word in ["caused by", "migraine", "tension-type", "cervicogenic"] { #expect(!all.contains(word)) }
    #expect(all.contains("it does not diagnose"))
    #expect(all.contains("nape warning-signs"))
  }

  @Test func barsAreToAnEighth() {
    #expect(TerminalStyle.bar(0, width: 10) == "")
    #expect(TerminalStyle.bar(0.000_1, width: 10) == "▏")
    #expect(TerminalStyle.bar(0.5, width: 3) == "█▌")
    #expect(TerminalStyle.bar(1, width: 4) == "████")
    #expect(TerminalStyle.bar(2, width: 4) == "████")
  }
}
