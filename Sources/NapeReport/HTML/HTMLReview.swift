import NapeCore

/// The review as one HTML file: two pages of A4 or Letter for four weeks, and a page more for every four weeks before them.
///
/// The pages print figures and compute none. Nothing is loaded from anywhere and no script runs; the same review gives the
/// same bytes.
public struct HTMLReview {
  private let review: Review
  private let notes: Bool
  private let signs: WarningSigns
  private let region: WarningSigns.Region
  private let version: String

  /// - Parameters:
  ///   - notes: whether the person's own words are printed.
  ///   - region: `diary.region`, for whom to call.
  ///   - version: of nape.
  public init(_ review: Review, notes: Bool, signs: WarningSigns, region: String, version: String) {
    self.review = review
    self.notes = notes
    self.signs = signs
    self.region = signs.region(named: region).region
    self.version = version
  }

  /// The whole file.
  public var text: String { "<!DOCTYPE html>\n" + document.written + "\n" }

  private var document: HTML {
    HTML("html", ["lang": "en"]) {
      HTML("head") {
        HTML("meta", ["charset": "utf-8"])
        HTML("meta", ["name": "viewport", "content": "width=device-width, initial-scale=1"])
        HTML("meta", ["name": "color-scheme", "content": "light"])
        HTML("meta", ["name": "referrer", "content": "no-referrer"])
        HTML(
          "meta",
          ["http-equiv": "Content-Security-Policy", "content": "default-src 'none'; style-src 'unsafe-inline'"])
        HTML("title") { title }
        HTML(style: StyleSheet.text)
      }
      HTML("body") {
        HTML("main") {
          summary
          details
          for (place, weeks) in earlier.enumerated() { before(weeks, page: place + 3) }
        }
      }
    }
  }

  private var title: String {
    let name = review.terms.pseudonym.map { " (\(PersonsText.fit($0, atMost: 40)))" } ?? ""
    return "Headache and desk record, \(ReviewText.period(review.terms.period))\(name)"
  }

  // MARK: Four weeks at a time

  private static let weeksOfBlock = 4

  /// The last four weeks are on the first two pages.
  private var last: [ReviewWeek] { review.weeks.suffix(Self.weeksOfBlock) }

  /// Those before, the last first.
  private var earlier: [[ReviewWeek]] {
    let weeks = Array(review.weeks.dropLast(Self.weeksOfBlock))
    return stride(from: weeks.count, to: 0, by: -Self.weeksOfBlock).map {
      Array(weeks[max(0, $0 - Self.weeksOfBlock)..<$0])
    }
  }

  private var pages: Int { 2 + earlier.count }

  private static func period(_ weeks: [ReviewWeek]) -> ClosedRange<LocalDate>? {
    guard let first = weeks.first?.days.first, let last = weeks.last?.days.last else { return nil }
    return first.date...last.date
  }

  private func foot(_ page: Int, _ text: String) -> HTML {
    PageFoot(version: version, page: page, pages: pages, text: text).html
  }

  // MARK: Pages

  private var summary: HTML {
    HTML("article", ["class": "page", "aria-labelledby": "summary"]) {
      PageHead(review: review).html
      HTML("div", ["class": "row first"]) {
        WorryingSection(review: review, signs: signs).html
        NumbersSection(review: review).html
      }
      HTML.section("calendar", "Calendar", aside: recorded) {
        CalendarTable(weeks: last, terms: review.terms).html
      }
      HTML("div", ["class": "row when"]) {
        OnsetChart(review: review).html
        FeatureTable(review: review).html
      }
      HTML("div", ["class": "row half"]) {
        DeskSection(review: review).html
        ExerciseSection(review: review).html
      }
      WordsSection(review: review, notes: notes).html
      foot(
        1,
        IntendedUse.text + " Page 2: warning signs and how figures are made."
          + (earlier.isEmpty ? "" : " Then the weeks before."))
    }
  }

  /// As `clinical.md` §1.4 has it; of a longer review, which part of it is drawn.
  private var recorded: String {
    let diary = review.diary
    let counts =
      "\(ReviewText.count(diary.headacheDays, "headache day")) in \(ReviewText.count(diary.recordedDays, "recorded day"));"
      + " \(ReviewText.count(diary.unknownDays, "day")) not recorded"
    guard !earlier.isEmpty, let period = Self.period(last) else { return counts }
    return "\(ReviewText.shortPeriod(period)); in all \(counts)"
  }

  private var details: HTML {
    let warnings = WarningSection(signs: signs, region: region)
    let association = AssociationBox(review: review)
    return HTML("article", ["class": "page", "aria-labelledby": "days"]) {
      strip("days", last)
      HTML("div", ["class": "row \(association.isRatio ? "wide" : "how")"]) {
        Definitions(review: review).html
        association.html
      }
      SettingsSection(review: review).html
      warnings.html
      foot(2, warnings.source)
    }
  }

  private func before(_ weeks: [ReviewWeek], page: Int) -> HTML {
    HTML("article", ["class": "page more", "aria-labelledby": "days-\(page)"]) {
      strip("days-\(page)", weeks)
      HTML.section("calendar-\(page)", "Calendar") { CalendarTable(weeks: weeks, terms: review.terms).html }
      foot(page, "The weeks before. Intended use: page 1. Warning signs and how figures are made: page 2.")
    }
  }

  private func strip(_ id: String, _ weeks: [ReviewWeek]) -> HTML {
    let days = weeks.reduce(0) { $0 + $1.days.count }
    let name = review.terms.pseudonym.map { PersonsText.fit($0, atMost: 40) + " · " } ?? ""
    let period = Self.period(weeks).map(ReviewText.period) ?? ""
    return HTML.section(id, "\(ReviewText.count(days, "day")) at the desk", aside: name + period, class: "top") {
      DayStrip(weeks: weeks, review: review, id: "strip-\(id)").html
    }
  }
}
