import Glibc
import Testing

@testable import Systemd

/// Signal masks belong to threads; each test here stays on the one that it starts on.
@Suite(.serialized) struct SignalTests {
  private let loop: EventLoop

  init() throws {
    loop = try EventLoop()
  }

  private func end(of arguments: [String]) throws -> ChildSource.Status {
    try loop.blockChildSignal()
    let status = Kept<ChildSource.Status?>(nil)
    let child = try loop.child(pid: spawn(arguments)) { status.value = $0 }
    try loop.turn { status.value != nil }
    withExtendedLifetime(child) {}
    return try #require(status.value)
  }

  @Test func aSignalIsBlockedAndTold() throws {
    let count = Kept(0)
    let source = try loop.signal(SIGUSR2) { count.value += 1 }
    raise(SIGUSR2)
    #expect(count.value == 0)
    try loop.turn { count.value == 1 }
    raise(SIGUSR2)
    try loop.turn { count.value == 2 }
    withExtendedLifetime(source) {}
  }

  @Test func theErrorOfASignalsBodyComesOutOfTheLoop() throws {
    let source = try loop.signal(SIGUSR2) { throw Thrown(number: 1) }
    raise(SIGUSR2)
    #expect(throws: Thrown(number: 1)) { try loop.run() }
    withExtendedLifetime(source) {}
  }

  @Test func aSignalThatIsNoneIsRefused() {
    #expect(throws: Errno.self) { try loop.signal(0) {} }
    #expect(throws: Errno.self) { try loop.signal(4711) {} }
  }

  @Test func aChildTellsItsExitStatus() throws {
    #expect(try end(of: ["true"]) == .exited(0))
    #expect(try end(of: ["sh", "-c", "exit 7"]) == .exited(7))
  }

  @Test func aChildTellsItsSignal() throws {
    #expect(try end(of: ["sh", "-c", "kill -TERM $$"]) == .killed(bySignal: SIGTERM))
  }

  @Test func aChildIsReapedByTheLoop() throws {
    try loop.blockChildSignal()
    let pid = try spawn(["true"])
    let ended = Kept(false)
    let child = try loop.child(pid: pid) { _ in ended.value = true }
    try loop.turn { ended.value }
    #expect(waitpid(pid, nil, WNOHANG) == -1)
    #expect(errno == ECHILD)
    withExtendedLifetime(child) {}
  }
}
