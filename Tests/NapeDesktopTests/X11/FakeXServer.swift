import Glibc
import NapeCore
import Systemd

@testable import NapeDesktop

/// An X server for one client at a time, served by the test's own loop. There is input when the test says so.
final class FakeXServer {
  /// What it says to somebody who wants to be let in.
  enum Welcome: Hashable {
    case accept
    case refuse(String)
    case wantMore(String)
    case bytes([UInt8])
  }

  struct Alarm: Hashable {
    var id: UInt32
    /// 1 for having fallen, 2 for reached.
    var test: UInt32
    var milliseconds: Int64
  }

  static let resourceBase: UInt32 = 0x0060_0000
  static let resourceMask: UInt32 = 0x001F_FFFF
  static let sync: UInt8 = 134
  private static let randr: UInt8 = 139
  private static let root: UInt32 = 0x0123
  private static let counter: UInt32 = 0x1E

  var welcome = Welcome.accept
  var isXwayland = false
  /// The names of its outputs, as RANDR tells them; `nil` without RANDR.
  var outputs: [String]?
  var versionOfRandr: UInt32 = 6
  var hasSync = true
  var counters = ["SERVERTIME", "DEVICEIDLETIME 2", "IDLETIME"]
  /// How many counters it says that it lists; `nil` for the truth.
  var countedCounters: UInt32?
  /// Requests are taken, and nothing is answered.
  var isMute = false
  /// The bytes of all messages are sent one by one, each in a turn of the loop.
  var isSlow = false

  private let loop: EventLoop
  private let listener: FakeListener
  private var input: [UInt8] = []
  private var isLetIn = false
  private var timer: Timer?
  private var waiting: [UInt8] = []
  private var drip: DeferredSource?

  /// Of the last request.
  private(set) var sequence: UInt16 = 0
  /// What the client has shown to be let in.
  private(set) var shownName: [UInt8] = []
  private(set) var shownCookie: [UInt8] = []
  private(set) var alarms: [Alarm] = []
  private(set) var alarmCount = 0
  private(set) var questions = 0
  /// On CLOCK_MONOTONIC.
  private var lastInput: Microseconds
  /// What was wrong with the client's requests.
  private(set) var complaints: [String] = []

  init(_ loop: EventLoop) throws {
    self.loop = loop
    lastInput = Microseconds(loop.nowUSec(CLOCK_MONOTONIC))
    listener = try FakeListener(loop, name: "X7")
    listener.accepted = { [weak self] in self?.forgetClient() }
    listener.received = { [weak self] in try self?.receive($0) }
    timer = try loop.timer(clock: CLOCK_MONOTONIC, accuracyUSec: 1000) { [weak self] in self?.settle() }
  }

  var path: String { listener.path }
  /// All that was sent.
  var sent: [UInt8] { listener.sent }
  var connections: Int { listener.connections }
  var isConnected: Bool { listener.client != nil }

  private func forgetClient() { (input, isLetIn, sequence, alarms) = ([], false, 0, []) }

  private var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_MONOTONIC)) }

  /// Milliseconds.
  var idleTime: Int64 { (now - lastInput) / 1000 }

  // MARK: Requests

  private func receive(_ bytes: ArraySlice<UInt8>) throws {
    input += bytes
    if !isLetIn {
      guard let length = setupLength, input.count >= length else { return }
      try takeSetup(Array(input[..<length]))
      input.removeFirst(length)
      isLetIn = true
    }
    while input.count >= 4 {
      var fields = X11Fields(input, from: 2)
      let length = 4 * Int(try fields.uint16())
      guard length >= 4 else { return complaints.append("a request of no length") }
      guard input.count >= length else { return }
      let request = Array(input[..<length])
      input.removeFirst(length)
      sequence &+= 1
      try take(request)
    }
  }

  private var setupLength: Int? {
    guard input.count >= 12 else { return nil }
    var fields = X11Fields(input, from: 6)
    guard let name = try? fields.uint16(), let data = try? fields.uint16() else { return nil }
    return 12 + (Int(name) + 3) / 4 * 4 + (Int(data) + 3) / 4 * 4
  }

  private func takeSetup(_ request: [UInt8]) throws {
    var fields = X11Fields(request, from: 0)
    if try fields.uint8() != UInt8(ascii: UInt16(littleEndian: 1) == 1 ? "l" : "B") { complaints.append("byte order") }
    try fields.skip(1)
    if try fields.uint16() != 11 { complaints.append("version") }
    try fields.skip(2)
    let (name, data) = (Int(try fields.uint16()), Int(try fields.uint16()))
    try fields.skip(2)
    shownName = Array(try fields.bytes(name))
    try fields.skip((4 - name % 4) % 4)
    shownCookie = Array(try fields.bytes(data))
    if isMute { return }
    switch welcome {
    case .accept: send(bytes: Self.acceptance())
    case .refuse(let reason): send(bytes: Self.rejection(status: 0, reason))
    case .wantMore(let reason): send(bytes: Self.rejection(status: 2, reason))
    case .bytes(let bytes): send(bytes: bytes)
    }
  }

  /// Lets a client in, with a vendor, a format and a screen, of which only the window is told.
  static func acceptance(
    version: UInt16 = 11, base: UInt32 = resourceBase, mask: UInt32 = resourceMask, screens: Int = 1,
    words: Int = 60
  ) -> [UInt8] {
    var bytes: [UInt8] = [1, 0] + raw(version) + raw(UInt16(0)) + raw(UInt16(words))
    bytes += raw(UInt32(12_101_007)) + raw(base) + raw(mask)
    bytes += raw(UInt32(256)) + raw(UInt16(10)) + raw(UInt16.max) + [UInt8(screens), 1]
    bytes += [UInt8](repeating: 0, count: 10) + Array("nape tests..".utf8) + [24, 32, 32, 0, 0, 0, 0, 0]
    if screens > 0 { bytes += raw(root) }
    bytes += [UInt8](repeating: 0, count: max(0, 8 + 4 * words - bytes.count))
    return Array(bytes.prefix(8 + 4 * words))
  }

  private static func rejection(status: UInt8, _ reason: String) -> [UInt8] {
    let text = Array(reason.utf8) + [UInt8](repeating: 0, count: (4 - reason.utf8.count % 4) % 4)
    let length = status == 0 ? UInt8(clamping: reason.utf8.count) : 0
    return [status, length] + raw(UInt16(11)) + raw(UInt16(0)) + raw(UInt16(text.count / 4)) + text
  }

  private func take(_ request: [UInt8]) throws {
    var fields = X11Fields(request, from: 4)
    switch (request[0], request[1]) {
    case (98, _):
      let length = Int(try fields.uint16())
      try fields.skip(2)
      let name = String(decoding: try fields.bytes(length), as: UTF8.self)
      switch name {
      case "SYNC": reply([hasSync ? 1 : 0, Self.sync, 83, 134])
      case "RANDR": reply([outputs != nil ? 1 : 0, Self.randr, 89, 147])
      case "XWAYLAND": reply([isXwayland ? 1 : 0, 150, 0, 0])
      default: complaints.append("extension \(name)")
      }
    case (Self.randr, 0): reply(Self.raw(UInt32(1)) + Self.raw(versionOfRandr))
    case (Self.randr, 25):
      if try fields.uint32() != Self.root { complaints.append("outputs of another window") }
      tellOutputs()
    case (Self.randr, 9):
      let index = Int(try fields.uint32()) - 500
      if try fields.uint32() != 7 { complaints.append("time of outputs") }
      tellOutput(outputs?[index] ?? "")
    case (Self.sync, 0):
      if try fields.uint8() != 3 { complaints.append("version of SYNC") }
      reply([3, 1])
    case (Self.sync, 1): reply(Self.raw(countedCounters ?? UInt32(counters.count)), list())
    case (Self.sync, 5):
      questions += 1
      if try fields.uint32() != Self.counter { complaints.append("question for another counter") }
      reply(Self.raw(int64: idleTime))
    case (Self.sync, 8): try makeAlarm(&fields)
    case (Self.sync, 11):
      let id = try fields.uint32()
      guard let index = alarms.firstIndex(where: { $0.id == id }) else { return complaints.append("alarm \(id)") }
      tell(alarms.remove(at: index), state: 2)
    default: complaints.append("request \(request[0]).\(request[1])")
    }
  }

  /// With two controllers, whatever the outputs.
  private func tellOutputs() {
    let names = outputs ?? []
    reply(
      Self.raw(UInt32(6)) + Self.raw(UInt32(7)) + Self.raw(UInt16(2)) + Self.raw(UInt16(names.count)),
      Self.raw(UInt32(41)) + Self.raw(UInt32(42)) + names.indices.flatMap { Self.raw(UInt32(500 + $0)) })
  }

  /// With one controller, two modes and no clones.
  private func tellOutput(_ name: String) {
    let text = Array(name.utf8)
    let sizes = [1, 2, 0, 0, UInt16(text.count)].flatMap { Self.raw($0 as UInt16) }
    let more = sizes[6...] + [UInt8](repeating: 9, count: 12) + text
    reply(
      [UInt8](repeating: 0, count: 18) + sizes[..<6],
      Array(more) + [UInt8](repeating: 0, count: (4 - more.count % 4) % 4))
  }

  private func list() -> [UInt8] {
    var bytes: [UInt8] = []
    for (index, name) in counters.enumerated() {
      let id = name == "IDLETIME" ? Self.counter : UInt32(100 + index)
      bytes += Self.raw(id) + Self.raw(int64: 4) + Self.raw(UInt16(name.utf8.count)) + Array(name.utf8)
      bytes += [UInt8](repeating: 0, count: (4 - (2 + name.utf8.count) % 4) % 4)
    }
    return bytes
  }

  private func makeAlarm(_ fields: inout X11Fields) throws {
    let id = try fields.uint32()
    let (mask, counter, kind) = (try fields.uint32(), try fields.uint32(), try fields.uint32())
    let (value, test, step, events) =
      (try fields.int64(), try fields.uint32(), try fields.int64(), try fields.uint32())
    if mask != 0x3F || counter != Self.counter || kind != 0 || events != 1 || step != 0 || ![1, 2].contains(test) {
      complaints.append("attributes of an alarm")
    }
    if id & ~Self.resourceMask != Self.resourceBase || alarms.contains(where: { $0.id == id }) {
      complaints.append("number of an alarm")
    }
    alarmCount += 1
    alarms.append(Alarm(id: id, test: test, milliseconds: value))
    settle()
  }

  // MARK: What the test has it do

  /// There is input now.
  func touch() {
    let before = idleTime
    lastInput = now
    for alarm in alarms where alarm.test == 1 && before > alarm.milliseconds { tell(alarm, state: 0) }
    settle()
  }

  /// There has been no input for so long.
  func setIdle(_ length: Microseconds) {
    lastInput = now - length
    settle()
  }

  /// Tells of alarms whose time has been reached, and waits for the others.
  private func settle() {
    for alarm in alarms where alarm.test == 2 && alarm.milliseconds <= idleTime { tell(alarm, state: 1) }
    let next = alarms.filter { $0.test == 2 && $0.milliseconds > idleTime }.map(\.milliseconds).min()
    // What is further off than a day is nothing to wait for in a test.
    if let next, next < 86_400_000 { try? timer?.arm(atUSec: UInt64(lastInput + next * 1000 + 1000)) }
  }

  func tell(_ alarm: Alarm, state: UInt8, value: Int64? = nil) {
    send(
      event: 84,
      Self.raw(alarm.id) + Self.raw(int64: value ?? idleTime) + Self.raw(int64: alarm.milliseconds)
        + Self.raw(UInt32(1)) + [state])
  }

  /// - Parameter sequence: `nil` for the last request's.
  func reply(_ fields: [UInt8], _ more: [UInt8] = [], sequence: UInt16? = nil) {
    if isMute { return }
    let body = fields + [UInt8](repeating: 0, count: 24 - fields.count) + more
    send(bytes: [1, 0] + Self.raw(sequence ?? self.sequence) + Self.raw(UInt32(more.count / 4)) + body)
  }

  func send(event number: UInt8, _ fields: [UInt8] = [], sequence: UInt16? = nil) {
    let filling = [UInt8](repeating: 0, count: 28 - fields.count)
    send(bytes: [number, 0] + Self.raw(sequence ?? self.sequence) + fields + filling)
  }

  func send(bytes: [UInt8]) {
    guard isSlow else { return listener.send(bytes) }
    waiting += bytes
    if drip == nil { drop() }
  }

  private func drop() {
    guard !waiting.isEmpty else {
      drip = nil
      return
    }
    drip = try? loop.later { [weak self] in
      guard let self else { return }
      self.listener.send([self.waiting.removeFirst()])
      self.drop()
    }
  }

  /// Closes the connection.
  func disconnect() { listener.disconnect() }

  /// Takes no more clients.
  func stopListening() { listener.stopListening() }

  static func raw(_ number: some FixedWidthInteger & BitwiseCopyable) -> [UInt8] {
    withUnsafeBytes(of: number) { Array($0) }
  }

  static func raw(int64: Int64) -> [UInt8] {
    raw(Int32(truncatingIfNeeded: int64 >> 32)) + raw(UInt32(truncatingIfNeeded: int64))
  }
}
