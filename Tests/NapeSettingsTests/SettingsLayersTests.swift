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
    #expect(
      machine.texts(loaded.diagnostics) == [
        "etc/nape.toml: this is no regular file: a regular file",
        "own/nape.toml.d: Not a directory: a readable folder",
      ])
  }

  @Test func thereIsALimitOfDropIns() throws {
    for number in 0...SettingsFiles.mostDropIns { try machine.write("etc/nape.toml.d/\(number).toml", move(20)) }
    let loaded = machine.load()
    #expect(loaded.files.count == SettingsFiles.mostDropIns)
    #expect(
      machine.texts(loaded.diagnostics) == [
        "etc/nape.toml.d/99.toml: there are too many drop-ins, and those from this one on are not read: at most 256"
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
      ("store.keep", "{ min = \"forever\" }", "\"forever\""),
    ])
  func boundsOfEachKind(key: String, bounds: String, value: String) throws {
    try machine.write("etc/policy.toml", "bounds.\"\(key)\" = \(bounds)\n")
    let loaded = machine.load()
    #expect(loaded.diagnostics.isEmpty)
    #expect(KeyTable.key(named: key)?.toml(of: loaded.settings) == value)
  }

  @Test func aLengthAfterWhichSpansAreReducedHasABound() throws {
    try machine.write("etc/policy.toml", "bounds.\"store.keep\" = { min = \"8760h\" }\n")
    try machine.write("own/nape.toml", "store.keep = \"720h\"\n")
    #expect(machine.load().settings.store.spans == 8760 * .hour)
  }

  @Test func boundsThatContradictEachOtherAreRefused() throws {
    try machine.write(
      "etc/policy.toml",
      """
      [bounds]
      "presence.break_after" = { min = "10min" }
      "presence.away_after" = { max = "5min" }
      "prompts.move.after" = { min = "2h", max = "1h" }
      """)
    let loaded = machine.load()
    #expect(loaded.settings == Settings())
    #expect(loaded.notices.isEmpty)
    let allowed = "a break would be longer than away: bounds that leave break_after below away_after"
    #expect(
      machine.texts(loaded.diagnostics) == [
        "etc/policy.toml:4: bounds.\"prompts.move.after\": the least is above the most: min no larger than max",
        "etc/policy.toml:2: presence.break_after: \(allowed)", "etc/policy.toml:3: presence.away_after: \(allowed)",
      ])
  }

  /// No value of the person's gets around a bound by way of its neighbour.
  @Test(
    arguments: [
      ("\"presence.away_after\" = { max = \"5min\" }", "away_after = \"20min\"\nbreak_after = \"8min\"", 5, 5),
      ("\"presence.break_after\" = { max = \"3min\" }", "break_after = \"4min\"", 3, 5),
      ("\"presence.break_after\" = { min = \"10min\" }", "", 10, 10),
      ("\"presence.away_after\" = { max = \"1min\" }", "", 1, 1),
    ] as [(String, String, Int64, Int64)])
  func ofTwoThatBelongTogetherTheBoundOneTakesTheOtherAlong(
    bounds: String, own: String, breakAfter: Int64, awayAfter: Int64
  ) throws {
    try machine.write("etc/policy.toml", "[bounds]\n\(bounds)\n")
    try machine.write("own/nape.toml", "[presence]\n\(own)\n")
    let loaded = machine.load()
    #expect(loaded.diagnostics.isEmpty)
    #expect(loaded.settings.presence.breakAfter == .minutes(breakAfter))
    #expect(loaded.settings.presence.awayAfter == .minutes(awayAfter))
    #expect(!loaded.notices.isEmpty)
  }

  @Test func aPairIsLookedAtWhenAllLayersAreThere() throws {
    try machine.write("etc/nape.toml", "presence.break_after = \"8min\"\n")
    try machine.write("etc/nape.toml.d/10.toml", "presence.away_after = \"10min\"\n")
    #expect(machine.load().diagnostics.isEmpty)
    #expect(machine.load().settings.presence.breakAfter == .minutes(8))
    // What was said last gives way.
    try machine.write("own/nape.toml", "presence.away_after = \"5min\"\n")
    let loaded = machine.load()
    #expect(loaded.settings.presence.awayAfter == .minutes(10))
    #expect(loaded.diagnostics.map(\.key) == ["presence.away_after"])
    #expect(loaded.origin(of: "presence.away_after").hasSuffix("etc/nape.toml.d/10.toml:1"))
  }

  @Test func aLockIsToldWithWhatTheBoundsLeave() throws {
    try machine.write(
      "etc/policy.toml", "locked = [\"prompts.move.after\"]\nbounds.\"prompts.move.after\" = { max = \"30min\" }\n")
    try machine.write("own/nape.toml", move(90))
    #expect(
      machine.texts(machine.load().notices) == [
        "etc/policy.toml:2: prompts.move.after: \"50min\" is out of the bounds of etc/policy.toml:2: \"30min\" or less; "
          + "\"30min\" is in force",
        "own/nape.toml:2: prompts.move.after: \"1h 30min\" is locked out by etc/policy.toml:1: \"30min\" is in force",
      ])
  }

  // MARK: What others read

  @Test func whatMayBePrivateIsInNoRecord() throws {
    try machine.write(
      "etc/policy.toml",
      "locked = [\"diary.usual_medicine\", \"exercises.programme\", \"journal.diary\", \"prompts.move.after\"]\n")
    try machine.write(
      "own/nape.toml",
      """
      [diary]
      usual_medicine = "zolmitriptan"
      zolmitriptan = 1
      region = 5
      afternoon = "zolmitriptan"
      [exercises]
      programme = "~/zolmitriptan.toml"
      [journal]
      diary = "onsets"
      [prompts.move]
      after = "90min"
      """)
    let loaded = machine.load()
    let texts = (loaded.diagnostics + loaded.notices).map(\.description).joined(separator: "\n")
    #expect(texts.contains("zolmitriptan") && texts.contains("onsets") && texts.contains("1h 30min"))
    let records = (loaded.diagnostics + loaded.notices).map(\.record)
    #expect(records.count == 7)
    #expect(!records.contains { $0.contains("zolmitriptan") || $0.contains("onsets") })
    // Thresholds are what an administrator is to see.
    #expect(records.contains { $0.contains("1h 30min") })

    try machine.write("own/nape.toml", "[diary]\nusual_medicine = zolmitriptan\n")
    let broken = machine.load().broken
    #expect(broken?.description.contains("zolmitriptan") == true)
    #expect(broken?.record.hasSuffix("own/nape.toml:2: column 18: this does not parse: TOML 1.0") == true)
  }

  @Test func whatCannotBeSeenIsInNoMessage() throws {
    try machine.write("own/nape.toml", "\"a\\u0000b\\nc\" = 1\nexercises.programme = \"/etc/x\\u0000y\"\n")
    try machine.write("own/nape.toml.d/10-a\nb.toml", "x = 1\n")
    for diagnostic in machine.load().diagnostics {
      #expect("\(diagnostic)".unicodeScalars.allSatisfy(ShownText.isVisible))
    }
    #expect(machine.load().diagnostics.count == 3)
  }

  @Test func aFileWithNothingButMistakesIsNotToldWhole() throws {
    try machine.write("own/nape.toml", (0..<2000).map { "nonsense_\($0) = 1\n" }.joined())
    let loaded = machine.load()
    #expect(loaded.diagnostics.count == LoadedSettings.mostDiagnostics + 1)
    #expect(
      machine.texts(loaded.diagnostics).last
        == "own/nape.toml:51: nonsense_50: this and 1949 more mistakes from here on: the first 50 are told")
  }

  // MARK: What is there and is not what it should be

  @Test(arguments: ["etc/policy.toml", "own/nape.toml", "lib/nape.toml.d/10.toml"])
  func aLinkThatLeadsNowhereIsTold(path: String) throws {
    try machine.write(path, "")
    try FileManager.default.removeItem(atPath: "\(machine.root)/\(path)")
    #expect(symlink("/nowhere/at/all", "\(machine.root)/\(path)") == 0)
    #expect(
      machine.texts(machine.load().diagnostics) == [
        "\(path): the link leads nowhere: a regular file, or a link to /dev/null"
      ])
  }

  @Test func aFileInPlaceOfAFolderIsTold() throws {
    try machine.write("own", "")
    let told = Set(machine.texts(machine.load().diagnostics))
    #expect(
      told == [
        "own/nape.toml: Not a directory: a readable file", "own/nape.toml.d: Not a directory: a readable folder",
      ])
  }

  @Test func aNameThatIsNotUTF8IsTold() throws {
    try machine.write("etc/nape.toml.d/10.toml", move(20))
    let name = "\(machine.root)/etc/nape.toml.d/20-".utf8CString.dropLast() + [CChar(bitPattern: 0xff)]
    let file = (name + ".toml".utf8CString).withUnsafeBufferPointer { open($0.baseAddress!, O_CREAT | O_WRONLY, 0o600) }
    #expect(file >= 0)
    close(file)
    #expect(
      machine.texts(machine.load().diagnostics).first?.hasSuffix("the name of this file is not UTF-8: UTF-8") == true)
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
