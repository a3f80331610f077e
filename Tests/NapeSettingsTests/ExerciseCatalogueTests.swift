import NapeCore
import Testing

@testable import NapeSettings

/// `Config/exercises.toml` against `clinical.md` §4.2.
@Suite struct ExerciseCatalogueTests {
  private let catalogue = ExerciseCatalogue.builtIn()

  @Test func nothingIsWrongWithTheFile() {
    #expect(ExerciseCatalogue.readBuiltIn().diagnostics == [])
  }

  @Test func thereAreSixteenEachOnce() {
    let ids = (1...16).map { number in number < 10 ? "E0\(number)" : "E\(number)" }
    #expect(catalogue.exercises.map(\.id) == ids)
  }

  @Test(arguments: Exercise.Mechanism.allCases)
  func everyMechanismHasThree(mechanism: Exercise.Mechanism) {
    #expect(catalogue.exercises.filter { $0.mechanisms.contains(mechanism) }.count >= 3)
  }

  /// The list below the table.
  @Test func mechanismsAreThoseOfTheTable() {
    let expected = [
      "M1": ["E05", "E06", "E10", "E14", "E15", "E16"], "M2": ["E03", "E04", "E06", "E11"],
      "M3": ["E01", "E02", "E07", "E08", "E09"], "M4": ["E07", "E10", "E12", "E13", "E14", "E15", "E16"],
    ]
    for mechanism in Exercise.Mechanism.allCases {
      let ids = catalogue.exercises.filter { $0.mechanisms.contains(mechanism) }.map(\.id)
      #expect(ids == expected[mechanism.rawValue])
    }
  }

  @Test func everyExerciseHasWhatItNeeds() {
    for exercise in catalogue.exercises {
      #expect(!exercise.stop.isEmpty && exercise.stop.hasPrefix("Stop"), "\(exercise.id)")
      #expect(!exercise.sources.isEmpty, "\(exercise.id)")
      #expect(!exercise.term.isEmpty && !exercise.cautions.isEmpty && !exercise.targets.isEmpty, "\(exercise.id)")
      #expect((3...5).contains(exercise.steps.count), "\(exercise.id)")
      #expect(exercise.kind != nil, "\(exercise.id)")
      #expect(exercise.picture == exercise.id.lowercased() + ".svg")
      #expect(exercise.prompt.contains("{dose}"), "\(exercise.id)")
    }
  }

  @Test func levelsAreThoseOfTheTable() {
    var doses: [String: [String]] = [:]
    for exercise in catalogue.exercises {
      doses[exercise.id] = exercise.levels.map { $0.dose.signs(eachSide: $0.eachSide) }
    }
    #expect(doses["E01"] == ["10 × 5 s", "10 × 10 s", "2 × 10 × 10 s", "10 × 10 s"])
    #expect(doses["E02"] == ["10 × 5 s", "10 × 10 s", "10 × 10 s", "10 × 10 s"])
    #expect(doses["E03"] == ["5 times each side", "10 times each side"])
    #expect(doses["E04"] == ["2 times"])
    #expect(doses["E05"] == ["5 × 5 s", "2 × 5 × 7 s", "10 times"])
    #expect(doses["E06"] == ["8 × 2 s", "8 × 2 s"])
    #expect(doses["E07"] == ["10 s"])
    #expect(doses["E08"] == ["up to 2 min", "up to 2 min", "up to 2 min"])
    #expect(doses["E09"] == ["10 times", "2 × 12", "3 × 12"])
    #expect(doses["E10"] == ["6 × 3 s"])
    #expect(doses["E11"] == ["2 × 30 s", "2 × 30 s"])
    #expect(doses["E12"] == ["5 times each side", "5 times each side"])
    #expect(doses["E13"] == ["2 × 20–30 s each side"])
    #expect(doses["E14"] == ["10 times"])
    #expect(doses["E15"] == ["1–5 min"])
    #expect(doses["E16"] == ["1 min", "10–15 min"])
  }

  @Test func whatSuitsTheDesk() {
    let no = catalogue.exercises.flatMap { exercise in
      exercise.levels.filter { !$0.desk.suitsPrompts }.map { "\(exercise.id) L\($0.number)" }
    }
    #expect(no == ["E01 L1", "E01 L2", "E02 L4", "E05 L3", "E16 L2"])
    #expect(catalogue.exercises.filter { $0.levels[0].desk == .stand }.map(\.id) == ["E08", "E09", "E14"])
    #expect(catalogue.exercises.filter { $0.levels[0].desk == .leave }.map(\.id) == ["E15"])
  }

  @Test func marks() {
    #expect(catalogue.exercises.filter(\.isSafe).map(\.id) == ["E02", "E07", "E14", "E15", "E16"])
    #expect(catalogue.exercises.filter(\.suitsHeadache).map(\.id) == ["E03", "E15", "E16"])
    #expect(catalogue.exercises.filter(\.needsClearance).map(\.id) == ["E04"])
    #expect(catalogue.exercises.filter { $0.kind == .strength }.map(\.id) == ["E05", "E08", "E09"])
    // What is safe before any question never loads the neck or needs clearance.
    #expect(!catalogue.exercises.contains { $0.isSafe && ($0.kind == .strength || $0.needsClearance) })
  }

  @Test func whatTheTableSaysOfHowOftenAndOfWhom() {
    #expect(catalogue["E08"]?.daysAWeek == 5)
    #expect(catalogue["E09"]?.daysAWeek == 3)
    #expect(catalogue["E11"]?.timesADay == 1...2)
    #expect(catalogue["E12"]?.timesADay == 1...1)
    #expect(catalogue["E16"]?.timesADay == 1...2)
    #expect(catalogue["E05"]?.levels[2].position.contains("60-80 %") == true)
    #expect(catalogue["E05"]?.levels[2].position.contains("only with a physiotherapist") == true)
    #expect(catalogue["E11"]?.stop.contains("over the rule for all") == true)
    #expect(catalogue["E10"]?.notWith == [.osteoporosis])
    #expect(Set(catalogue["E04"]?.notWith ?? []) == [.dizziness, .injury, .rheumatoid, .osteoporosis])
  }

  @Test func fiveQuestionsAndTheWordsForAll() {
    #expect(Set(catalogue.questions.keys) == Set(FirstUse.Question.allCases))
    // What is to be stopped at today, and what can be an emergency, are not one list.
    #expect(catalogue.safety.stop.count == 3)
    #expect(catalogue.safety.emergency.count == 4)
    let emergency = catalogue.safety.emergency.joined(separator: " ")
    for sign in ["dizziness", "double vision", "slurred speech", "numbness", "weakness", "faint"] {
      #expect(emergency.contains(sign))
      #expect(!catalogue.safety.stop.contains { $0.contains(sign) })
    }
    #expect(
      catalogue.safety.emergencyThen.hasPrefix(
        "Stop. This can be an emergency. Call your emergency number now (112, 911, 999). Do not drive yourself."))
    #expect(catalogue.safety.conventions.joined().contains("3 or 4 for control, 5 or 6 for strength"))
    #expect(catalogue.safety.conventions.joined().contains("3 of 10 at most"))
    #expect(catalogue.questions[.injury]?.contains("any injury") == true)
    #expect(catalogue.safety.offer == "If it feels good:")
    for light in TrafficLight.allCases {
      #expect(catalogue.safety.text(light).lowercased().hasPrefix(light.rawValue))
    }
  }

  /// Every movement alone, at every level, fits a notification.
  @Test func everyPromptIsShort() throws {
    for exercise in catalogue.exercises {
      for level in exercise.levels {
        let item = Programme.Item(exercise: exercise.id, level: level.number)
        let text = ExercisePlan.text(
          of: [ExercisePlan.Prescription(exercise: exercise, level: level, item: item, dose: level.dose)])
        #expect(text.count <= 65, "\(text)")
        #expect(!text.contains("{"), "\(text)")
      }
    }
  }
}
