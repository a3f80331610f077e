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

  @Test func theSettingNamesTheProgramme() {
    var loaded = LoadedSettings.builtIn()
    #expect(loaded.settings.exercises.programme == "neck-headache")
    loaded.apply(Array("exercises.programme = \"~/physio.toml\"\n".utf8), file: "nape.toml")
    #expect(loaded.settings.exercises.programme == "~/physio.toml")
    loaded.apply(Array("exercises.programme = 3\n".utf8), file: "nape.toml")
    #expect(loaded.settings.exercises.programme == "~/physio.toml")
    #expect(loaded.diagnostics.count == 1)
  }
}
