import Foundation
import NapeCore
import Testing

@testable import NapeSettings

/// What is wrong with a programme is told with its line, all of it at once.
@Suite struct ProgrammeFileTests {
  private static let catalogue = ExerciseCatalogue.builtIn()

  private func read(_ text: String) throws(ProgrammeFile.Mistakes) -> Programme {
    try ProgrammeFile.read(Array(text.utf8), file: "p.toml", catalogue: Self.catalogue)
  }

  private func mistakes(_ text: String) -> [String] {
    do throws(ProgrammeFile.Mistakes) {
      _ = try read(text)
      return []
    } catch {
      return error.diagnostics.map(\.description)
    }
  }

  // MARK: The example of the documentation

  private func example() throws -> String {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let page = try String(contentsOf: root.appending(path: "docs/programmes.md"), encoding: .utf8)
    let blocks = page.components(separatedBy: "```toml\n")
    return try #require(blocks.dropFirst().first?.components(separatedBy: "```").first)
  }

  @Test func theExampleOfTheDocumentationIsTaken() throws {
    let programme = try read(try example())
    #expect(programme.identity == "Neck and shoulder, left, M. Huber, physiotherapist, 2026-11-25")
    #expect(programme.isPrescribed && programme.isCleared)
    #expect(programme.review == LocalDate("2027-01-06"))
    #expect(programme.weeks.count == 2)
    let first = programme.week(1)
    #expect(first.home.map(\.exercise) == ["E01", "E02", "E13", "E16"])
    #expect(first.home[1].dose == Dose("1x8x5s"))
    #expect(first.home[1].instruction == "Lie on your back for it.")
    #expect(first.home[2].side == .left)
    #expect(first.home[2].timesADay == 1)
    let second = programme.week(2)
    #expect(second.strength.map(\.days) == [3...3, 2...3])
    #expect(second.desk.map { $0.map(\.exercise) } == [["E02", "P01"], ["E06", "E15"]])
    #expect(second.desk[0][0].level == 2, "as at home")
    #expect(programme.own.map(\.id) == ["P01"])
    #expect(programme.own[0].levels[0].dose == Dose("1min"))
  }

  @Test func setsComeFromThePrescribedProgramme() throws {
    let programme = try read(try example())
    let today = try #require(LocalDate("2026-11-30"))
    let plan = ExercisePlan(
      catalogue: Self.catalogue, programme: programme,
      history: ExerciseHistory(start: .init(week: 2, since: today)), restriction: .none, today: today)
    // Cleared by who prescribed it: no question holds anything back.
    #expect(plan.verdict == .ready)
    #expect(plan.objection(to: "E04") == nil)
    #expect(
      plan.sets.map(\.text) == [
        "Blades back and down, ten times ten seconds. Then ball roll at the door, one minute each side.",
        "Slide the head back, eight times two seconds. Then a walk to the window, one to five minutes.",
      ])
    #expect(plan.prescription(for: "E04")?.item.instruction == "As practised: to the left only.")
    let headache = ExercisePlan(
      catalogue: Self.catalogue, programme: programme, history: ExerciseHistory(), restriction: .headache, today: today)
    #expect(headache.sets.map(\.exercises) == [["E16"]], "what was not prescribed is not offered")
    let later = ExercisePlan(
      catalogue: Self.catalogue, programme: programme,
      history: ExerciseHistory(start: .init(week: 2, since: today)), restriction: .headache, today: today)
    #expect(later.sets.map(\.exercises) == [["E15"], ["E16"]])
  }

  @Test func aDoseThatWasPrescribedIsSaidAtTheDesk() throws {
    let programme = try read(
      Wrong.head + "[[week]]\nnumber = 1\nhome = [\"E01\"]\ndesk = [{ exercise = \"E14\", dose = \"1x6\" }]\n")
    let today = LocalDate(daysSinceEpoch: 20_000)
    let plan = ExercisePlan(
      catalogue: Self.catalogue, programme: programme, history: ExerciseHistory(), restriction: .none, today: today)
    #expect(plan.sets.map(\.text) == ["Shoulder rolls at the wall, six, slow."])
  }

  @Test func whatWasPrescribedIsNotReplacedByWhatIsSafe() throws {
    let programme = try read(
      "name = \"P\"\nby = \"M\"\ndate = 2026-01-01\n[[week]]\nnumber = 1\nhome = [\"E01\"]\ndesk = [\"E03\"]\n")
    let today = LocalDate(daysSinceEpoch: 20_000)
    let plan = ExercisePlan(
      catalogue: Self.catalogue, programme: programme, history: ExerciseHistory(), restriction: .none, today: today)
    #expect(plan.sets.isEmpty, "E03 waits for the questions")
  }

  // MARK: What a prescription does not do

  private func prescribed(
    _ week: String, _ own: String = "", cleared: Bool = false, history: ExerciseHistory = ExerciseHistory(),
    restriction: ExerciseRestriction = .none
  ) throws -> ExercisePlan {
    let head = "name = \"P\"\nby = \"M\"\ndate = 2026-01-10\n" + (cleared ? "cleared = true\n" : "")
    let programme = try read(head + own + "[[week]]\nnumber = 1\n" + week + "\n")
    return ExercisePlan(
      catalogue: Self.catalogue, programme: programme, history: history, restriction: restriction,
      today: LocalDate("2026-01-20")!)
  }

  @Test(arguments: [("2026-01-09", true), ("2026-01-10", false), ("2026-01-12", false)])
  func aClearanceHoldsForTheAnswersBeforeIt(lastYes: String, holds: Bool) throws {
    let firstUse = FirstUse(answers: [.osteoporosis: true], lastYes: LocalDate(lastYes))
    let plan = try prescribed(
      "home = [\"E01\", \"E10\"]", cleared: true, history: ExerciseHistory(firstUse: firstUse))
    #expect(plan.verdict == (holds ? .ready : .askFirst))
    #expect(plan.objection(to: "E01") == (holds ? nil : .askFirst))
    #expect(plan.objection(to: "E10") == (holds ? nil : .askFirst), "the prescription names it")
    let other = try prescribed("home = [\"E01\"]", cleared: true, history: ExerciseHistory(firstUse: firstUse))
    #expect(other.objection(to: "E10") == .askFirst)
  }

  @Test func onesOwnLevelOnlyLowersWhatWasPrescribed() throws {
    let week = "home = [{ exercise = \"E02\", level = 2, dose = \"1x6x5s\" }]"
    let raised = try prescribed(week, history: ExerciseHistory(levels: ["E02": 3]))
    #expect(raised.level(of: "E02") == 2)
    #expect(raised.prescription(for: "E02")?.doseSigns == "6 × 5 s")
    let lowered = try prescribed(week, history: ExerciseHistory(levels: ["E02": 1]))
    #expect(lowered.level(of: "E02") == 1)
  }

  @Test func afterARedMorningNeverMoreThanWasPrescribed() throws {
    let red = ExerciseRating(exercise: "E02", level: 3, day: LocalDate("2026-01-10")!, pain: 7, worse: false)
    func dose(_ prescribed: String) throws -> String? {
      let plan = try self.prescribed(
        "home = [{ exercise = \"E02\", level = 3, dose = \"\(prescribed)\", instruction = \"Softly.\" }]",
        history: ExerciseHistory(ratings: [red]))
      #expect(plan.level(of: "E02") == 2)
      #expect(plan.prescription(for: "E02")?.item.instruction == "Softly.")
      return plan.prescription(for: "E02")?.doseSigns
    }
    // The level's own is ten times ten seconds.
    #expect(try dose("1x5x5s") == "5 × 5 s")
    #expect(try dose("2x10x10s") == "10 × 10 s")
    #expect(try dose("1x5") == "5 times", "counted otherwise: what was prescribed stands")
  }

  @Test func atTheDeskNeverMoreThanWasPrescribed() throws {
    let plan = try prescribed(
      "home = [\"E01\", { exercise = \"E16\", level = 2, dose = \"30s\" }]", restriction: .headache)
    #expect(plan.sets.map(\.text) == ["If it feels good: soften and breathe, 30 seconds."])
  }

  @Test func anOverrideIsNeitherSafeNorForAHeadache() throws {
    let own = "[[exercise]]\nid = \"E16\"\nname = \"Mine\"\nsteps = [\"Do.\"]\nstop = \"Stop.\"\ndose = \"10s\"\n"
    let plan = try prescribed("home = [\"E16\"]", own)
    let exercise = try #require(plan.catalogue["E16"])
    #expect(!exercise.isSafe && !exercise.suitsHeadache)
    #expect(exercise.picture.isEmpty && exercise.term.isEmpty && exercise.kind == nil)
    #expect(plan.objection(to: "E16") == .unanswered)
    let towel = own.replacingOccurrences(of: "E16", with: "E04")
    let other = try prescribed("home = [\"E04\"]", towel, cleared: true)
    #expect(other.catalogue["E04"]?.needsClearance == true)
    #expect(other.catalogue["E04"]?.notWith == Self.catalogue["E04"]?.notWith)
  }

  @Test func aTextThatIsTooLongLosesItsLastMovements() throws {
    let ids = ["E08", "E13", "E12", "E10", "E14"]
    var programme = try read(Wrong.head + "[[week]]\nnumber = 1\nhome = [\"E01\"]\ndesk = [\"E14\"]\n")
    programme.weeks[0].desk = [ids.map { Programme.Item(exercise: $0, level: 1) }]
    let no = Dictionary(uniqueKeysWithValues: FirstUse.Question.allCases.map { ($0, false) })
    let plan = ExercisePlan(
      catalogue: Self.catalogue, programme: programme, history: ExerciseHistory(firstUse: FirstUse(answers: no)),
      restriction: .none, today: LocalDate(daysSinceEpoch: 20_000))
    #expect(
      plan.sets == [
        ExerciseSet(
          exercises: ["E08", "E13", "E12"],
          text: "Side raise with band. Then upper shoulder and side-neck stretch. Then head home.")
      ])
  }

  // MARK: One mistake each, with its exact message

  @Test(arguments: Wrong.cases)
  func isToldWithItsLine(text: String, message: String) {
    #expect(mistakes(text) == [message])
  }

  // MARK: All at once

  @Test func allMistakesAreToldInTheOrderOfTheirLines() {
    let text = """
      name = "P"
      by = "M. Huber"
      date = 2026-05-01
      review = 2026-04-01
      revue = 2026-06-01

      [[week]]
      number = 1
      home = ["E01", "E77", { exercise = "E03", level = 9, dose = "much" }]
      [[week]]
      number = 4
      home = ["E04"]
      """
    #expect(
      mistakes(text)
        == [
          "p.toml:4: review: 2026-04-01 is before the date 2026-05-01: the same day or a later one",
          "p.toml:5: revue: there is no such key in a programme: did you mean review?",
          "p.toml:9: home: \"E77\" is no exercise: an id of `nape exercise list`, or of an [[exercise]] of this file",
          "p.toml:9: dose: \"much\" is no dose: " + Dose.allowed,
          "p.toml:9: level: E03 has no level 9: 1 to 2",
          "p.toml:11: number: is 4: 2: weeks count from 1 without gaps, in order",
          "p.toml:12: exercise: E04 is only for those whom a professional has checked: cleared = true and by at the top "
            + "of the file, or another exercise",
        ])
  }

  @Test func twoExercisesOfOneIDAreTold() {
    let own = "[[exercise]]\nid = \"P01\"\nname = \"Own\"\nsteps = [\"Do.\"]\nstop = \"Stop.\"\ndose = \"10s\"\n"
    #expect(mistakes(Wrong.head + own + own + Wrong.week) == ["p.toml:8: id: P01 stands twice: each exercise once"])
  }

  /// A physiotherapist's override keeps what the catalogue says about clearance.
  @Test func anOverrideDoesNotLiftClearance() {
    let own = "[[exercise]]\nid = \"E04\"\nname = \"Mine\"\nsteps = [\"Do.\"]\nstop = \"Stop.\"\ndose = \"1x2\"\n"
    let found = mistakes(Wrong.head + own + "[[week]]\nnumber = 1\nhome = [\"E04\"]\n")
    #expect(found.count == 1)
    #expect(found.first?.hasPrefix("p.toml:10: exercise: E04 is only for those") == true)
  }

  /// Both spellings of tables are one.
  @Test func headersWorkInPlaceOfBraces() throws {
    let text =
      Wrong.head
      + "[[week]]\nnumber = 1\n[[week.home]]\nexercise = \"E01\"\nlevel = 2\n[[week.home]]\nexercise = \"E03\"\n"
    #expect(try read(text).week(1).home.map { "\($0.exercise) \($0.level)" } == ["E01 2", "E03 1"])
  }

  @Test func damagedFilesNeverTrap() throws {
    let bytes = Array(try example().utf8)
    var generator = SystemRandomNumberGenerator()
    for _ in 0..<1500 {
      var damaged = bytes
      for _ in 0..<Int.random(in: 1...6, using: &generator) {
        let place = Int.random(in: 0..<damaged.count, using: &generator)
        switch Int.random(in: 0...2, using: &generator) {
        case 0: damaged[place] = UInt8.random(in: 0...255, using: &generator)
        case 1: damaged.remove(at: place)
        default: damaged.insert(damaged[Int.random(in: 0..<damaged.count, using: &generator)], at: place)
        }
      }
      do throws(ProgrammeFile.Mistakes) {
        let programme = try ProgrammeFile.read(damaged, file: "p.toml", catalogue: Self.catalogue)
        #expect(!programme.weeks.isEmpty)
      } catch {
        #expect(!error.diagnostics.isEmpty)
        // Fit for a terminal: one line each.
        #expect(!error.description.unicodeScalars.contains { $0.value < 0x20 && $0 != "\n" || $0.value == 0x7f })
        #expect(error.description.split(separator: "\n").count == error.diagnostics.count)
      }
    }
  }
}

/// Programmes with one mistake each, and how it is told.
private enum Wrong {
  /// A programme of three lines, for what is put below or in place of them.
  static let head = "name = \"P\"\n"
  static let week = "[[week]]\nnumber = 1\nhome = [\"E01\"]\n"
  static let dose = Dose.allowed
  static let itemHint =
    "a list of exercises such as [\"E01 L2\", { exercise = \"E03\", times_a_day = 2 }], 20 at most"

  static let cases: [(text: String, message: String)] = [
    // The top
    (
      "by = \"M\"\ndate = 2026-01-01\n\(week)",
      "p.toml:1: name: is missing: text in quotes, on one line, 1 to 60 characters"
    ),
    ("name = 7\n\(week)", "p.toml:1: name: is an integer: text in quotes, on one line, 1 to 60 characters"),
    ("name = \" \"\n\(week)", "p.toml:1: name: is empty: text in quotes, on one line, 1 to 60 characters"),
    (
      "name = \"\(String(repeating: "a", count: 61))\"\n\(week)",
      "p.toml:1: name: has 61 characters: text in quotes, on one line, 1 to 60 characters"
    ),
    (
      "name = \"a\\u001bb\"\n\(week)",
      "p.toml:1: name: holds the control character U+001B: text in quotes, on one line, 1 to 60 characters"
    ),
    (
      "name = \"a\\u202eb\"\n\(week)",
      "p.toml:1: name: holds the control character U+202E: text in quotes, on one line, 1 to 60 characters"
    ),
    (
      "name = \"a\\nb\"\n\(week)",
      "p.toml:1: name: holds the control character U+000A: text in quotes, on one line, 1 to 60 characters"
    ),
    ("\(head)by = \"M\"\n\(week)", "p.toml:2: date: is missing: the day of the prescription such as 2026-11-25"),
    (
      "\(head)date = \"2026-02-30\"\n\(week)",
      "p.toml:2: date: \"2026-02-30\" is no date: a date of the calendar such as 2026-11-25"
    ),
    (
      "\(head)date = 2026-02-03T10:00:00\n\(week)",
      "p.toml:2: date: \"2026-02-03T10:00:00\" is no date: a date of the calendar such as 2026-11-25"
    ),
    ("\(head)date = 20260203\n\(week)", "p.toml:2: date: is an integer: a date of the calendar such as 2026-11-25"),
    (
      "\(head)date = 2026-02-03\nreview = 2026-02-02\n\(week)",
      "p.toml:3: review: 2026-02-02 is before the date 2026-02-03: the same day or a later one"
    ),
    ("\(head)cleared = \"yes\"\n\(week)", "p.toml:2: cleared: is a string: true or false"),
    (
      "\(head)cleared = true\n\(week)",
      "p.toml:2: cleared: is not for oneself to say: only beside by: who has checked you"
    ),
    ("\(head)sessions_a_day = 7\n\(week)", "p.toml:2: sessions_a_day: is 7: a whole number from 1 to 6"),
    ("\(head)go_on_after = 15\n\(week)", "p.toml:2: go_on_after: is 15: a whole number from 1 to 14"),
    ("\(head)weeks = 3\n\(week)", "p.toml:2: weeks: there is no such key in a programme: did you mean week?"),
    (
      "\(head)diet = \"none\"\n\(week)",
      "p.toml:2: diet: there is no such key in a programme: one of: name, by, date, review, cleared, sessions_a_day, go_on_after, exercise, week"
    ),
    ("\(head)", "p.toml:1: week: is missing: 1 to 52 tables with the header [[week]]"),
    ("\(head)week = 3\n", "p.toml:2: week: is an integer: tables with the header [[week]], 52 at most"),

    // Weeks
    ("\(head)[[week]]\nhome = [\"E01\"]\n", "p.toml:2: number: is missing: a whole number from 1 to 52"),
    (
      "\(head)[[week]]\nnumber = 2\nhome = [\"E01\"]\n",
      "p.toml:3: number: is 2: 1: weeks count from 1 without gaps, in order"
    ),
    (
      "\(head)\(week)[[week]]\nnumber = 3\n\nhome = [\"E01\"]\n",
      "p.toml:6: number: is 3: 2: weeks count from 1 without gaps, in order"
    ),
    (
      "\(head)\(week)[[week]]\nnumber = 1\nhome = [\"E01\"]\n",
      "p.toml:6: number: is 1: 2: weeks count from 1 without gaps, in order"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhme = [\"E01\"]\ndesk = [\"E14\"]\n",
      "p.toml:4: hme: there is no such key in a week: did you mean home?"
    ),
    (
      "\(head)[[week]]\nnumber = 1\ndesk = [\"E14\"]\n[[week]]\nnumber = 2\nhome = [\"E01\"]\n",
      "p.toml:2: home: is missing: a list of exercises: a week ends by its home sessions, only the last may do without"
    ),
    ("\(head)[[week]]\nnumber = 1\n", "p.toml:2: home: is missing: at least one of home, strength and desk"),
    ("\(head)[[week]]\nnumber = 1\nhome = []\n", "p.toml:4: home: has 0 entries: \(itemHint)"),
    ("\(head)[[week]]\nnumber = 1\nhome = \"E01\"\n", "p.toml:4: home: is a string: \(itemHint)"),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [1]\n",
      "p.toml:4: home: an entry is an integer: an exercise such as \"E01 L2\", or a table with exercise"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [\"E01\",\n\"E01 L2\"]\n",
      "p.toml:5: home: E01 stands twice in one list: each exercise once"
    ),

    // Exercises that it asks for
    (
      "\(head)[[week]]\nnumber = 1\nhome = [\n\"E01\",\n\"E99\"]\n",
      "p.toml:6: home: \"E99\" is no exercise: an id of `nape exercise list`, or of an [[exercise]] of this file"
    ),
    ("\(head)[[week]]\nnumber = 1\nhome = [\"e01\"]\n", "p.toml:4: home: \"e01\" is no exercise: did you mean E01?"),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [\"E01 level 2\"]\n",
      "p.toml:4: home: \"E01 level 2\" says its level wrong: the id, one space, L and a number from 1: \"E01 L2\""
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [\"gentle nod\"]\n",
      "p.toml:4: home: \"gentle nod\" names no exercise: an id, and a level if you like: \"E01\" or \"E01 L2\""
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [\"E02 L0\"]\n",
      "p.toml:4: home: \"E02 L0\" says its level wrong: the id, one space, L and a number from 1: \"E02 L2\""
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [\"E02 l2\"]\n",
      "p.toml:4: home: \"E02 l2\" says its level wrong: the id, one space, L and a number from 1: \"E02 L2\""
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [\"E02  L1\"]\n",
      "p.toml:4: home: \"E02  L1\" says its level wrong: the id, one space, L and a number from 1: \"E02 L2\""
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [\"E14 L1 x\"]\n",
      "p.toml:4: home: \"E14 L1 x\" says its level wrong: the id, one space, L and a number from 1: \"E14 L1\""
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [\"E02 L+1\"]\n",
      "p.toml:4: home: \"E02 L+1\" says its level wrong: the id, one space, L and a number from 1: \"E02 L2\""
    ),
    ("\(head)[[week]]\nnumber = 1\nhome = [\"E03 L3\"]\n", "p.toml:4: home: E03 has no level 3: 1 to 2"),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ exercise = \"E14\", level = 2 }]\n",
      "p.toml:4: level: E14 has no level 2: its only level is 1"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ exercise = \"E01\", level = 0 }]\n",
      "p.toml:4: level: is 0: a whole number from 1 to 10"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ exercise = \"E01 L2\", level = 2 }]\n",
      "p.toml:4: level: is said twice: in one place: \"E01 L2\", or level"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ level = 2 }]\n",
      "p.toml:4: exercise: is missing: text in quotes, on one line, 1 to 40 characters"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ exercise = \"E01\", dose = \"50x500\" }]\n",
      "p.toml:4: dose: \"50x500\" is no dose: \(dose)"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ exercise = \"E01\", dose = 10 }]\n",
      "p.toml:4: dose: is an integer: \(dose)"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ exercise = \"E01\", dose = \"10x50x1min\" }]\n",
      "p.toml:4: dose: \"10x50x1min\" is no dose: \(dose)"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ exercise = \"E01\", side = \"up\" }]\n",
      "p.toml:4: side: is \"up\": one of: \"left\", \"right\""
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ exercise = \"E01\", times_a_day = 11 }]\n",
      "p.toml:4: times_a_day: is 11: a whole number from 1 to 10"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nstrength = [{ exercise = \"E08\", days = 8 }]\n",
      "p.toml:4: days: is no number of days a week: 1 to 7, or a range such as \"3-5\""
    ),
    (
      "\(head)[[week]]\nnumber = 1\nstrength = [{ exercise = \"E08\", days = \"5-3\" }]\n",
      "p.toml:4: days: is no number of days a week: 1 to 7, or a range such as \"3-5\""
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ exercise = \"E01\", sets = 2 }]\n",
      "p.toml:4: sets: there is no such key in an entry of a week: one of: exercise, level, side, dose, times_a_day, days, instruction"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [{ exercise = \"E01\", instruction = \"\(String(repeating: "b", count: 301))\" }]\n",
      "p.toml:4: instruction: has 301 characters: text in quotes, on one line, 1 to 300 characters"
    ),
    (
      "\(head)[[week]]\nnumber = 1\nhome = [\"E04\"]\n",
      "p.toml:4: exercise: E04 is only for those whom a professional has checked: cleared = true and by at the top of the file, or another exercise"
    ),

    // The desk
    (
      "\(head)\(week)desk = [\"E01\"]\n",
      "p.toml:5: desk: E01 does not suit the desk at level 1: level 3 or 4, or another exercise"
    ),
    (
      "\(head)\(week)desk = \"all\"\n",
      "p.toml:5: desk: there is no set in a week before: a set such as [\"E07\", \"E14\"], a list of sets, or \"all\" for those of the weeks before"
    ),
    (
      "\(head)\(week)desk = \"some\"\n",
      "p.toml:5: desk: is a string: a set such as [\"E07\", \"E14\"], a list of sets, or \"all\" for those of the weeks before"
    ),
    ("\(head)\(week)desk = [\"E14\", \"E14\"]\n", "p.toml:5: desk: E14 stands twice in one list: each exercise once"),
    (
      "\(head)\(week)desk = [\"E13\", \"E08\", \"E09\", \"E10\"]\n",
      "p.toml:5: desk: the set's text has 178 characters: at most 95: fewer exercises, or shorter prompts"
    ),

    // Exercises of its own
    (
      "\(head)[[exercise]]\nid = \"P01\"\nname = \"Own\"\nsteps = [\"Do.\"]\ndose = \"10s\"\n\(week)",
      "p.toml:2: stop: is missing: when to stop this movement, in one sentence of at most 160 characters"
    ),
    (
      "\(head)[[exercise]]\nid = \"E02\"\nname = \"Own\"\nsteps = [\"Do.\"]\ndose = \"10s\"\n\(week)",
      "p.toml:2: stop: is missing: when to stop this movement, in one sentence of at most 160 characters"
    ),
    (
      "\(head)[[exercise]]\nid = \"P01\"\nname = \"Own\"\nsteps = [\"Do.\"]\nstop = \"Stop.\"\n\(week)",
      "p.toml:2: dose: is missing: \(dose)"
    ),
    (
      "\(head)[[exercise]]\nid = \"p 1\"\nname = \"Own\"\nsteps = [\"Do.\"]\nstop = \"Stop.\"\ndose = \"10s\"\n\(week)",
      "p.toml:3: id: is \"p 1\": a capital letter, then at most 15 capital letters, digits and hyphens, such as \"P01\""
    ),
    (
      "\(head)[[exercise]]\nid = \"P01\"\nname = \"Own\"\nsteps = []\nstop = \"Stop.\"\ndose = \"10s\"\n\(week)",
      "p.toml:5: steps: is an array without a text: a list of 1 to 8 texts, each on one line and of at most 160 characters"
    ),
    (
      "\(head)[[exercise]]\nid = \"P01\"\nname = \"Own\"\nsteps = [\"Do.\"]\nstop = \"Stop.\"\ndose = \"10s\"\nsafe = true\n\(week)",
      "p.toml:8: safe: there is no such key in an exercise: one of: id, name, term, kind, target, mechanisms, desk, times_a_day, steps, cautions, stop, source, prompt, picture, level, dose, each_side, position"
    ),
    (
      "\(head)[[exercise]]\nid = \"P01\"\nname = \"Own\"\nsteps = [\"Do.\"]\nstop = \"Stop.\"\nlevel = [{ number = 2, dose = \"10s\" }]\n\(week)",
      "p.toml:7: number: is 2: 1: levels count from 1 without gaps"
    ),
    (
      "\(head)[[exercise]]\nid = \"P01\"\nname = \"Own\"\nsteps = [\"Do.\"]\nstop = \"Stop.\"\ndose = \"10s\"\npicture = \"../x.svg\"\n\(week)",
      "p.toml:8: picture: is \"../x.svg\": a file name of letters, digits and hyphens that ends in .svg"
    ),
    (
      "\(head)[[exercise]]\nid = \"P01\"\nname = \"Own\"\nsteps = [\"Do.\"]\nstop = \"Stop.\"\ndose = \"10s\"\ndesk = \"maybe\"\n\(week)",
      "p.toml:8: desk: is \"maybe\": one of: \"yes\", \"stand\", \"leave\", \"no\""
    ),

    // No TOML
    (
      "name = \n",
      "p.toml:1: column 8: expected a value: text in quotes, a number, true, false, a date, [ ] or { }: TOML 1.0"
    ),
    (
      "name = \"P\"\nname = \"Q\"\n",
      "p.toml:2: column 1: \"name\" is already a string, on line 1: give each key once, and each header once: TOML 1.0"
    ),
  ]
}
