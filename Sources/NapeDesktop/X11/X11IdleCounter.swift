import Glibc
import NapeCore
import Systemd

/// What nape uses of an X server: SYNC's counter of idle time, and one alarm on it.
final class X11IdleCounter {
  /// When the alarm goes off; in milliseconds.
  enum Limit: Hashable, Sendable {
    /// So long, or longer already.
    case reached(Int64)
    /// So long or shorter, having been longer.
    case fallen(to: Int64)
  }

  /// The numbers of requests in SYNC.
  private enum Minor {
    static let initialize: UInt8 = 0
    static let listSystemCounters: UInt8 = 1
    static let queryCounter: UInt8 = 5
    static let createAlarm: UInt8 = 8
    static let destroyAlarm: UInt8 = 11
  }

  /// The counter's name; others tell of single devices.
  private static let counterName = "IDLETIME"

  let connection: X11Connection
  private let loop: EventLoop
  /// Called from the loop, once: the server is one that can tell.
  var ready: () -> Void
  /// The alarm has gone off, and with that is no more; from the loop.
  var alarmed: (X11IdleTime) -> Void = { _ in }

  private var major: UInt8 = 0
  private var firstEvent: UInt8 = 0
  private(set) var isReady = false
  private var counter: UInt32 = 0
  private var alarm: UInt32?

  /// Asks the server what it has. Where that is not enough, ``X11Error/isXwayland``, ``X11Error/noSync`` or
  /// ``X11Error/noIdleTime`` end the connection.
  init(_ connection: X11Connection, loop: EventLoop, ready: @escaping () -> Void) {
    (self.connection, self.loop, self.ready) = (connection, loop, ready)
    connection.opened = { [weak self, weak connection] in
      guard let connection else { return }
      X11XwaylandCheck.start(connection) { self?.findSync() }
    }
    connection.event = { [weak self] number, message throws(X11Error) in try self?.take(number, message) }
  }

  private var now: Microseconds { Microseconds(loop.nowUSec(CLOCK_MONOTONIC)) }

  // MARK: What the server has

  private func findSync() {
    connection.send(.queryExtension("SYNC")) { [weak self] message throws(X11Error) in
      var fields = message.fields
      guard try fields.uint8() != 0 else { throw .noSync }
      try self?.initialize(major: try fields.uint8(), firstEvent: try fields.uint8())
    }
  }

  private func initialize(major: UInt8, firstEvent: UInt8) throws(X11Error) {
    // Extensions have the upper half of the numbers of requests, and events from 64 on.
    guard major >= 128, (64..<127).contains(firstEvent) else { throw .badMessage("an extension with wrong numbers") }
    (self.major, self.firstEvent) = (major, firstEvent)
    // A server tells nothing before it has been told the version: 3.1, and 3.0 would do.
    connection.send(X11Request(major, Minor.initialize, .uint8(3), .uint8(1), .uint16(0))) { message throws(X11Error) in
      var fields = message.fields
      guard try fields.uint8() == 3 else { throw .noSync }
    }
    connection.send(X11Request(major, Minor.listSystemCounters)) { [weak self] message throws(X11Error) in
      try self?.takeCounters(message)
    }
  }

  private func takeCounters(_ message: X11Message) throws(X11Error) {
    var fields = message.fields
    let count = try fields.uint32()
    try fields.skip(20)
    // A server that counts more than it lists is found out by the end of the message.
    for _ in 0..<count {
      let counter = try fields.uint32()
      // The counter's resolution.
      try fields.skip(8)
      let length = Int(try fields.uint16())
      let name = try fields.bytes(length)
      // The number and the name are filled up together.
      try fields.skip((4 - (2 + length) % 4) % 4)
      guard name.elementsEqual(Self.counterName.utf8) else { continue }
      self.counter = counter
      isReady = true
      return ready()
    }
    throw .noIdleTime
  }

  // MARK: The idle time

  /// Asks for it; the answer comes from the loop, and never if the connection ends.
  func ask(_ answer: @escaping (X11IdleTime) -> Void) {
    let asked = now
    connection.send(X11Request(major, Minor.queryCounter, .uint32(counter))) { [weak self] message throws(X11Error) in
      guard let self else { return }
      var fields = message.fields
      answer(X11IdleTime(milliseconds: try fields.int64(), asked: asked, told: self.now))
    }
  }

  // MARK: The alarm

  /// Sets the alarm, in place of the one that there is.
  func setAlarm(_ limit: Limit) {
    clearAlarm()
    let (test, value): (UInt32, Int64) =
      switch limit {
      case .reached(let value): (2, value)
      case .fallen(let value): (1, value)
      }
    // Each has a number of its own, by which what an older one has said is known.
    let id = connection.newObject()
    alarm = id
    // The bits tell which attributes follow: counter, kind of value (absolute), value, test, step, and whether to tell.
    // Without a step it goes off once, and a step of 1, which is the default, does not go with a limit that is fallen to.
    connection.send(
      X11Request(
        major, Minor.createAlarm, .uint32(id), .uint32(0b11_1111), .uint32(counter), .uint32(0), .int64(value),
        .uint32(test), .int64(0), .uint32(1)))
  }

  func clearAlarm() {
    guard let alarm else { return }
    self.alarm = nil
    connection.send(X11Request(major, Minor.destroyAlarm, .uint32(alarm)))
  }

  private func take(_ number: UInt8, _ message: X11Message) throws(X11Error) {
    // Others come to every client, such as a change of the keyboard.
    guard isReady, number == firstEvent + 1 else { return }
    var fields = message.fields
    let id = try fields.uint32()
    // That an alarm has been destroyed is told too; its number is not that of the present one.
    guard let alarm, id == alarm else { return }
    let value = try fields.int64()
    clearAlarm()
    alarmed(X11IdleTime(milliseconds: value, asked: now, told: now))
  }
}
