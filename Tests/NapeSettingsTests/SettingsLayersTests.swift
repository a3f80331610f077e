import FoundationEssentials
import Glibc
import NapeCore
import Testing

@testable import NapeSettings

/// Files in folders, as UAPI.6 says, with the person's above them.
@Suite struct SettingsLayersTests {
  /// Folders that stand for /etc, /run, /usr/lib and the person's.
  private final class Machine {
    let root = FileManager.default.temporaryDirectory.appendingPathComponent("nape-\(UUID().uuidString)").path

    deinit { try? FileManager.default.removeItem(atPath: root) }

    func write(_ path: String, _ text: String) throws {
      let full = "\(root)/\(path)"
      let folder = full.split(separator: "/").dropLast().joined(separator: "/")
      try FileManager.default.createDirectory(atPath: "/" + folder, withIntermediateDirectories: true)
      #expect(FileManager.default.createFile(atPath: full, contents: Data(text.utf8)))
    }

    func mask(_ path: String) throws {
      try write(path, "")
      try FileManager.default.removeItem(atPath: "\(root)/\(path)")
      #expect(symlink("/dev/null", "\(root)/\(path)") == 0)
    }

    func load() -> LoadedSettings {
      LoadedSettings(
        SettingsFiles(SettingsFolders(system: ["\(root)/etc", "\(root)/run", "\(root)/lib"], own: "\(root)/own")))
    }

    /// Without the folder of this test.
    func texts(_ findings: [Diagnostic]) -> [String] {
      findings.map { "\($0)".split(separator: root + "/").joined() }
    }

    func files(_ loaded: LoadedSettings) -> [String] { loaded.files.map { String($0.dropFirst(root.count + 1)) } }
  }

  private let machine = Machine()

  private func move(_ minutes: Int) -> String { "[prompts.move]\nafter = \"\(minutes)min\"\n" }

  @Test func withoutFilesAllIsBuiltIn() {
    let loaded = machine.load()
    #expect(loaded == LoadedSettings())
    #expect(loaded.files.isEmpty && loaded.diagnostics.isEmpty)
  }

  @Test func theFirstMainFileAloneCounts() throws {
    try machine.write("lib/nape.toml", move(20) + "[prompts]\nsound = true\n")
    try machine.write("run/nape.toml", move(21))
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(21))
    #expect(!loaded.settings.prompts.sound)
    #expect(machine.files(loaded) == ["run/nape.toml"])
  }

  @Test func aMaskedMainFileLeavesNone() throws {
    try machine.write("lib/nape.toml", move(20))
    try machine.mask("etc/nape.toml")
    #expect(machine.load() == LoadedSettings())
  }

  @Test func dropInsComeByNameWhicheverFolderTheyAreIn() throws {
    try machine.write("etc/nape.toml", move(20))
    try machine.write("lib/nape.toml.d/90-last.toml", move(29))
    try machine.write("etc/nape.toml.d/10-first.toml", move(21))
    try machine.write("run/nape.toml.d/50-middle.toml", move(25))
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(29))
    #expect(
      machine.files(loaded) == [
        "etc/nape.toml", "etc/nape.toml.d/10-first.toml", "run/nape.toml.d/50-middle.toml",
        "lib/nape.toml.d/90-last.toml",
      ])
    #expect(loaded.assignments(of: "prompts.move.after").map(\.value.text) == ["20min", "21min", "25min", "29min"])
  }

  @Test func aDropInOfOneNameInAHigherFolderReplacesOneBelow() throws {
    try machine.write("lib/nape.toml.d/50-site.toml", move(20) + "[prompts]\nsound = true\n")
    try machine.write("etc/nape.toml.d/50-site.toml", move(21))
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(21))
    #expect(!loaded.settings.prompts.sound)
  }

  @Test(arguments: [true, false]) func anEmptyOneOrALinkToTheNullDeviceMasks(isLink: Bool) throws {
    try machine.write("lib/nape.toml.d/50-site.toml", move(20))
    if isLink {
      try machine.mask("etc/nape.toml.d/50-site.toml")
    } else {
      try machine.write("etc/nape.toml.d/50-site.toml", "")
    }
    #expect(machine.load() == LoadedSettings())
  }

  @Test func otherFilesAreNoDropIns() throws {
    for name in ["50-site.toml~", "50-site.conf", ".hidden.toml", "README"] {
      try machine.write("etc/nape.toml.d/\(name)", "nonsense")
    }
    #expect(machine.load() == LoadedSettings())
  }

  @Test func thePersonComesAfterTheSystem() throws {
    try machine.write("etc/nape.toml.d/99-site.toml", move(20) + "[prompts]\nsound = true\n")
    try machine.write("own/nape.toml", move(30))
    try machine.write("own/nape.toml.d/10-mine.toml", move(31))
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(31))
    #expect(loaded.settings.prompts.sound)
    #expect(loaded.origin(of: "prompts.move.after") == "\(machine.root)/own/nape.toml.d/10-mine.toml:2")
  }

  @Test func aWrongValueKeepsThatOfTheLayerBelow() throws {
    try machine.write("etc/nape.toml", move(20))
    try machine.write("own/nape.toml", "[prompts.move]\nafter = \"soon\"\n")
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(20))
    #expect(
      machine.texts(loaded.diagnostics) == [
        "own/nape.toml:2: prompts.move.after: is \"soon\": a length of time in quotes from \"1s\" to \"12h\""
      ])
  }

  @Test func aDropInThatDoesNotParseLeavesTheRest() throws {
    try machine.write("etc/nape.toml", move(20))
    try machine.write("etc/nape.toml.d/10-broken.toml", "[prompts\n")
    try machine.write("etc/nape.toml.d/20-right.toml", "[prompts]\nsound = true\n")
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(20) && loaded.settings.prompts.sound)
    #expect(loaded.broken?.place.description == "\(machine.root)/etc/nape.toml.d/10-broken.toml:1")
    #expect(loaded.diagnostics.count == 1)
  }

  @Test func whatCannotBeReadIsToldAndHidesWhatIsBelow() throws {
    try machine.write("lib/nape.toml", move(20))
    try machine.write("etc/nape.toml/a-folder", "")
    try machine.write("own/nape.toml.d", "a file")
    let loaded = machine.load()
    #expect(loaded.settings == Settings())
    #expect(machine.texts(loaded.diagnostics) == ["etc/nape.toml: this is no regular file: a regular file"])
  }

  @Test func thereIsALimitOfDropIns() throws {
    for number in 0...SettingsFiles.mostDropIns { try machine.write("etc/nape.toml.d/\(number).toml", move(20)) }
    let loaded = machine.load()
    #expect(loaded.files.count == SettingsFiles.mostDropIns)
    #expect(
      machine.texts(loaded.diagnostics) == [
        "etc/nape.toml.d: there are too many drop-ins, and some are not read: at most 256"
      ])
  }

  @Test func onlyThePersonMayAskForWordsOfTheDiary() throws {
    let text = "[journal]\ndiary = \"onsets\"\n[prompts.checkin]\nwords = \"plain\"\n"
    try machine.write("etc/nape.toml", text)
    let loaded = machine.load()
    #expect(loaded.settings == Settings())
    #expect(
      machine.texts(loaded.diagnostics) == [
        "etc/nape.toml:2: journal.diary: only the person may ask for \"onsets\": \"none\" here",
        "etc/nape.toml:4: prompts.checkin.words: only the person may ask for \"plain\": \"neutral\" here",
      ])
    try machine.write("own/nape.toml", text)
    #expect(machine.load().settings.diary.journalsOnsets && machine.load().settings.prompts.checkIn.isPlain)
  }

  // MARK: The policy

  @Test func aLockKeepsTheAdministratorsValue() throws {
    try machine.write("etc/nape.toml", move(45))
    try machine.write("etc/policy.toml", "locked = [\n  \"prompts.move.after\",\n]\n")
    try machine.write("own/nape.toml", move(90))
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(45))
    #expect(loaded.diagnostics.isEmpty)
    #expect(
      machine.texts(loaded.notices) == [
        "own/nape.toml:2: prompts.move.after: \"1h 30min\" is locked out by etc/policy.toml:2: \"45min\" is in force"
      ])
    #expect(
      loaded.origin(of: "prompts.move.after").split(separator: machine.root + "/").joined()
        == "etc/nape.toml:2, locked by etc/policy.toml:2")
    #expect(loaded.lockedOut(of: "prompts.move.after").map(\.value) == [.length(.minutes(90))])
  }

  @Test func aLockWithoutAValueKeepsTheDefault() throws {
    try machine.write("etc/policy.toml", "locked = [\"prompts.checkin.enabled\"]\n")
    try machine.write("own/nape.toml", "[prompts.checkin]\nenabled = false\n")
    let loaded = machine.load()
    #expect(loaded.settings == Settings())
    #expect(loaded.notices.count == 1)
  }

  @Test func whatIsSetToTheLockedValueIsNotTold() throws {
    try machine.write("etc/policy.toml", "locked = [\"prompts.move.after\"]\n")
    try machine.write("own/nape.toml", move(50))
    #expect(machine.load().notices.isEmpty)
  }

  @Test(arguments: [(20, 30), (30, 30), (45, 45), (60, 60), (90, 60)] as [(Int64, Int64)])
  func aBoundIsTheNearestThatIsAllowed(asked: Int64, got: Int64) throws {
    try machine.write("etc/policy.toml", "bounds.\"prompts.move.after\" = { min = \"30min\", max = \"60min\" }\n")
    try machine.write("own/nape.toml", move(Int(asked)))
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(got))
    #expect(loaded.diagnostics.isEmpty)
    #expect(
      machine.texts(loaded.notices)
        == (asked == got
          ? []
          : [
            "own/nape.toml:2: prompts.move.after: \"\(DurationText.string(.minutes(asked)))\" is out of the bounds of "
              + "etc/policy.toml:1: \"30min\" to \"1h\"; \"\(DurationText.string(.minutes(got)))\" is in force"
          ]))
  }

  @Test func aBoundHoldsForWhatIsBuiltInToo() throws {
    try machine.write("etc/policy.toml", "[bounds]\n\"prompts.move.after\" = { max = \"40min\" }\n")
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(40))
    #expect(
      machine.texts(loaded.notices) == [
        "etc/policy.toml:2: prompts.move.after: \"50min\" is out of the bounds of etc/policy.toml:2: \"40min\" or less; "
          + "\"40min\" is in force"
      ])
  }

  @Test(
    arguments: [
      ("prompts.move.again", "{ min = \"15min\" }", "[\"15min\", \"20min\"]"),
      ("prompts.exercise.at_most_per_day", "{ max = 2 }", "2"),
      ("prompts.checkin.at", "{ max = \"15:00\" }", "\"15:00\""),
      ("store.keep", "{ max = \"8760h\" }", "\"8760h\""),
      ("store.keep", "{ min = \"8760h\" }", "\"forever\""),
    ])
  func boundsOfEachKind(key: String, bounds: String, value: String) throws {
    try machine.write("etc/policy.toml", "bounds.\"\(key)\" = \(bounds)\n")
    let loaded = machine.load()
    #expect(loaded.diagnostics.isEmpty)
    #expect(KeyTable.key(named: key)?.text(of: loaded.settings) == value)
  }

  @Test func boundsThatContradictEachOtherAreRefused() throws {
    try machine.write(
      "etc/policy.toml",
      "[bounds]\n\"presence.break_after\" = { min = \"10min\" }\n\"prompts.move.after\" = { min = \"2h\", max = \"1h\" }\n"
    )
    let loaded = machine.load()
    #expect(loaded.settings == Settings())
    #expect(loaded.notices.isEmpty)
    #expect(
      machine.texts(loaded.diagnostics) == [
        "etc/policy.toml:3: bounds.\"prompts.move.after\": the least is above the most: min no larger than max",
        "etc/policy.toml:2: presence.break_after: a break would be longer than away: break_after no longer than "
          + "away_after (5min)",
      ])
  }

  @Test func whatIsWrongWithAPolicyIsToldAndTheRestHolds() throws {
    try machine.write(
      "etc/policy.toml",
      """
      locked = ["prompts.mov.after", 3, "prompts.move.after"]
      lock = 1
      [bounds]
      "hours.work" = { min = 1 }
      "prompts.snooze" = { least = "1min" }
      "prompts.settle" = { max = "9h" }
      prompts.follow = { min = "1min" }
      "prompts.min_gap" = { max = "5min" }
      """)
    try machine.write("own/nape.toml", move(90))
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(50))
    #expect(loaded.settings.prompts.minGap == .minutes(5))
    #expect(
      machine.texts(loaded.diagnostics) == [
        "etc/policy.toml:1: locked: there is no key \"prompts.mov.after\": did you mean prompts.move.after?",
        "etc/policy.toml:1: locked: is an integer: a list of keys, such as [\"prompts.move.after\"]",
        "etc/policy.toml:2: lock: there is no such key: locked, bounds",
        "etc/policy.toml:4: bounds.\"hours.work\": values of this key have no order: a lock: locked = [\"hours.work\"]",
        "etc/policy.toml:5: bounds.\"prompts.snooze\".least: there is no such key: min, max",
        "etc/policy.toml:6: bounds.\"prompts.settle\".max: is \"9h\": a length of time in quotes from "
          + "\"0s\" to \"1h\"",
        "etc/policy.toml:7: bounds.\"prompts\": there is no such key; its name stands in quotes: "
          + KeyTable.hint(for: "prompts"),
      ])
  }

  @Test func aPolicyThatDoesNotParseIsTold() throws {
    try machine.write("etc/policy.toml", "locked = [\n")
    try machine.write("own/nape.toml", move(90))
    let loaded = machine.load()
    #expect(loaded.settings.prompts.move.after == .minutes(90))
    #expect(loaded.broken?.file == "\(machine.root)/etc/policy.toml")
  }
}

@Suite struct SettingsFoldersTests {
  @Test(
    arguments: [
      (["HOME": "/home/x"], "/home/x/.config/nape"), (["HOME": "/home/x", "XDG_CONFIG_HOME": "/c"], "/c/nape"),
      // A relative one is not valid (XDG base directories) and is passed over.
      (["HOME": "/home/x", "XDG_CONFIG_HOME": "c"], "/home/x/.config/nape"), ([:], nil),
    ] as [([String: String], String?)])
  func thePersonsFolder(environment: [String: String], folder: String?) {
    #expect(SettingsFolders { environment[$0] }.own == folder)
  }
}

@Suite struct KeyTextTests {
  @Test func everyKeyAndSectionIsExplained() {
    let texts = KeyText.builtIn
    for key in KeyTable.keys { #expect(texts[key.name]?.isEmpty == false, "\(key.name)") }
    #expect(
      texts.sections == [
        "presence", "sitting", "prompts", "prompts.posture", "prompts.move", "prompts.exercise", "prompts.micro",
        "prompts.budget", "prompts.checkin", "hours", "exercises", "diary", "journal", "store",
      ])
    for section in texts.sections { #expect(texts[section]?.isEmpty == false, "\(section)") }
    #expect(texts["prompts.move.after"] == "After so much sitting without a break.")
  }
}
