import Foundation
import NapeCore
import NapeStore
import Testing

/// Warning signs, what was read, notes, scores and desk checks.
@Suite struct NotesStoreTests {
  private let path = FileManager.default.temporaryDirectory.appending(path: "nape-\(UUID())/nape.db").path()
  /// 2026-03-02 09:00 in Berlin.
  private let nine = Stamp(wall: .seconds(1_772_438_400), offsetSeconds: 3600)

  private func open() throws -> Store { try Store(path: path, patience: .command) }

  private func later(_ length: Microseconds) -> Stamp { Stamp(wall: nine.wall + length, offsetSeconds: 3600) }

  // MARK: Warning signs

  @Test func theGravestOpenOneThatPausesCounts() throws {
    let store = try open()
    #expect(try store.openWarning() == nil)
    let days = WarningReport(level: .days, signs: ["medicine"], opened: nine)
    try store.openWarning(days, way: .commandLine)
    #expect(try store.openWarning() == nil, "it pauses nothing")
    let emergency = WarningReport(level: .emergency, signs: [], opened: nine)
    try store.openWarning(emergency, way: .commandLine)
    try store.openWarning(WarningReport(level: .sameDay, signs: [], opened: later(.hour)), way: .commandLine)
    #expect(try store.openWarning() == emergency)
    #expect(try store.warnings().count == 3)
    #expect(try store.warnings(from: nine.wall, to: nine.wall + 1).count == 2)
  }

  @Test func closingEndsAllAndKeepsThem() throws {
    let store = try open()
    let id = try store.openWarning(WarningReport(level: .sameDay, signs: [], opened: nine), way: .commandLine)
    try store.keepSigns(["cancer", "strain"], ofWarning: id)
    #expect(try open().closeWarnings(at: later(.hour)) == 1)
    #expect(try store.closeWarnings(at: later(2 * .hour)) == 0)
    #expect(try store.openWarning() == nil)
    #expect(
      try store.warnings() == [
        WarningReport(level: .sameDay, signs: ["cancer", "strain"], opened: nine, closed: later(.hour))
      ])
    try open().forgetSigns()
    #expect(
      try store.warnings() == [WarningReport(level: .sameDay, signs: [], opened: nine, closed: later(.hour))])
  }

  @Test func whatWasReadStaysRead() throws {
    #expect(try !open().isAcknowledged("page"))
    try open().acknowledge("page", at: nine)
    try open().acknowledge("page", at: later(.hour))
    #expect(try open().isAcknowledged("page"))
    #expect(try !open().isAcknowledged("other"))
  }

  // MARK: Notes, scores, desk checks

  @Test func notesComeBackAsTheyWereByDate() throws {
    let store = try open()
    let yesterday = nine.date.adding(days: -1)
    let notes = [
      DiaryNote(kind: .doctor, date: nine.date, text: ""),
      DiaryNote(kind: .question, date: yesterday, text: "Two\nlines"),
    ]
    for note in notes { try store.add(note, at: nine, way: .commandLine) }
    #expect(try open().notes().map(\.content) == [notes[1], notes[0]])
    #expect(try store.notes(from: nine.date).map(\.content) == [notes[0]])
    #expect(try store.notes(to: yesterday).map(\.content) == [notes[1]])
    #expect(try store.notes().allSatisfy { $0.entered == nine && $0.way == .commandLine })
  }

  @Test func whatCannotBeIsRefusedAndNothingIsKept() throws {
    let store = try open()
    let tomorrow = nine.date.adding(days: 1)
    #expect(throws: DiaryError.refused(.dayNotBegun(tomorrow))) {
      try store.add(DiaryNote(kind: .doctor, date: tomorrow, text: ""), at: nine, way: .commandLine)
    }
    #expect(throws: DiaryError.refused(.noText)) {
      try store.add(DiaryNote(kind: .note, date: nine.date, text: ""), at: nine, way: .commandLine)
    }
    for text in [String(repeating: "x", count: 1001), "\u{1b}[2J"] {
      #expect(throws: DiaryError.refused(.textNotAllowed)) {
        try store.add(DiaryNote(kind: .doctor, date: nine.date, text: text), at: nine, way: .commandLine)
      }
    }
    for total in [35, 79] {
      #expect(throws: DiaryError.refused(.noSuchTotal(.hit6))) {
        try store.add(Score(instrument: .hit6, total: total, date: nine.date), at: nine, way: .commandLine)
      }
    }
    #expect(throws: DiaryError.refused(.dayNotBegun(tomorrow))) {
      try store.add(Score(instrument: .ndi, total: 1, date: tomorrow), at: nine, way: .commandLine)
    }
    #expect(throws: DiaryError.refused(.nothingAnswered)) {
      try store.add(DeskCheck(date: nine.date, answers: [:]), at: nine, way: .commandLine)
    }
    #expect(try store.notes().isEmpty && store.scores().isEmpty && store.deskChecks().isEmpty)
  }

  @Test func scoresAndDeskChecksComeBackAsTheyWere() throws {
    let store = try open()
    let scores = Score.Instrument.allCases.flatMap { instrument in
      [instrument.range.lowerBound, instrument.range.upperBound].map {
        Score(instrument: instrument, total: $0, date: nine.date)
      }
    }
    for (place, score) in scores.enumerated() {
      try store.add(score, at: later(Microseconds(place)), way: .commandLine)
    }
    #expect(try store.scores().map(\.content) == scores)
    let checks = [["phone": "headset", "bag": "hand"], ["bag": "no-bag"]].map {
      DeskCheck(date: nine.date, answers: $0)
    }
    for (place, check) in checks.enumerated() {
      try store.add(check, at: later(Microseconds(place)), way: .commandLine)
    }
    #expect(try store.deskChecks().map(\.content) == checks)
  }

  @Test(arguments: Store.NoteTable.allCases)
  func deletingKeepsThatItWasThereAndNothingOfIt(table: Store.NoteTable) throws {
    let store = try open()
    func add() throws -> RecordID {
      switch table {
      case .note:
        try store.add(DiaryNote(kind: .note, date: nine.date, text: "x"), at: nine, way: .commandLine)
      case .score: try store.add(Score(instrument: .ndi, total: 9, date: nine.date), at: nine, way: .commandLine)
      case .deskCheck:
        try store.add(DeskCheck(date: nine.date, answers: ["a": "b", "c": "d"]), at: nine, way: .commandLine)
      }
    }
    func count() throws -> Int { try store.notes().count + store.scores().count + store.deskChecks().count }
    let (kept, gone) = (try add(), try add())
    #expect(throws: DiaryError.refused(.noSuchEntry(""))) {
      try store.delete("", from: table, at: nine, way: .commandLine)
    }
    try store.delete(gone.description.uppercased(), from: table, at: nine, way: .commandLine)
    #expect(try count() == 1)
    let changes = try store.changes(of: gone)
    #expect(changes.map(\.field) == ["deleted_\(table.rawValue)"])
    #expect(changes.allSatisfy { $0.old == nil && $0.new == nil })
    #expect(try store.changes(of: kept).isEmpty)
    #expect(try store.deletedCount() == 0, "no headache was")
    #expect(throws: DiaryError.refused(.noSuchEntry(gone.description))) {
      try store.delete(gone.description, from: table, at: nine, way: .commandLine)
    }
  }
}
