import NapeCore

/// What the person says of it, what was advised, and their question for the visit.
struct WordsSection {
  let review: Review
  /// Whether the person wants their notes on the page.
  let notes: Bool

  /// Of each, in Latin letters: three lines.
  private static let longest = 150

  var html: HTML {
    HTML.section("words", "In the person’s words") {
      if !notes {
        HTML("p", ["class": "say"]) { "The person has left their notes out." }
      } else if review.words.isEmpty {
        HTML("p", ["class": "say"]) { "Nothing noted." }
      }
      if !lines.isEmpty {
        HTML("dl", ["class": "words"]) {
          for line in lines {
            HTML("div", ["class": line.isWide ? "wide" : nil]) {
              HTML("dt") { line.title }
              " "
              HTML("dd", ["class": line.isQuestion ? "ask" : nil]) { line.words }
            }
          }
        }
      }
    }
  }

  private struct Line {
    let title: String
    let words: [HTML]
    var isQuestion = false
    var isWide = false
  }

  private var lines: [Line] {
    var lines: [Line] = []
    if notes {
      let words = review.words
      let said = { (note: DiaryNote) in HTML.said(note.text, atMost: Self.longest) }
      if let note = words.helps { lines.append(Line(title: "Helps", words: said(note))) }
      if let note = words.worsens { lines.append(Line(title: "Makes it worse", words: said(note))) }
      if let note = words.advice {
        lines.append(Line(title: "Advice noted on \(ReviewText.short(note.date))", words: said(note)))
      }
      if let note = words.question { lines.append(Line(title: "Question", words: said(note), isQuestion: true)) }
    }
    let clinic = visits + scores
    if !clinic.isEmpty {
      lines.append(Line(title: "Visits and scores", words: [HTML(text: clinic.joined(separator: ", "))], isWide: true))
    }
    return lines
  }

  /// The last three visits.
  private var visits: [String] {
    review.visits.suffix(3).map { "\(Self.title($0.kind)) \(ReviewText.short($0.date))" }
  }

  /// Of each instrument the last.
  private var scores: [String] {
    Score.Instrument.allCases.compactMap { instrument in
      review.scores.last { $0.content.instrument == instrument }.map { entry in
        "\(instrument.title) \(entry.content.total) \(ReviewText.short(entry.content.date))"
      }
    }
  }

  static func title(_ kind: DiaryNote.Kind) -> String {
    kind == .physiotherapy ? "physio" : kind.rawValue.replacing("-", with: " ")
  }
}
