import NapeCore
import Testing

/// What is left out where somebody wants no words of theirs in an export.
@Suite struct WithoutNotesTests {
  @Test func theWordsOfAPrescriptionGoAndItsFiguresStay() {
    let item = Programme.Item(exercise: "P1", level: 1, instruction: "secret")
    let programme = Programme(
      name: "secret", by: "Dr. secret", date: LocalDate("2026-03-01"), review: nil, isCleared: true, sessionsADay: 1,
      goOnAfter: 4,
      weeks: [.init(number: 1, title: "secret", home: [item], strength: [item], desk: [[item]], goal: "secret")],
      own: [])
    var records = ReviewRecords()
    records.programmes = [
      ProgrammeRecord(name: "an older secret", week: 1, since: RecordLine.stamp("2026-02-01T08:00")),
      ProgrammeRecord(name: programme.identity, week: 1, since: RecordLine.stamp("2026-03-02T08:00")),
    ]
    records.exercises = [
      ExerciseEntry(
        exercise: "P1", level: 1, done: RecordLine.stamp("2026-03-03T09:00").wall, offsetSeconds: RecordLine.offset,
        way: .commandLine)
    ]
    let week = RecordLine.stamp("2026-03-02T08:00").date...RecordLine.stamp("2026-03-08T08:00").date
    let terms = ReviewTerms(
      period: week, made: RecordLine.stamp("2026-03-09T09:00"), settings: Settings(), programme: programme)
    let (whole, bare) = (Review(records, terms), Review(records.withoutNotes(programme), terms.withoutNotes))
    #expect(bare.exercises.sessionsDone == 1 && whole.exercises.sessionsDone == 1)
    #expect(bare.exercises.sessionsPlanned == whole.exercises.sessionsPlanned && bare.exercises.isPrescribed)
    #expect("\(whole)".contains("secret"))
    #expect(!"\(bare)\(records.withoutNotes(programme))".contains("secret"))
  }
}
