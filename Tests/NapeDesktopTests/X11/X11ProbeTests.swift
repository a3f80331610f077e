import Glibc
import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

@Suite struct X11ProbeTests {
  @Test func findsAServerThatTells() throws {
    let bench = try X11Bench()
    try bench.find(cookie: nil)
    let source = try #require(bench.source)
    #expect(source.name == .x11)
    #expect(source.quality == .precise)
    #expect(bench.server.shownName.isEmpty && bench.server.shownCookie.isEmpty)
    #expect(bench.server.alarms.isEmpty)
    #expect(bench.server.complaints.isEmpty)
    #expect(bench.reports.isEmpty)
  }

  @Test func showsItsCookie() throws {
    let bench = try X11Bench()
    try bench.find(cookie: [1, 2, 3, 4, 5])
    #expect(bench.source != nil)
    #expect(bench.server.shownName == Array("MIT-MAGIC-COOKIE-1".utf8))
    #expect(bench.server.shownCookie == [1, 2, 3, 4, 5])
    #expect(bench.server.complaints.isEmpty)
  }

  @Test func isFoundByteByByte() throws {
    let bench = try X11Bench { $0.isSlow = true }
    try bench.find()
    #expect(bench.source != nil)
    bench.server.setIdle(.seconds(90))
    try bench.watch(.idle(after: .seconds(60)))
    try bench.run { bench.idleSince.count == 1 }
    #expect(bench.server.complaints.isEmpty)
  }

  @Test(arguments: [
    (
      FakeXServer.Welcome.refuse("Invalid MIT-MAGIC-COOKIE-1 key\n"),
      "refuses the connection: Invalid MIT-MAGIC-COOKIE-1 key"
    ),
    (.refuse(""), "refuses the connection: "),
    (.refuse("no\nsuch\u{1B}[31m thing"), "refuses the connection: no?such?[31m thing"),
    (.wantMore("say please"), "wants more than a cookie: say please"),
    (.bytes(Array("HTTP/1.1 400 Bad Request\r\n".utf8)), "began with a byte of 72"),
    (.bytes(FakeXServer.acceptance(version: 12)), "began with version 12 of the protocol"),
    (.bytes(FakeXServer.acceptance(words: 3)), "began with an answer of 20 bytes"),
    (.bytes(FakeXServer.acceptance(words: 0)), "began with an answer of 8 bytes"),
    (.bytes(FakeXServer.acceptance(screens: 0)), "began with no screen"),
    (.bytes(FakeXServer.acceptance(words: 10)), "sent a message without all its fields"),
    (.bytes(FakeXServer.acceptance(mask: 0)), "began with numbers for objects that cannot be"),
    (.bytes(FakeXServer.acceptance(mask: 0xFF)), "began with numbers for objects that cannot be"),
    (.bytes(FakeXServer.acceptance(mask: 0xF0F_FFFF)), "began with numbers for objects that cannot be"),
    (.bytes(FakeXServer.acceptance(base: 1, mask: .max)), "began with numbers for objects that cannot be"),
  ])
  func isNotLetIn(_ welcome: FakeXServer.Welcome, _ why: String) throws {
    let bench = try X11Bench { $0.welcome = welcome }
    try bench.find()
    #expect(bench.source == nil)
    #expect(bench.error?.description == "the X server " + why)
    try bench.run { !bench.server.isConnected }
  }

  @Test func takesTheLongestSetup() throws {
    // 256 KiB, which the kernel does not take at once.
    var answer = FakeXServer.acceptance(words: 65_535)[...]
    let bench = try X11Bench { $0.welcome = .bytes([]) }
    let connection = try X11Connection(LocalSocket(path: bench.server.path), cookie: nil, loop: bench.loop) { _ in }
    var isOpen = false
    connection.opened = { isOpen = true }
    try bench.run { bench.server.isConnected }
    try bench.rest()
    while !answer.isEmpty {
      #expect(!isOpen)
      bench.server.send(bytes: Array(answer.prefix(30_000)))
      answer = answer.dropFirst(30_000)
      try bench.rest()
    }
    #expect(isOpen)
  }

  @Test(arguments: [true, false])
  func refusesAServerThatCannotTell(_ isListed: Bool) throws {
    let bench = try X11Bench { $0.counters = isListed ? ["SERVERTIME", "IDLETIMER", ""] : [] }
    try bench.find()
    #expect(bench.source == nil)
    #expect(bench.error == .noIdleTime)
  }

  @Test func refusesAServerWithoutSync() throws {
    let bench = try X11Bench { $0.hasSync = false }
    try bench.find()
    #expect(bench.source == nil)
    #expect(bench.error == .noSync)
  }

  @Test func refusesXwayland() throws {
    let bench = try X11Bench { $0.isXwayland = true }
    try bench.find()
    #expect(bench.source == nil)
    #expect(bench.error == .isXwayland)
  }

  @Test(arguments: [["XWAYLAND0"], ["DP-1", "XWAYLAND12"]])
  func knowsAnOldXwaylandByItsOutputs(_ outputs: [String]) throws {
    let bench = try X11Bench { $0.outputs = outputs }
    try bench.find()
    #expect(bench.source == nil)
    #expect(bench.error == .isXwayland)
    #expect(bench.server.complaints.isEmpty)
  }

  @Test(arguments: [([], 6), (["eDP-1", "DP-1", "DP-2", "DP-3", "DP-4", ""], 6), (["XWAYLAN"], 3), (["XWAYLAND0"], 2)])
  func takesAServerWithOutputs(_ outputs: [String], _ version: Int) throws {
    let bench = try X11Bench {
      $0.outputs = outputs
      $0.versionOfRandr = UInt32(version)
    }
    try bench.find()
    #expect(bench.source != nil)
    #expect(bench.server.complaints.isEmpty)
  }

  @Test func givesUpOneThatDoesNotAnswer() throws {
    // Its loop is never turned: the kernel takes the connection, and nobody answers.
    let silent = try FakeXServer(try EventLoop())
    let bench = try X11Bench()
    var found: [X11IdleCounter?] = []
    let sockets = ["/nowhere", String(repeating: "/long", count: 30), "@nape/nobody", silent.path, bench.server.path]
    X11Probe.start(.init(sockets: sockets), loop: bench.loop, limitUSec: 1_000_000) { counter, error in
      #expect(error == nil)
      found.append(counter)
    }
    #expect(found.isEmpty)
    try bench.run { !found.isEmpty }
    let counter = try #require(found.first ?? nil)
    #expect(counter.isReady && counter.connection.isOpen)

    // Nobody else is there to be tried; and one that lets us in and then says nothing more.
    var errors: [X11Error?] = []
    X11Probe.start(.init(sockets: [silent.path]), loop: bench.loop, limitUSec: 1_000_000) { errors.append($1) }
    try bench.run { errors.count == 1 }
    X11Probe.start(.init(sockets: ["/nowhere"]), loop: bench.loop, limitUSec: 1_000_000) { errors.append($1) }
    try bench.run { errors.count == 2 }
    #expect(errors == [.silent, nil])
    withExtendedLifetime(counter) {}
  }

  @Test func triesTheNextAfterOneThatCannotTell() throws {
    let bench = try X11Bench()
    let closed = try FakeXServer(bench.loop)
    closed.welcome = .refuse("no")
    var found: [X11IdleCounter?] = []
    // The second connection gets the number of the first one's descriptor.
    X11Probe.start(
      .init(sockets: [closed.path, closed.path, bench.server.path]), loop: bench.loop, limitUSec: 30_000_000
    ) { counter, _ in found.append(counter) }
    let before = bench.now
    try bench.run { !found.isEmpty }
    #expect(found.first.map { $0 != nil } == true)
    #expect(bench.now - before < .seconds(20), "it was noticed at once, and not when the time was up")
  }

  @Test func isDoneAtOnceWithoutADisplay() throws {
    let loop = try EventLoop()
    var whys: [String?] = []
    for display in [nil, "", "nonsense", "elsewhere:0", "localhost:10.0"] {
      X11Source.probe(
        environment: { $0 == "DISPLAY" ? display : nil }, loop: loop, handler: { _ in },
        found: { source, why, mayPass in
          #expect(source == nil)
          #expect(!mayPass)
          whys.append(why)
        })
    }
    #expect(whys.isEmpty)
    while try loop.runOnce(timeoutUSec: 20_000) {}
    #expect(
      Set(whys) == [nil, "$DISPLAY is no name of an X display", "the X display is on another machine"])
    #expect(whys.count == 5)
  }

  @Test func findsAServerByItsPath() throws {
    let bench = try X11Bench()
    try bench.find { found in
      let display = "unix:" + bench.server.path + ".0"
      X11Source.probe(
        environment: { $0 == "DISPLAY" ? display : nil }, loop: bench.loop, handler: bench.handler,
        found: { source, _, _ in found(source) })
    }
    #expect(bench.source != nil)
  }

  @Test func endsTheConnectionWithTheSource() throws {
    let bench = try X11Bench()
    try bench.find()
    #expect(bench.server.isConnected)
    bench.letGo()
    try bench.run { !bench.server.isConnected }
    #expect(bench.reports.isEmpty)
  }

  // MARK: Names of displays

  @Test(arguments: [
    (":0", "0", ["/tmp/.X11-unix/X0", "@/tmp/.X11-unix/X0"]),
    (":12.1", "12", ["/tmp/.X11-unix/X12", "@/tmp/.X11-unix/X12"]),
    (":007", "7", ["/tmp/.X11-unix/X7", "@/tmp/.X11-unix/X7"]),
    ("unix:3", "3", ["/tmp/.X11-unix/X3", "@/tmp/.X11-unix/X3"]),
    ("unix/:3.0", "3", ["/tmp/.X11-unix/X3", "@/tmp/.X11-unix/X3"]),
    ("/run/x/:0", "0", ["/run/x/:0"]),
    ("/run/x.y/s.1", "0", ["/run/x.y/s.1", "/run/x.y/s"]),
    ("unix:/run/x", "0", ["/run/x"]),
  ])
  func readsDisplays(_ name: String, _ number: String, _ sockets: [String]) throws {
    let display = try X11Display(name)
    #expect(display.number == number)
    #expect(display.sockets == sockets)
  }

  @Test(arguments: [
    "", "0", ":", ":x", ":0.", ":0.x", ":0.0.0", ":-1", ":+1", ":99999", ": 1", ":٣", "unix:", "unix", "host:1:x",
  ])
  func refusesWhatIsNoDisplay(_ name: String) {
    #expect(throws: X11Error.badDisplayName) { try X11Display(name) }
  }

  @Test(arguments: ["localhost:10.0", "localhost:0", "10.0.0.1:0", "host::0", "tcp/host:0", "[::1]:0", "tcp/:0"])
  func refusesOtherMachines(_ name: String) {
    #expect(throws: X11Error.otherMachine) { try X11Display(name) }
  }
}
