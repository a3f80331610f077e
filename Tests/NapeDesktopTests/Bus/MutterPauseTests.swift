import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

@Suite struct MutterPauseTests {
  private let daemon: PrivateBus
  private let loop: EventLoop
  private let told = Kept<[Bool]>([])

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
  }

  private var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_BOOTTIME)) }

  private func pass(_ length: Microseconds) throws {
    let end = now + length
    while now < end { _ = try loop.runOnce(timeoutUSec: 20_000) }
  }

  /// An idle monitor that answers with so many milliseconds; with an error for `nil`.
  private func service(_ monitor: MutterSource.Monitor, _ idle: @escaping () -> Int64?) throws -> FakeService {
    try FakeService(
      daemon.connect(loop), name: monitor.busName, path: monitor.path,
      methods: [
        (
          "GetIdletime", "", "t",
          {
            guard let idle = idle() else { throw NothingCame() }
            return .uint64(UInt64(idle))
          }
        )
      ])
  }

  private func source(_ monitor: MutterSource.Monitor, owner: Bus) throws -> MutterSource {
    try MutterSource(
      monitor, bus: daemon.connect(loop), owner: try #require(owner.uniqueName), loop: loop,
      report: { Issue.record("it reports \($0)") })
  }

  private func awaitPause(_ source: MutterSource, of length: Microseconds) -> (any PauseWait)? {
    let before = told.value
    let wait = source.awaitPause(of: length) { [told] in told.value.append($0) }
    #expect(told.value == before, "told from within awaitPause")
    return wait
  }

  @Test(arguments: MutterSource.Monitor.allCases)
  func knowsOfAPauseAtOnce(_ monitor: MutterSource.Monitor) throws {
    let service = try service(monitor) { 3001 }
    let source = try source(monitor, owner: service.bus)
    let wait = awaitPause(source, of: .seconds(3))
    try loop.turn { told.value == [false] }
    try pass(.second / 2)
    #expect(told.value == [false])
    #expect(service.asked.value == 1)
    withExtendedLifetime(wait) {}
  }

  @Test func tellsOfTypingAndOfThePauseAfterIt() throws {
    var last = now
    let service = try service(.mutter) { (now - last) / 1000 }
    let source = try source(.mutter, owner: service.bus)
    let wait = awaitPause(source, of: .seconds(2))
    try loop.turn { told.value == [true] }
    try pass(.second / 2)
    last = now
    try loop.turn { told.value == [true, false] }
    #expect(now - last >= .seconds(2))
    #expect((3...4).contains(service.asked.value))
    withExtendedLifetime(wait) {}
  }

  @Test func asksLittleWhileSomebodyTypesOnAndOn() throws {
    let service = try service(.mutter) { 100 }
    let source = try source(.mutter, owner: service.bus)
    let wait = awaitPause(source, of: .second)
    try pass(.seconds(4))
    #expect(told.value == [true])
    #expect((3...5).contains(service.asked.value))
    withExtendedLifetime(wait) {}
  }

  @Test func isLetGo() throws {
    let service = try service(.mutter) { 0 }
    let source = try source(.mutter, owner: service.bus)
    var wait = awaitPause(source, of: .second / 2)
    try loop.turn { told.value == [true] }
    wait = nil
    try pass(.second)
    #expect(told.value == [true])
    #expect(service.asked.value == 1)
    withExtendedLifetime(wait) {}
  }

  @Test func cannotTellWhatMutterRefusesToSay() throws {
    let service = try service(.mutter) { nil }
    let source = try source(.mutter, owner: service.bus)
    let wait = awaitPause(source, of: .seconds(3))
    try loop.turn { told.value == [false] }
    withExtendedLifetime(wait) {}
  }

  @Test func cannotTellWhatMutterDoesNotAnswer() throws {
    // It is on the bus, and nobody reads what it is sent.
    let silent = try Bus.open(address: daemon.address)
    let source = try source(.mutter, owner: silent)
    let wait = awaitPause(source, of: .seconds(3))
    let before = now
    try loop.turn { told.value == [false] }
    #expect(now - before >= .seconds(2))
    withExtendedLifetime(wait) {}
  }
}
