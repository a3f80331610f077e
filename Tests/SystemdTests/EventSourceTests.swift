import CSystemd
import Glibc
import Testing

@testable import Systemd

/// They change the signal mask of their thread.
@Suite(.serialized) struct EventSourceTests {
  private let loop: EventLoop

  init() throws { loop = try EventLoop() }

  /// Runs a body and gives its thread the signal mask back.
  private func keepingSignalMask(_ body: () throws -> Void) rethrows {
    var before = sigset_t()
    pthread_sigmask(SIG_SETMASK, nil, &before)
    defer { pthread_sigmask(SIG_SETMASK, &before, nil) }
    try body()
  }

  // MARK: The loop

  @Test func stopEndsRun() throws {
    let later = try loop.later { loop.stop() }
    try loop.run()
    withExtendedLifetime(later) {}
  }

  @Test func errorOfABodyComesOutOfRun() throws {
    let later = try loop.later { throw Thrown() }
    #expect(throws: Thrown()) { try loop.run() }
    withExtendedLifetime(later) {}
  }

  @Test func errorOfABodyComesOutOfRunOnce() throws {
    let later = try loop.later { throw Thrown() }
    #expect(throws: Thrown()) { while try loop.runOnce(timeoutUSec: 0) {} }
    withExtendedLifetime(later) {}
  }

  @Test func firstErrorStands() throws {
    let later = try loop.later {
      loop.stop(throwing: Thrown(number: 2))
      throw Thrown(number: 3)
    }
    #expect(throws: Thrown(number: 2)) { try loop.run() }
    withExtendedLifetime(later) {}
  }

  @Test func runOnceReturnsWithoutEvents() throws {
    while try loop.runOnce(timeoutUSec: 0) {}
    #expect(try !loop.runOnce(timeoutUSec: 1000))
  }

  @Test func loopIsFreedWithItsLastSource() throws {
    weak var weakLoop: EventLoop?
    var source: DeferredSource?
    do {
      let loop = try EventLoop()
      weakLoop = loop
      source = try loop.later {}
    }
    #expect(weakLoop != nil)
    #expect(source != nil)
    source = nil
    #expect(weakLoop == nil)
  }

  @Test func noWatchdogUnlessAskedFor() throws { #expect(try !loop.enableWatchdog()) }

  // MARK: Timer

  @Test func timerElapsesOnce() throws {
    var count = 0
    let timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { count += 1 }
    try timer.arm(atUSec: loop.nowUSec(CLOCK_MONOTONIC))
    try loop.turn { count > 0 }
    try loop.turnWhileReady()
    #expect(count == 1)
    try timer.arm(atUSec: 0, accuracyUSec: 1)
    try loop.turn { count > 1 }
    #expect(count == 2)
  }

  @Test func timerDoesNotElapseEarly() throws {
    var at: UInt64?
    let timer = try loop.timer(clock: CLOCK_BOOTTIME, accuracyUSec: 1) { at = loop.nowUSec(CLOCK_BOOTTIME) }
    let wanted = loop.nowUSec(CLOCK_BOOTTIME) + 20_000
    try timer.arm(atUSec: wanted)
    try loop.turn { at != nil }
    #expect(try #require(at) >= wanted)
  }

  @Test func timerIsOffAtFirstAndWhenDisarmed() throws {
    var count = 0
    let timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { count += 1 }
    try loop.turnWhileReady()
    try timer.arm(atUSec: 0)
    timer.disarm()
    try loop.turnWhileReady()
    #expect(count == 0)
  }

  @Test func timerArmsItselfAnew() throws {
    var count = 0
    var timer: Timer?
    timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) {
      count += 1
      if count < 3 { try timer?.arm(atUSec: 0) } else { loop.stop() }
    }
    try timer?.arm(atUSec: 0)
    try loop.run()
    #expect(count == 3)
    timer = nil
  }

  @Test func timerOfAnUnknownClockThrows() {
    #expect(throws: Errno.self) { try loop.timer(clock: 4711, accuracyUSec: 1) {} }
  }

  // MARK: Input and output

  @Test func ioTellsOfInput() throws {
    let pipe = try PipeEnds()
    var seen: [UInt32] = []
    let source = try loop.io(fd: pipe.read, events: EPOLLIN.rawValue) { events in
      seen.append(events)
      var byte: UInt8 = 0
      _ = read(pipe.read, &byte, 1)
    }
    try loop.turnWhileReady()
    #expect(seen.isEmpty)
    pipe.put("ab")
    try loop.turn { seen.count == 2 }
    #expect(seen.allSatisfy { $0 == EPOLLIN.rawValue })
    try source.setEvents(0)
    pipe.put("c")
    try loop.turnWhileReady()
    #expect(seen.count == 2)
  }

  @Test func ioTellsOfTheEnd() throws {
    let pipe = try PipeEnds()
    var seen: UInt32 = 0
    let source = try loop.io(fd: pipe.read, events: EPOLLIN.rawValue) { events in
      seen = events
      loop.stop()
    }
    pipe.closeWrite()
    try loop.run()
    #expect(seen & EPOLLHUP.rawValue != 0)
    withExtendedLifetime(source) {}
  }

  @Test func ioOfNoDescriptorThrows() {
    #expect(throws: Errno.self) { try loop.io(fd: -1, events: EPOLLIN.rawValue) { _ in } }
  }

  // MARK: Signals

  @Test func signalComesToTheBody() throws {
    try keepingSignalMask {
      var count = 0
      let source = try loop.signal(SIGUSR2) { count += 1 }
      // To this thread: in others it is not blocked.
      pthread_kill(pthread_self(), SIGUSR2)
      try loop.turn { count == 1 }
      withExtendedLifetime(source) {}
    }
  }

  @Test func errorOfASignalComesOutOfRun() throws {
    try keepingSignalMask {
      let source = try loop.signal(SIGUSR2) { throw Thrown() }
      pthread_kill(pthread_self(), SIGUSR2)
      #expect(throws: Thrown()) { try loop.run() }
      withExtendedLifetime(source) {}
    }
  }

  // MARK: Children

  @Test(arguments: [
    ("exit 0", ChildSource.Status.exited(0)), ("exit 7", .exited(7)), ("kill -9 $$", .killed(bySignal: 9)),
  ])
  func childEnds(_ script: String, _ status: ChildSource.Status) throws {
    try keepingSignalMask {
      try loop.blockChildSignal()
      var seen: [ChildSource.Status] = []
      let source = try loop.child(pid: try spawn(["sh", "-c", script])) { seen.append($0) }
      try loop.turn { !seen.isEmpty }
      try loop.turnWhileReady()
      #expect(seen == [status])
      withExtendedLifetime(source) {}
    }
  }

  @Test func endedChildIsReaped() throws {
    try keepingSignalMask {
      try loop.blockChildSignal()
      let pid = try spawn(["true"])
      let source = try loop.child(pid: pid) { _ in loop.stop() }
      try loop.run()
      #expect(waitpid(pid, nil, WNOHANG) == -1)
      withExtendedLifetime(source) {}
    }
  }

  @Test func childWithoutBlockedSignalThrows() throws {
    try keepingSignalMask {
      var set = sigset_t()
      sigemptyset(&set)
      sigaddset(&set, SIGCHLD)
      pthread_sigmask(SIG_UNBLOCK, &set, nil)
      #expect(throws: Errno(code: EBUSY)) { try loop.child(pid: getpid()) { _ in } }
    }
  }

  // MARK: Changes of files

  @Test func inotifyTellsTheNameInAFolder() throws {
    let folder = try TemporaryFolder()
    var names: [String?] = []
    var masks: [UInt32] = []
    let source = try loop.inotify(path: folder.path, mask: UInt32(IN_CREATE)) { mask, name in
      masks.append(mask)
      names.append(name)
    }
    close(open("\(folder.path)/a", O_CREAT | O_WRONLY, 0o600))
    close(open("\(folder.path)/a rather long name ü.txt", O_CREAT | O_WRONLY, 0o600))
    try loop.turn { names.count == 2 }
    #expect(names == ["a", "a rather long name ü.txt"])
    #expect(masks == [UInt32(IN_CREATE), UInt32(IN_CREATE)])
    withExtendedLifetime(source) {}
  }

  @Test func inotifyOfAFileHasNoName() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/file"
    let file = FileDescriptor(owning: open(path, O_CREAT | O_WRONLY, 0o600))
    var seen: [(UInt32, String?)] = []
    let source = try loop.inotify(path: path, mask: UInt32(IN_MODIFY)) { seen.append(($0, $1)) }
    #expect(write(file.raw, "x", 1) == 1)
    try loop.turn { !seen.isEmpty }
    #expect(seen[0].0 == UInt32(IN_MODIFY))
    #expect(seen[0].1 == nil)
    withExtendedLifetime(source) {}
  }

  @Test func inotifyOfNothingThrows() {
    #expect(throws: Errno.noSuchEntry) {
      try loop.inotify(path: "/nowhere/at/all", mask: UInt32(IN_MODIFY)) { _, _ in }
    }
  }

  @Test func manyChangesAndAllSourcesReleasedAtTheFirst() throws {
    let folder = try TemporaryFolder()
    var count = 0
    var sources: [InotifySource] = []
    for mask in [IN_CREATE, IN_CREATE | IN_CLOSE_WRITE, IN_ALL_EVENTS] {
      sources.append(
        try loop.inotify(path: folder.path, mask: UInt32(mask)) { _, _ in
          count += 1
          sources = []
        })
    }
    for number in 0..<20 { close(open("\(folder.path)/\(number)", O_CREAT | O_WRONLY, 0o600)) }
    try loop.turn { count > 0 }
    try loop.turnWhileReady()
    #expect(count == 1)
  }

  // MARK: Later

  @Test func laterRunsOnceAndNotAtOnce() throws {
    var count = 0
    let later = try loop.later { count += 1 }
    #expect(count == 0)
    try loop.turn { count > 0 }
    try loop.turnWhileReady()
    #expect(count == 1)
    withExtendedLifetime(later) {}
  }

  @Test func laterLetGoDoesNotRun() throws {
    var count = 0
    var later: DeferredSource? = try loop.later { count += 1 }
    #expect(later != nil)
    later = nil
    try loop.turnWhileReady()
    #expect(count == 0)
  }

  // MARK: Lifetimes

  @Test func sourcesReleasedInTheirOwnBodies() throws {
    try keepingSignalMask {
      try loop.blockChildSignal()
      let folder = try TemporaryFolder()
      let pipe = try PipeEnds()
      let freed = Freed()
      var bodies: [String] = []
      var sources: [String: EventSource] = [:]
      /// A body that lets its source go and then still uses what it holds.
      func release(_ name: String) -> () -> Void {
        let captive = freed.captive()
        return {
          sources[name] = nil
          bodies.append(name)
          captive.hold()
        }
      }
      let (timer, io, signal) = (release("timer"), release("io"), release("signal"))
      let (inotify, child, later) = (release("inotify"), release("child"), release("later"))
      let armed = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { timer() }
      try armed.arm(atUSec: 0)
      sources["timer"] = armed
      sources["io"] = try loop.io(fd: pipe.read, events: EPOLLIN.rawValue) { _ in io() }
      sources["signal"] = try loop.signal(SIGUSR2) { signal() }
      sources["inotify"] = try loop.inotify(path: folder.path, mask: UInt32(IN_CREATE)) { _, _ in inotify() }
      sources["child"] = try loop.child(pid: try spawn(["true"])) { _ in child() }
      sources["later"] = try loop.later { later() }

      pipe.put("x")
      pthread_kill(pthread_self(), SIGUSR2)
      close(open("\(folder.path)/new", O_CREAT | O_WRONLY, 0o600))
      try loop.turn { sources.isEmpty || (sources.count == 1 && sources["timer"] != nil) }
      withExtendedLifetime(armed) {}
      try loop.turn { bodies.contains("timer") }
      try loop.turnWhileReady()
      #expect(bodies.sorted() == ["child", "inotify", "io", "later", "signal", "timer"])
    }
  }

  @Test func bodyIsFreedWithItsSource() throws {
    let freed = Freed()
    var timer: Timer?
    do {
      let captive = freed.captive()
      timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) { captive.hold() }
    }
    #expect(timer != nil)
    #expect(freed.count == 0)
    timer = nil
    #expect(freed.count == 1)
  }

  @Test func bodyIsFreedAfterItHasReleasedItsSource() throws {
    let freed = Freed()
    var timer: Timer?
    do {
      let captive = freed.captive()
      timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1) {
        timer = nil
        captive.hold()
        #expect(freed.count == 0)
      }
    }
    try timer?.arm(atUSec: 0)
    try loop.turn { timer == nil }
    #expect(freed.count == 1)
  }

  @Test func bodyOfASourceThatCouldNotBeMadeIsFreed() {
    let freed = Freed()
    do {
      let captive = freed.captive()
      #expect(throws: Errno.self) { try loop.io(fd: -1, events: 0) { _ in captive.hold() } }
    }
    #expect(freed.count == 1)
  }

  @Test func fileDescriptorIsClosedOnce() throws {
    let pipe = try PipeEnds()
    var copy: FileDescriptor? = try FileDescriptor(copying: pipe.write)
    #expect(fcntl(try #require(copy).raw, F_GETFD) == FD_CLOEXEC)
    pipe.closeWrite()
    #expect(!pipe.isAtEnd)
    copy = nil
    #expect(pipe.isAtEnd)
    #expect(throws: Errno(code: EBADF)) { try FileDescriptor(copying: -1) }
  }
}
