import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

/// Conversations that were damaged: whatever comes, the source ends with one word, and holds no more than it should.
@Suite struct X11MutationTests {
  private static let seeds = 1000

  /// All that a server sends in a conversation that goes through every kind of message.
  private func conversation() throws -> [UInt8] {
    let bench = try X11Bench { $0.outputs = ["DP-1", "HDMI-1"] }
    try bench.find()
    bench.onReport = { [weak bench] in Self.answer($0, bench?.source) }
    bench.server.setIdle(.seconds(10))
    try bench.watch(.idle(after: .seconds(60)))
    bench.server.setIdle(.seconds(60))
    try bench.run { bench.server.alarms.map(\.test) == [1] }
    try bench.rest()
    bench.server.touch()
    try bench.run { bench.inputs.count == 1 }
    try bench.rest()
    bench.server.send(bytes: [34, 0] + FakeXServer.raw(bench.server.sequence) + [UInt8](repeating: 0, count: 28))
    bench.server.send(
      bytes: [0, 2] + FakeXServer.raw(bench.server.sequence) + [0, 0, 0, 0, 11, 0, 134]
        + [UInt8](repeating: 0, count: 21))
    try bench.run { !bench.losses.isEmpty }
    #expect(bench.reports.count == 3)
    return bench.server.sent
  }

  private static func answer(_ report: PresenceReport, _ source: X11Source?) {
    switch report {
    case .idle: source?.watch(.input)
    case .input: source?.watch(.idle(after: .seconds(60)))
    case .present, .inhibited, .lost: break
    }
  }

  /// Plays what a server sends to a client that knows nothing of that.
  ///
  /// - Returns: how the connection ended.
  private func play(_ bytes: [UInt8], cuts: inout ConversationMutator) throws -> [String] {
    let loop = try EventLoop()
    var ends: [CInt] = [-1, -1]
    let type = CInt(SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
    try #require(socketpair(AF_UNIX, type, 0, &ends) == 0)
    var server: FileDescriptor? = FileDescriptor(owning: ends[0])
    var endings: [String] = []
    let connection = try X11Connection(LocalSocket(FileDescriptor(owning: ends[1])), cookie: [1, 2, 3], loop: loop) {
      endings.append($0.description)
    }
    var source: X11Source?
    let counter = X11IdleCounter(connection, loop: loop) {}
    counter.ready = { [unowned counter] in
      source = X11Source(counter, loop: loop) { report in
        if case .lost(let why) = report { endings.append(why) }
        Self.answer(report, source)
      }
      source?.watch(.idle(after: .seconds(60)))
    }
    var rest = bytes[...]
    while !rest.isEmpty, let file = server?.raw {
      let part = rest.prefix(Int.random(in: 1...100, using: &cuts))
      rest = rest.dropFirst(part.count)
      _ = part.withUnsafeBytes { send(file, $0.baseAddress, $0.count, CInt(MSG_NOSIGNAL)) }
      while try loop.runOnce(timeoutUSec: 0) {}
    }
    // Closing alone would not end it while a bus that another test starts holds on to it.
    if let file = server?.raw { shutdown(file, CInt(SHUT_RDWR)) }
    server = nil
    while try loop.runOnce(timeoutUSec: 0) {}
    #expect(!connection.isOpen)
    source = nil
    return endings
  }

  @Test func endsWithOneWord() throws {
    let whole = try conversation()
    var mutator = ConversationMutator(seed: 1)
    let undamaged = try play(whole, cuts: &mutator)
    #expect(undamaged == ["the X server refused request 134.11 with error 2"])
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
    let start = FakeXServer.acceptance()
    for seed in 0..<UInt64(Self.seeds) {
      var noise = ConversationMutator(seed: seed)
      let bytes = (0..<Int.random(in: 0..<600, using: &noise)).map { _ in UInt8.random(in: 0...255, using: &noise) }
      #expect(try play((seed.isMultiple(of: 2) ? start : []) + bytes, cuts: &noise).count == 1, "seed \(seed)")
    }
  }
}
