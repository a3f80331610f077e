import NapeCore
import TOML
import Testing

@testable import NapeSettings

/// What prompts say, by the rules at the head of `Config/wordings.toml`.
@Suite struct WordingsTests {
  private let wordings = Wordings.builtIn()

  /// What may stand in a text of each list, with the longest that it comes to.
  private func placeholders(in list: Wordings.List) -> [String: String] {
    let longest = "11 h 59 min"
    switch list {
    case .move, .moveAgain: return ["{sat}": "719 minutes", "{target}": "60 minutes", "{break}": "60 minutes"]
    case .exercise: return ["{exercises}": String(repeating: "x", count: ExercisePlan.longestText)]
    case .checkin, .checkinPlain: return ["{day}": "yesterday"]
    case .budgetPart, .budgetWhole: return ["{today}": longest, "{budget}": longest, "{percent}": "100"]
    case .posture, .micro, .diaryStrength, .diarySide, .diaryNeck, .diaryDetails, .diaryDetailsPlain: return [:]
    }
  }

  @Test func theFileHoldsTheseListsAndEveryTextIsRead() throws {
    let root = try TOML.parse(PackageResources.wordings_toml)
    #expect(Set(root.entries.map(\.key)) == Set(Wordings.List.allCases.map(\.rawValue)))
    for list in Wordings.List.allCases {
      guard case .array(let items)? = root[list.rawValue]?.value else {
        Issue.record("\(list) is no list")
        continue
      }
      #expect(items.count == wordings[list].count)
    }
  }

  @Test func thereAreEnoughForADayWithoutRepetition() {
    #expect(wordings[.posture].count >= 14)
    #expect(wordings[.micro].count >= 14)
    for list in Wordings.List.allCases {
      if list.isOfDiary {
        #expect(wordings[list].count == 1, "\(list)")
      } else {
        #expect(wordings[list].count >= 2, "\(list)")
      }
      // Check-ins and exercises differ in one part; what is asked stays.
      #expect(Set(wordings[list]).count == wordings[list].count, "\(list)")
    }
  }

  @Test(arguments: Wordings.List.allCases)
  func everyTextIsShortPlainAndAsksForChange(list: Wordings.List) {
    for text in wordings[list] {
      var whole = text.title + text.body
      for (name, value) in placeholders(in: list) { whole = whole.replacing(name, with: value) }
      #expect(!text.title.isEmpty && !text.body.isEmpty)
      #expect(whole.count <= 200, "\(whole)")
      #expect(!whole.contains("{") && !whole.contains("}"), "\(whole)")
      #expect(!whole.contains("<") && !whole.contains("&"))
      for word in ["straight", "upright", "correct", "must", "should ", "lazy", "again and again", "ignored"] {
        #expect(!whole.lowercased().contains(word), "\(whole)")
      }
    }
  }

  @Test func onlyWhatIsPlainNamesTheHeadache() {
    for list in Wordings.List.allCases {
      let names = wordings[list].contains { ($0.title + $0.body).lowercased().contains("headache") }
      #expect(names == (list == .checkinPlain || list == .diaryDetailsPlain), "\(list)")
    }
  }
}
