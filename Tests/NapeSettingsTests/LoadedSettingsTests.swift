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
      ("[prompts.move]\nafter = 30\n", 2, "prompts.move.after", "is an integer"),
      ("[prompts.move]\nafter = \"30\"\n", 2, "prompts.move.after", "is \"30\""),
      ("[prompts.move]\nafter = \"99h\"\n", 2, "prompts.move.after", "is \"99h\""),
      ("[prompts.move]\nagain = [\"1min\", 2]\n", 2, "prompts.move.again", "holds an integer"),
      ("[prompts.move]\nagain = [\"1min\", \"2\"]\n", 2, "prompts.move.again", "holds \"2\""),
      (
        "[prompts.move]\nagain = [\(Array(repeating: "\"1min\"", count: 9).joined(separator: ", "))]\n", 2,
        "prompts.move.again", "has 9 items"
      ),
      ("[prompts]\nsound = \"yes\"\n", 2, "prompts.sound", "is \"yes\""),
      ("[prompts]\ndeliver = [\"smoke\"]\n", 2, "prompts.deliver", "holds \"smoke\""),
      ("[prompts]\ndeliver = []\n", 2, "prompts.deliver", "is empty"),
      ("[prompts]\ndeliver = [\"journal\", \"journal\"]\n", 2, "prompts.deliver", "names one twice"),
      ("[hours]\nwork = [\"Mon-Fri 08:00-08:00\"]\n", 2, "hours.work", "holds \"Mon-Fri 08:00-08:00\""),
      ("[hours]\nquiet = [\"Someday 08:00-09:00\"]\n", 2, "hours.quiet", "holds \"Someday 08:00-09:00\""),
      ("[hours]\nquiet = \"08:00-09:00\"\n", 2, "hours.quiet", "is \"08:00-09:00\""),
      ("\nprompts.checkin.at = \"24:00\"\n", 2, "prompts.checkin.at", "is \"24:00\""),
      ("\nprompts.checkin.at = 16:30:00\n", 2, "prompts.checkin.at", "is a date or time"),
      ("[prompts.exercise]\nat_most_per_day = -1\n", 2, "prompts.exercise.at_most_per_day", "is -1"),
      // Whatever it is, it is not repeated in a place that others read.
      (
        "[diary]\nusual_medicine = \"a\\nb\"\n", 2, "diary.usual_medicine",
        "holds what cannot be seen, such as a second line"
      ),
    ])
  func aWrongValueLeavesTheDefaultAndIsTold(text: String, line: Int, key: String, what: String) {
    let loaded = load(text)
    #expect(loaded.settings == Settings())
    #expect(loaded.diagnostics.count == 1)
    #expect(loaded.diagnostics.first?.allowed.isEmpty == false)
    #expect(loaded.diagnostics.first?.description.hasPrefix("nape.toml:\(line): \(key): \(what): ") == true)
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
