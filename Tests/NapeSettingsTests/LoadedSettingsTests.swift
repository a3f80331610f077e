import NapeCore
import NapeSettings
import Testing

@Suite struct LoadedSettingsTests {
  private func load(_ text: String) -> LoadedSettings {
    var loaded = LoadedSettings()
    loaded.apply(Array(text.utf8), file: "nape.toml")
    return loaded
  }

  @Test func aValueIsTakenAndItsPlaceKept() {
    let loaded = load("[prompts.move]\nafter = \"30min\"\nagain = []\n")
    #expect(loaded.settings.prompts.move.after == .minutes(30))
    #expect(loaded.settings.prompts.move.again.isEmpty)
    #expect(loaded.origin(of: "prompts.move.after") == "nape.toml:2")
    #expect(loaded.origin(of: "prompts.snooze") == "built-in")
  }

  @Test(
    arguments: [
      ("[prompts.move]\nafter = 30\n", 2, "prompts.move.after"),
      ("[prompts.move]\nafter = \"30\"\n", 2, "prompts.move.after"),
      ("[prompts.move]\nafter = \"99h\"\n", 2, "prompts.move.after"),
      ("[prompts]\nsound = \"yes\"\n", 2, "prompts.sound"),
      ("[prompts]\ndeliver = [\"smoke\"]\n", 2, "prompts.deliver"),
      ("[prompts]\ndeliver = [\"journal\", \"journal\"]\n", 2, "prompts.deliver"),
      ("[hours]\nwork = [\"Mon-Fri 08:00-08:00\"]\n", 2, "hours.work"),
      ("[hours]\nquiet = [\"Someday 08:00-09:00\"]\n", 2, "hours.quiet"),
      ("\nprompts.checkin.at = \"24:00\"\n", 2, "prompts.checkin.at"),
      ("[prompts.exercise]\nat_most_per_day = -1\n", 2, "prompts.exercise.at_most_per_day"),
    ])
  func aWrongValueLeavesTheDefaultAndIsTold(text: String, line: Int, key: String) {
    let loaded = load(text)
    #expect(loaded.settings == Settings())
    #expect(loaded.diagnostics.count == 1)
    #expect(loaded.diagnostics.first?.line == line)
    #expect(loaded.diagnostics.first?.key == key)
    #expect(loaded.diagnostics.first?.allowed.isEmpty == false)
    #expect(loaded.diagnostics.first?.description.hasPrefix("nape.toml:\(line): \(key): ") == true)
  }

  @Test func aMisspeltKeyNamesItsNeighbour() {
    let loaded = load("[prompts.move]\naftr = \"30min\"\n")
    #expect(loaded.diagnostics.first?.allowed == "did you mean prompts.move.after?")
  }

  @Test func aFileThatDoesNotParseChangesNothing() {
    let loaded = load("[prompts.move]\nafter = \"30min\"\n[")
    #expect(loaded.settings == Settings())
    #expect(loaded.diagnostics.first?.line == 3)
    #expect(loaded.diagnostics.first?.key.isEmpty == true)
  }

  @Test func aBreakIsNeverLongerThanAway() {
    let loaded = load("[presence]\nbreak_after = \"10min\"\n")
    #expect(loaded.settings == Settings())
    #expect(loaded.diagnostics.map(\.key) == ["presence.break_after"])
  }
}

extension LoadedSettings {
  /// The keys that a file has set.
  var assigned: Set<String> { Set(KeyTable.keys.map(\.name).filter { !assignments(of: $0).isEmpty }) }
}
