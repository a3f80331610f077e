import Foundation
import NapeCore
import NapeSettings
import NapeStore
import Testing

@Suite struct StoreTests {
  private let folder = FileManager.default.temporaryDirectory.appending(path: "nape-\(UUID())/data/nape").path()

  private var path: String { folder + "/nape.db" }

  private func mode(_ path: String) throws -> Int? {
    try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
  }

  private func moment(_ seconds: Int64) -> Moment {
    Moment(
      boot: .seconds(seconds), monotonic: .seconds(seconds), wall: .seconds(1_772_438_400 + seconds),
      offsetSeconds: 3600)
  }

  /// An engine that has seen an hour with a prompt to move and a lunch.
  private func engine() -> (Engine, [Effect]) {
    var engine = Engine(settings: Settings(), wordings: .builtIn(), zone: .utc, bootID: "boot", at: moment(0))
    var effects = engine.handle(.active, at: moment(0))
    effects += engine.handle(.tick, at: moment(1800))
    effects += engine.handle(.typing(false), at: moment(1800))
    effects += engine.handle(.notificationClosed(id: 1, byPerson: false), at: moment(1860))
    effects += engine.handle(.tick, at: moment(3000))
    effects += engine.handle(.typing(false), at: moment(3000))
    effects += engine.handle(.idle(since: .seconds(3000)), at: moment(3000))
    effects += engine.handle(.tick, at: moment(3120))
    effects += engine.handle(.locked, at: moment(3200))
    return (engine, effects)
  }

  @Test func isPrivate() throws {
    _ = try Store(path: path, patience: .command)
    #expect(try mode(path) == 0o600)
    #expect(try mode(folder) == 0o700)
  }

  @Test func otherPeoplesRightsAreTakenAway() throws {
    _ = try Store(path: path, patience: .command)
    try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: folder)
    _ = try Store(path: path, patience: .command)
    #expect(try mode(path) == 0o600)
    #expect(try mode(folder) == 0o700)
  }

  @Test func aLinkIsNotFollowed() throws {
    let elsewhere = FileManager.default.temporaryDirectory.appending(path: "\(UUID()).db").path()
    try Data().write(to: URL(filePath: elsewhere))
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: elsewhere)
    #expect(throws: StoreError.self) { try Store(path: path, patience: .command) }
    #expect(try Data(contentsOf: URL(filePath: elsewhere)).isEmpty)
  }

  @Test func recordsComeBackAsTheyWere() throws {
    let (engine, effects) = engine()
    let checkpoint = engine.checkpoint(at: moment(3300))
    do {
      let store = try Store(path: path, patience: .command)
      try store.record(effects, checkpoint)
    }
    let store = try Store(path: path, patience: .command)
    let spans = effects.compactMap { effect -> Span? in if case .span(let span) = effect { span } else { nil } }
    #expect(try store.spans().map(\.kind) == spans.map(\.kind))
    #expect(try store.spans().map(\.length) == spans.map(\.length))
    #expect(try store.spans().map(\.begin.wall) == spans.map(\.begin.wall))
    #expect(try store.spans().map(\.bootID) == spans.map(\.bootID))
    #expect(try store.prompts().map(\.kind) == ["posture", "move"])
    #expect(try store.prompts().last?.outcome == "taken")
    #expect(try store.checkpoint() == checkpoint)
    #expect(try store.quickCheck().isEmpty)
  }

  @Test func anEngineGoesOnFromItsCheckpoint() throws {
    let (engine, _) = engine()
    let made = moment(3300)
    let (resumed, effects) = Engine.resuming(
      engine.checkpoint(at: made), settings: Settings(), wordings: .builtIn(), zone: .utc, bootID: "boot", at: made)
    // Nothing else is known of the moment of the start.
    var marks = resumed.checkpoint(at: made).marks
    #expect(marks.removeValue(forKey: .unknownFor) == 0)
    #expect(marks == engine.checkpoint(at: made).marks)
    #expect(resumed.status(at: made).today == engine.status(at: made).today)
    #expect(effects.count == 1)
  }

  @Test func acrossARebootTheTimeDownComesFromTheWallClock() throws {
    let (engine, _) = engine()
    let later = Moment(
      boot: .seconds(10), monotonic: .seconds(10), wall: moment(3300).wall + .hour, offsetSeconds: 3600)
    let (_, effects) = Engine.resuming(
      engine.checkpoint(at: moment(3300)), settings: Settings(), wordings: .builtIn(), zone: .utc, bootID: "next",
      at: later)
    let down = effects.compactMap { effect -> Span? in
      if case .span(let span) = effect, span.evidence == .notRunning { span } else { nil }
    }
    #expect(down.map(\.length) == [.hour])
    // A clock that has gone back gives no negative time.
    let earlier = Moment(boot: .seconds(10), monotonic: .seconds(10), wall: 0, offsetSeconds: 0)
    let (resumed, none) = Engine.resuming(
      engine.checkpoint(at: moment(3300)), settings: Settings(), wordings: .builtIn(), zone: .utc, bootID: "next",
      at: earlier)
    #expect(!none.contains { if case .span(let span) = $0 { span.length <= 0 } else { false } })
    #expect(resumed.status(at: earlier).kind == .unknown)
  }

  @Test func aBusyStoreSaysThatItIsPassing() throws {
    let store = try Store(path: path, patience: .daemon)
    let (engine, effects) = engine()
    let sqlite = Process()
    sqlite.executableURL = URL(filePath: "/usr/bin/python3")
    sqlite.arguments = [
      "-c",
      "import sqlite3,sys; c=sqlite3.connect(sys.argv[1],isolation_level=None); c.execute('BEGIN IMMEDIATE'); print(1,flush=True); sys.stdin.read()",
      path,
    ]
    let (input, output) = (Pipe(), Pipe())
    (sqlite.standardInput, sqlite.standardOutput) = (input, output)
    try sqlite.run()
    _ = try output.fileHandleForReading.read(upToCount: 1)
    let error = #expect(throws: StoreError.self) { try store.record(effects, engine.checkpoint(at: moment(3300))) }
    #expect(error?.isPassing == true)
    try input.fileHandleForWriting.close()
    sqlite.waitUntilExit()
    try store.record(effects, engine.checkpoint(at: moment(3300)))
    #expect(try store.prompts().count == 2)
  }

  @Test func rubbishIsNoStore() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    let rubbish = Data((0..<8192).map { UInt8(truncatingIfNeeded: $0 &* 31) })
    try rubbish.write(to: URL(filePath: path))
    let error = #expect(throws: StoreError.self) { try Store(path: path, patience: .command) }
    #expect(error?.isPassing == false)
    #expect(try Data(contentsOf: URL(filePath: path)) == rubbish)
  }
}
