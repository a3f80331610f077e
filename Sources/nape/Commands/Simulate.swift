import ArgumentParser
import Glibc
import NapeCore
import NapeSettings
import NapeSimulation
import NapeStore

struct Simulate: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Run the rules on a recorded or written timeline.",
    discussion: """
      Prints what would have happened as JSON Lines: spans, bouts, prompts, outcomes and a summary. The settings are the \
      built-in ones, with FILE laid over them; your own settings are not read.

      With --ledger the timeline is your own record, and FILE is laid over your own settings: what would have been prompted. \
      Only prompts.*, sitting.*, hours.* and exercises.* may differ then, since shorter absences than the old limits were \
      not recorded.

      With --store what the daemon would have recorded is written to FILE, a new record in a folder of its own.

      Examples:
        nape simulate Tests/Traces/working-day.jsonl --text
        nape simulate --ledger --weeks 4 --config new.toml
        nape simulate trace.jsonl --store /tmp/somebody/nape/nape.db
      """)

  @Argument(
    help: ArgumentHelp("The trace, as JSON Lines; - for standard input.", valueName: "trace"), completion: .file())
  var trace: String?

  @Flag(name: .long, help: "Replay your own record instead of a trace.")
  var ledger = false

  @Option(name: .long, help: ArgumentHelp("How many weeks of it, up to now: 1 to 1000.", valueName: "weeks"))
  var weeks: Int?

  @Option(name: .long, help: ArgumentHelp("Settings to use.", valueName: "file"), completion: .file())
  var config: String?

  @Option(
    name: .long, help: ArgumentHelp("Write the record of the run there, where no file is.", valueName: "file"),
    completion: .file())
  var store: String?

  @Flag(name: .long, help: "Print for people.")
  var text = false

  func validate() throws {
    if ledger == (trace != nil) { throw ValidationError("either a trace or --ledger is needed") }
    if ledger, store != nil { throw ValidationError("--store belongs to a trace") }
    guard let weeks else { return }
    if !ledger { throw ValidationError("--weeks belongs to --ledger") }
    if !(1...1000).contains(weeks) { throw ValidationError("--weeks is \(weeks): from 1 to 1000") }
  }

  func run() throws {
    let output = OutputBuffer()
    let asText = text
    let emit: (Record) -> Void = { output.write((asText ? $0.text() : $0.json()) + "\n") }
    defer { output.flush() }
    if let trace { try simulate(trace, emit) } else { try replayLedger(emit) }
  }

  private func simulate(_ trace: String, _ emit: @escaping (Record) -> Void) throws {
    let bytes = try Files.read(trace, most: Files.mostOfTrace)
    let name = trace == "-" ? "standard input" : trace
    if let store { try NewStore.check(store) }
    let loaded = try loadSettings()
    var simulation = Simulation(
      file: name, settings: loaded, exercises: try exercises(for: loaded.settings), zoneFile: Zones.file(named:),
      keepsRecords: store != nil, emit: emit)
    do {
      for line in bytes.split(separator: 0x0a, omittingEmptySubsequences: false) {
        try simulation.take(line)
      }
      try simulation.finish()
    } catch {
      throw Failure("\(error)", status: 1)
    }
    if let store, let records = simulation.records {
      try NewStore.write(records, to: store, rules: DiaryRules(loaded.settings))
    }
  }

  // MARK: One's own record

  private func replayLedger(_ emit: (Record) -> Void) throws {
    let settings = try settingsForLedger()
    let spans = try Ledger.spans(weeks: weeks ?? 4)
    guard !spans.isEmpty else { throw Failure("there is no record of the last \(weeks ?? 4) weeks", status: 1) }
    LedgerReplay(
      spans: spans, zone: Zones.local(), settings: settings, wordings: .builtIn(),
      exercises: try exercises(for: settings)
    ).run(emit)
  }

  /// What the programme of the settings asks for, of somebody who has just begun with it.
  private func exercises(for settings: Settings) throws -> [ExerciseSet] {
    do {
      return try .advised(by: settings.exercises.programme, environment: Environment.value)
    } catch {
      throw Failure(error.diagnostics.map(\.description).joined(separator: "\n"), status: 78)
    }
  }

  /// One's own settings, with the file laid over them; a key that a replay cannot change is refused.
  private func settingsForLedger() throws -> Settings {
    let own = LoadedSettings.load(environment: Environment.value)
    guard let config else { return own.settings }
    var loaded = own
    loaded.liftPolicy()
    loaded.apply(try Files.read(config), file: config)
    var wrong = loaded.diagnostics.dropFirst(own.diagnostics.count).map(\.description)
    var kept = loaded.settings
    kept.prompts = own.settings.prompts
    kept.sitting = own.settings.sitting
    kept.hours = own.settings.hours
    kept.exercises = own.settings.exercises
    if kept != own.settings {
      for key in KeyTable.keys.map(\.name) where !LedgerReplay.sections.contains(where: key.hasPrefix) {
        guard let place = loaded.assignments(of: key).last?.place, place != own.assignments(of: key).last?.place else {
          continue
        }
        let sections = LedgerReplay.sections.map { $0 + "*" }.joined(separator: ", ")
        wrong.append("\(place): \(key): a replay of the record cannot change it: one of \(sections)")
      }
    }
    guard wrong.isEmpty else { throw Failure(wrong.joined(separator: "\n"), status: 78) }
    return loaded.settings
  }

  private func loadSettings() throws -> LoadedSettings {
    var loaded = LoadedSettings()
    guard let config else { return loaded }
    loaded.apply(try Files.read(config), file: config)
    guard loaded.diagnostics.isEmpty else {
      throw Failure(loaded.diagnostics.map(\.description).joined(separator: "\n"), status: 78)
    }
    return loaded
  }
}
