import NapeCore

/// What was noted of the headaches as plain counts; each headache is shown while there are few enough.
struct FeatureTable {
  let review: Review

  /// More columns would be too narrow for their dates.
  private static let mostColumns = 9

  private var begun: [ReviewEpisode] {
    review.episodes.filter { review.terms.period.contains($0.episode.onset.at.date) }
  }

  var html: HTML {
    if begun.isEmpty { return empty("No headache noted that began in this period.") }
    if review.diary.band == .calendar { return empty("Too few recorded days to summarise.") }
    return begun.count <= Self.mostColumns ? matrix : counts
  }

  private func empty(_ words: String) -> HTML {
    HTML.section("features", "Features") { HTML("p", ["class": "say"]) { words } }
  }

  // MARK: Each headache

  private var matrix: HTML {
    HTML("section", ["aria-labelledby": "features"]) {
      HTML("h2", ["id": "features"]) {
        HTML("span") { "Features" }
        HTML("small", ["class": "fk"]) {
          for (mark, word) in [(Mark.yes, "yes"), (.no, "no"), (.partly, "partly"), (.unknown, "not answered")] {
            HTML("span") {
              mark.html(label: nil)
              word
            }
          }
        }
      }
      HTML("table", ["class": begun.count > 7 ? "feat tight" : "feat"]) {
        HTML("caption", ["class": "vh"]) { "What was noted of each headache" }
        HTML("thead") {
          HTML("tr") {
            HTML("th", ["scope": "col", "class": "fh"]) { "headache that began on" }
            for episode in begun { column(episode.episode.onset) }
            HTML("th", ["scope": "col", "class": "c"]) { "of noted" }
          }
        }
        HTML("tbody") {
          for feature in review.features {
            HTML("tr", ["class": Self.beginsGroup(feature.kind) ? "g" : nil]) {
              HTML("th", ["scope": "row"]) { Self.title(feature) }
              for answer in feature.answers { cell(answer) }
              HTML("td", ["class": "c"]) { Self.count(feature) }
            }
          }
        }
      }
    }
  }

  private func column(_ onset: Onset) -> HTML {
    let date = onset.at.date
    return HTML("th", ["scope": "col"]) {
      HTML("abbr", ["title": "\(ReviewText.day(date)), \(ReviewText.onset(onset, review.terms))"]) {
        String(date.day)
        HTML("i") { ReviewText.months[date.month - 1] }
      }
    }
  }

  private func cell(_ answer: Feature.Answer) -> HTML {
    switch answer {
    case .word(let word):
      HTML("td", ["class": "sd"]) { HTML("abbr", ["title": word]) { ReviewText.letter(word) ?? "" } }
    case .yes: HTML("td") { Mark.yes.html(label: "yes") }
    case .no: HTML("td") { Mark.no.html(label: "no") }
    case .partly: HTML("td") { Mark.partly.html(label: "partly") }
    case .unknown: HTML("td") { Mark.unknown.html(label: "not answered") }
    }
  }

  // MARK: Counts

  private var counts: HTML {
    HTML.section("features", "Features", aside: "\(begun.count) headaches; yes, of those of which it was noted") {
      HTML("table", ["class": "feat many"]) {
        HTML("caption", ["class": "vh"]) { "Of how many headaches each feature was noted" }
        HTML("tbody") {
          for feature in review.features {
            HTML("tr", ["class": Self.beginsGroup(feature.kind) ? "g" : nil]) {
              HTML("th", ["scope": "row"]) { Self.title(feature) }
              HTML("td", ["class": "bar"]) { bar(feature) }
              HTML("td", ["class": "c"]) { Self.count(feature) }
            }
          }
        }
      }
    }
  }

  /// As long as all headaches: yes, partly, no; what is not noted stays empty.
  private func bar(_ feature: Feature) -> HTML {
    let unit = 100 / Double(max(1, feature.answers.count))
    let yes = Double(feature.words.first?.count ?? feature.yes) * unit
    let partly = Double(feature.partly) * unit
    let noted = Double(feature.noted) * unit
    return Drawing.mark(width: 102, height: 10, class: "bars") {
      Drawing.rect(1, 2.5, noted, 5, .standing)
      Drawing.rect(1, 2, yes, 6, .long)
      if partly > 0 { Drawing.rect(1 + yes, 2, partly, 6, .sitting) }
    }
  }

  // MARK: Words

  /// The rows come in four groups: the pain, the neck, what comes with it, what eases it.
  private static func beginsGroup(_ kind: Feature.Kind) -> Bool {
    [.beganInNeck, .worseWithActivity, .eased].contains(kind)
  }

  private static func title(_ feature: Feature) -> String {
    guard feature.kind == .quality else { return feature.kind.title }
    let words = feature.words.prefix(2).map(\.word)
    return words.isEmpty ? "Quality" : "Quality: \(words.joined(separator: ", "))"
  }

  @HTMLBuilder private static func count(_ feature: Feature) -> [HTML] {
    if let most = feature.words.first {
      HTML.bold("\(ReviewText.letter(most.word) ?? "") \(most.count)")
    } else {
      HTML.bold(String(feature.yes))
    }
    if feature.partly > 0 {
      " + \(feature.partly)"
      Mark.partly.html(label: " partly")
    }
    " of \(feature.noted)"
  }

  /// Answers, told apart by shape.
  private enum Mark {
    case yes, no, partly, unknown

    func html(label: String?) -> HTML {
      Drawing.mark(label: label) {
        switch self {
        case .yes: Drawing.circle(5, 5, 4.4, .yes)
        case .no: Drawing.circle(5, 5, 3.9, .no)
        case .partly:
          Drawing.circle(5, 5, 3.9, .axis)
          Drawing.path("M5 .8a4.2 4.2 0 0 0 0 8.4z", .ink)
        case .unknown: Drawing.line(3, 5, 7, 5, .no)
        }
      }
    }
  }
}
