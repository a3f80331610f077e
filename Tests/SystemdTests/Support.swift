import Foundation
import Glibc
import Testing

@testable import Systemd

/// A folder for one test, removed when the last reference is gone.
final class TemporaryFolder {
  let path: String

  init() throws {
    var template = Array("/tmp/SystemdTests.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Errno.current }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }
}

/// Both ends of a pipe, closed when the last reference is gone.
final class PipeEnds {
  let read: CInt
  private(set) var write: CInt

  init() throws {
    var ends: [CInt] = [-1, -1]
    guard pipe2(&ends, O_CLOEXEC | O_NONBLOCK) == 0 else { throw Errno.current }
    (read, write) = (ends[0], ends[1])
    _ = fcntl(read, F_SETFL, 0)
  }

  deinit {
    close(read)
    closeWrite()
  }

  func closeWrite() {
    if write >= 0 { close(write) }
    write = -1
  }

  func put(_ text: String) { _ = Glibc.write(write, text, text.utf8.count) }

  /// Whether no write end is open any more, here or anywhere.
  var isAtEnd: Bool {
    var wait = pollfd(fd: read, events: Int16(POLLIN), revents: 0)
    return poll(&wait, 1, 0) == 1 && wait.revents & Int16(POLLHUP) != 0
  }
}

/// Counts how often what a closure holds is freed.
final class Freed {
  private(set) var count = 0

  /// Something for a closure to hold.
  func captive() -> Captive { Captive(self) }

  final class Captive {
    private let freed: Freed

    fileprivate init(_ freed: Freed) { self.freed = freed }
    deinit { freed.count += 1 }

    /// Mentions it in a closure.
    func hold() {}
  }
}

struct TooLong: Error {}

/// What a body throws where an error is wanted.
struct Thrown: Error, Equatable {
  var number = 1
}

extension EventLoop {
  /// Turns until something is so. The limit is there to end a test that hangs.
  func turn(until isSo: () -> Bool) throws {
    let limit = nowUSec(CLOCK_MONOTONIC) + 60_000_000
    while !isSo() {
      guard nowUSec(CLOCK_MONOTONIC) < limit else { throw TooLong() }
      _ = try runOnce(timeoutUSec: 1_000_000)
    }
  }

  /// Handles what is there already.
  func turnWhileReady() throws {
    while try runOnce(timeoutUSec: 0) {}
  }
}

/// Two connections to a private bus, in one loop: one offers something and the other makes use of it.
final class TwoConnections {
  static let path = "/io/github/nape/Test"
  static let interface = "io.github.nape.Test"

  let daemon: PrivateBus
  let loop: EventLoop
  let client: Bus
  let service: Bus
  /// Their unique names.
  let clientName: String
  let serviceName: String

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    client = try Bus.open(address: daemon.address)
    service = try Bus.open(address: daemon.address)
    clientName = try #require(client.uniqueName)
    serviceName = try #require(service.uniqueName)
    try client.attach(to: loop)
    try service.attach(to: loop)
  }

  /// Offers methods, properties and signals at ``path``.
  func export(
    _ methods: [BusObject.Method] = [], properties: [BusObject.Property] = [], signals: [BusObject.Signal] = []
  ) throws -> Slot {
    try service.export(
      BusObject(
        path: Self.path, interface: Self.interface, methods: methods, properties: properties, signals: signals))
  }

  /// A call of the client's to the service.
  func call(
    _ member: String, _ arguments: [BusValue] = [], interface: String = TwoConnections.interface,
    path: String = TwoConnections.path
  ) throws -> Message {
    let call = try client.methodCall(serviceName, path, interface, member)
    try call.append(arguments)
    return call
  }

  /// Sends a call and turns the loop until it is answered.
  func answer(
    _ member: String, _ arguments: [BusValue] = [], interface: String = TwoConnections.interface,
    path: String = TwoConnections.path
  ) throws -> Result<[BusValue], BusError> {
    var answers: [Result<[BusValue], BusError>] = []
    try client.send(try call(member, arguments, interface: interface, path: path)) { answers.append($0) }
    try loop.turn { !answers.isEmpty }
    #expect(answers.count == 1)
    return answers[0]
  }

  /// The error that a call is answered with; `nil` where there is none.
  func refusal(
    _ member: String, _ arguments: [BusValue] = [], interface: String = TwoConnections.interface,
    path: String = TwoConnections.path
  ) throws -> BusError? {
    if case .failure(let error) = try answer(member, arguments, interface: interface, path: path) { error } else { nil }
  }

  /// Turns until the client has got whatever the service and the daemon had sent before.
  func settle() throws {
    _ = try answer("Ping", interface: "org.freedesktop.DBus.Peer")
  }
}
