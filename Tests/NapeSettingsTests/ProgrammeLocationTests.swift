import Foundation
import NapeCore
import NapeSettings
import Testing

@Suite struct ProgrammeLocationTests {
  private func path(_ value: String, _ variables: [String: String]) -> String? {
    ProgrammeLocation.path(value, environment: { variables[$0] })
  }

  @Test func aShippedNameIsNoPath() {
    #expect(path("neck-headache", ["HOME": "/home/a"]) == nil)
  }

  @Test func pathsAreAbsoluteFromHomeOrFromTheFolderOfTheSettings() {
    let home = ["HOME": "/home/a"]
    #expect(path("/x/p.toml", home) == "/x/p.toml")
    #expect(path("~/p.toml", home) == "/home/a/p.toml")
    #expect(path("p.toml", home) == "/home/a/.config/nape/p.toml")
    #expect(path("p.toml", ["HOME": "/home/a", "XDG_CONFIG_HOME": "/c"]) == "/c/nape/p.toml")
    #expect(path("p.toml", ["HOME": "/home/a", "XDG_CONFIG_HOME": "relative"]) == "/home/a/.config/nape/p.toml")
  }

  @Test func aFileThatIsNotThereIsTold() {
    let error = #expect(throws: ProgrammeFile.Mistakes.self) {
      try ProgrammeLocation.load("/nowhere/p.toml", catalogue: .builtIn(), environment: { _ in nil })
    }
    #expect(
      error?.description
        == "/nowhere/p.toml: exercises.programme: there is no such file: the path of a programme, or the name of a shipped "
        + "one: neck-headache")
  }

  @Test(.timeLimit(.minutes(1))) func whatIsNoRegularFileIsToldAndNotWaitedFor() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("nape-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let pipe = folder.appendingPathComponent("pipe.toml").path
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, folder.path, "/dev/zero"] {
      let error = #expect(throws: Diagnostic.self) { try RegularFile.read(path) }
      #expect(error?.description == "\(path): this is no regular file: a regular file")
    }
    let error = #expect(throws: ProgrammeFile.Mistakes.self) {
      try ProgrammeLocation.load(pipe, catalogue: .builtIn(), environment: { _ in nil })
    }
    #expect(error?.diagnostics.map(\.what) == ["this is no regular file"])
    // Where the bytes come from is not asked, as long as they end.
    #expect(try RegularFile.read("/proc/self/status")?.isEmpty == false)
  }

  @Test func whatStandsInIsMarkedSafeAndAsksForNoWeeks() {
    let catalogue = ExerciseCatalogue.builtIn()
    let programme = ProgrammeLocation.standIn(catalogue)
    let safe = Set(catalogue.exercises.filter(\.isSafe).map(\.id))
    for answer in [nil, false, true] {
      var history = ExerciseHistory()
      for question in FirstUse.Question.allCases { history.firstUse.answers[question] = answer }
      let plan = ExercisePlan(
        catalogue: catalogue, programme: programme, history: history, restriction: .none,
        today: LocalDate(daysSinceEpoch: 20_000))
      #expect(Set(plan.sets.flatMap(\.exercises)).isSubset(of: safe))
      #expect(plan.sets.isEmpty == (answer == true))
      #expect(plan.sets.allSatisfy { $0.exercises.count == 1 && $0.text.count <= ExercisePlan.longestText })
    }
    #expect(programme.weeks.count == 1 && programme.weeks[0].home.isEmpty && programme.weeks[0].strength.isEmpty)
  }

  @Test func theSettingNamesTheProgramme() {
    var loaded = LoadedSettings()
    #expect(loaded.settings.exercises.programme == "neck-headache")
    loaded.apply(Array("exercises.programme = \"~/physio.toml\"\n".utf8), file: "nape.toml")
    #expect(loaded.settings.exercises.programme == "~/physio.toml")
    loaded.apply(Array("exercises.programme = 3\n".utf8), file: "nape.toml")
    #expect(loaded.settings.exercises.programme == "~/physio.toml")
    #expect(loaded.diagnostics.count == 1)
  }
}
