import NapeCore
import Testing

/// The one text form of what a field holds.
@Suite struct FieldValueTests {
  @Test(
    arguments: [
      (EpisodeField.intensity, "6", FieldValue.range(6...6)), (.intensity, "0", .range(0...0)),
      (.intensity, "10", .range(10...10)), (.intensity, "4-6", .range(4...6)), (.side, "left", .word("left")),
      (.neck, "yes", .flag(true)), (.neck, "no", .flag(false)),
      (.places, "neck,temple", .words(["neck", "temple"])), (.places, "none", .words([])),
      (.note, "ä\nb\tc", .text("ä\nb\tc")),
    ])
  func readsWhatItWrites(field: EpisodeField, text: String, value: FieldValue) {
    #expect(FieldValue(text, field.kind) == value)
    #expect(value.text == text)
  }

  @Test(arguments: [("y", true), ("true", true), ("n", false), ("false", false)])
  func aFlagHasOtherWords(text: String, flag: Bool) { #expect(FieldValue(text, .flag) == .flag(flag)) }

  @Test func wordsTakeTheFieldsOrderAndStandOnce() {
    #expect(FieldValue("temple, neck,temple", EpisodeField.places.kind) == .words(["neck", "temple"]))
    #expect(FieldValue("6-6", .range(0...10)) == FieldValue("6", .range(0...10)))
  }

  @Test(
    arguments: [
      (EpisodeField.intensity, ""), (.intensity, "11"), (.intensity, "-1"), (.intensity, "6-4"), (.intensity, "4-"),
      (.intensity, "4-5-6"), (.intensity, "4 - 6"), (.intensity, "+4"), (.intensity, "٤"), (.intensity, "6.5"),
      (.intensity, "99999999999999999999"), (.neck, ""), (.neck, "maybe"), (.neck, "Yes"), (.side, "top"), (.side, ""),
      (.places, ""), (.places, "neck,"), (.places, "neck,none"), (.places, "throat"), (.note, ""),
      (.note, "a\u{1b}[31m"), (.note, "a\u{85}"), (.note, String(repeating: "x", count: 1001)),
      // One character that would not end.
      (.note, "e" + String(repeating: "\u{301}", count: 4000)),
    ])
  func refusesWhatTheFieldDoesNotTake(field: EpisodeField, text: String) {
    #expect(FieldValue(text, field.kind) == nil)
  }

  @Test func theLongestTextIsTaken() {
    #expect(FieldValue(String(repeating: "😀", count: 1000), EpisodeField.note.kind) != nil)
  }

  @Test(arguments: EpisodeField.allCases)
  func everyFieldSaysWhatIsAllowed(field: EpisodeField) {
    #expect(!field.kind.allowed.isEmpty)
    if case .word(let words) = field.kind { #expect(words.allSatisfy { FieldValue($0, field.kind) == .word($0) }) }
    if case .words(let words) = field.kind {
      #expect(FieldValue(words.joined(separator: ","), field.kind) == .words(words))
      // It would read as the answer that there is none.
      #expect(!words.contains("none"))
    }
  }

  @Test func everyChoiceOfAQuestionIsAValueOfItsField() {
    for choice in DiaryQuestion.Choice.allCases {
      guard let (field, value) = choice.field else {
        #expect(choice == .notSure)
        continue
      }
      #expect(FieldValue(value.text, field.kind) == value)
    }
  }
}
