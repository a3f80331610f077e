import NapeCore
import Testing

@testable import NapeSettings

/// What is in force as text: a settings file with it puts the same in force.
@Suite struct SettingTextTests {
  /// Values other than the defaults, one for each way of writing.
  private static let others = [
    "presence.sources": ["terminal", "mutter"].map { "\"\($0)\"" }.joined(separator: ", "),
    "prompts.move.again": "\"1min 30s\", \"1h 30min\"",
    "hours.work": "\"Mon-Fri 08:00-18:00\", \"Sat-Sun 10:00-12:00\"",
    "hours.quiet": "\"22:00-06:00\", \"Mon,Wed-Fri 00:05-23:59\"",
    "prompts.deliver": "\"journal\"",
  ].mapValues { "[\($0)]" }.merging(
    [
      "prompts.move.after": "\"40min\"", "prompts.posture.enabled": "false", "prompts.min_gap": "\"0s\"",
      "prompts.exercise.at_most_per_day": "0", "prompts.checkin.at": "\"07:05\"",
      "diary.afternoon": "\"23:30-01:00\"", "store.keep": "\"1000h 1s\"", "prompts.checkin.words": "\"plain\"",
      "journal.diary": "\"onsets\"", "diary.usual_medicine": "\"a \\\"b\\\" \\\\ ü\"",
      "exercises.programme": "\"/home/me/my programme.toml\"",
    ], uniquingKeysWith: { $1 })

  private func read(_ lines: [String]) -> LoadedSettings {
    var loaded = LoadedSettings()
    loaded.apply(Array(lines.joined(separator: "\n").utf8), file: "nape.toml")
    return loaded
  }

  private func lines(of settings: Settings) -> [String] {
    KeyTable.keys.map { "\($0.name) = \($0.toml(of: settings))" }
  }

  @Test func theDefaultsComeBack() {
    let loaded = read(lines(of: Settings()))
    #expect(loaded.diagnostics.isEmpty)
    #expect(loaded.settings == Settings())
    #expect(loaded.assigned.count == KeyTable.keys.count)
  }

  @Test func everyKeyComesBack() {
    let written = read(Self.others.map { "\($0.key) = \($0.value)" })
    #expect(written.diagnostics.isEmpty)
    #expect(written.assigned.count == Self.others.count)
    let loaded = read(lines(of: written.settings))
    #expect(loaded.diagnostics.isEmpty)
    #expect(loaded.settings == written.settings)
    for (name, text) in Self.others {
      #expect(KeyTable.key(named: name)?.toml(of: written.settings) == text, "\(name)")
    }
  }

  @Test func theHistoryIsOfKeysThatThereAre() {
    var settings = Settings()
    settings.prompts.move.after = 90 * .minute
    settings.prompts.micro.enabled = true
    let since = Stamp(wall: 7, offsetSeconds: 3600)
    let history = KeyTable.history(of: settings, since: since)
    #expect(history.map(\.key) == SettingRecord.keys)
    #expect(history.allSatisfy { $0.since == since })
    #expect(history.contains(SettingRecord(key: "prompts.move.after", value: "1h 30min", since: since)))
    #expect(history.contains(SettingRecord(key: "prompts.micro.enabled", value: "true", since: since)))
    #expect(history.contains(SettingRecord(key: "exercises.programme", value: "neck-headache", since: since)))
  }
}
