import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

/// Conversations that were damaged: whatever comes, the source ends with one word, and holds no more than it should.
@Suite struct WaylandMutationTests {
  private static let seeds = 1000

  /// All that a compositor sends in a conversation that goes through every kind of event. Numbers are given back only in
  /// the end, so that it makes no difference how soon that is read.
  private func conversation(_ notifier: FakeCompositor.Global) throws -> [UInt8] {
    let bench = try WaylandBench([WaylandBench.seat, WaylandBench.secondSeat, notifier])
    bench.compositor.releases = false
    try bench.find()
    bench.onReport = { [weak bench] in Self.answer($0, bench?.source) }
    try bench.watch(.idle(after: .seconds(60)))
    let (wait, told) = try bench.awaitPause(of: .seconds(30))
    try bench.rest()
    bench.compositor.goIdle(30_000)
    bench.compositor.goIdle(60_000)
    try bench.rest()
    #expect(told.value == [false])
    wait.value = nil
    bench.compositor.touch()
    try bench.rest()
    for _ in 0..<3 {
      bench.compositor.remove(9)
      try bench.rest()
      bench.compositor.add(WaylandBench.secondSeat)
      try bench.rest()
    }
    for id in 2...bench.compositor.highestObject { bench.compositor.send(1, 1, .uint(id)) }
    bench.compositor.send(1, 0, .uint(2), .uint(1), .string("invalid object"))
    try bench.run { !bench.losses.isEmpty }
    #expect(bench.reports.count == 3)
    return bench.compositor.sent
  }

  private static func answer(_ report: PresenceReport, _ source: WaylandSource?) {
    switch report {
    case .idle: source?.watch(.input)
    case .input: source?.watch(.idle(after: .seconds(60)))
    case .present, .inhibited, .lost: break
    }
  }

  /// Plays what a compositor sends to a client that knows nothing of that.
  ///
  /// - Returns: how the connection ended.
  private func play(_ bytes: [UInt8], cuts: inout ConversationMutator) throws -> [String] {
    let loop = try EventLoop()
    var ends: [CInt] = [-1, -1]
    let type = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    try #require(socketpair(AF_UNIX, type, 0, &ends) == 0)
    var compositor: FileDescriptor? = FileDescriptor(owning: ends[0])
    var endings: [String] = []
    let connection = try WaylandConnection(LocalSocket(FileDescriptor(owning: ends[1])), loop: loop) {
      endings.append($0.description)
    }
    var source: WaylandSource?
    let wait = Kept<(any PauseWait)?>(nil)
    let globals = WaylandGlobals(connection) { _ in }
    globals.changed = { [unowned globals] change in
      guard change == .ready else { return }
      source = WaylandSource(globals, loop: loop) { report in
        if case .lost(let why) = report { endings.append(why) }
        Self.answer(report, source)
      }
      source?.watch(.idle(after: .seconds(60)))
      wait.value = source?.awaitPause(of: .seconds(30)) { _ in }
    }
    var rest = bytes[...]
    while !rest.isEmpty, let file = compositor?.raw {
      let part = rest.prefix(Int.random(in: 1...400, using: &cuts))
      rest = rest.dropFirst(part.count)
      _ = part.withUnsafeBytes { send(file, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
      while try loop.runOnce(timeoutUSec: 0) {}
    }
    // Closing alone would not end it while a bus that another test starts holds on to it.
    if let file = compositor?.raw { shutdown(file, CInt(SHUT_RDWR)) }
    compositor = nil
    while try loop.runOnce(timeoutUSec: 0) {}
    #expect(!connection.isOpen)
    (source, wait.value) = (nil, nil)
    return endings
  }

  @Test(arguments: [WaylandBench.extInput, WaylandBench.ext, WaylandBench.kde])
  func endsWithOneWord(_ notifier: FakeCompositor.Global) throws {
    let whole = try conversation(notifier)
    var mutator = ConversationMutator(seed: 1)
    let undamaged = try play(whole, cuts: &mutator)
    #expect(undamaged == ["the compositor reports error 1: invalid object"])
    var kinds: Set<Substring> = []
    for seed in 0..<UInt64(Self.seeds) {
      var mutator = ConversationMutator(seed: seed)
      let endings = try play(mutator.mutate(whole), cuts: &mutator)
      #expect(endings.count == 1, "seed \(seed): \(endings)")
      kinds.insert((endings.first ?? "")[...].prefix { !$0.isNumber })
    }
    // The damage reaches all parts of the reader.
    #expect(kinds.count >= 8, "\(kinds)")
  }

  @Test func endsOnNoise() throws {
    for seed in 0..<UInt64(Self.seeds) {
      var noise = ConversationMutator(seed: seed)
      let bytes = (0..<Int.random(in: 0..<600, using: &noise)).map { _ in UInt8.random(in: 0...255, using: &noise) }
      #expect(try play(bytes, cuts: &noise).count == 1, "seed \(seed)")
    }
  }
}
