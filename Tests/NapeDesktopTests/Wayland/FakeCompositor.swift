import Glibc
import Systemd

@testable import NapeDesktop

/// A compositor for one client at a time, served by the test's own loop. It is idle when the test says so.
final class FakeCompositor {
  struct Global {
    var name: UInt32
    var interface: String
    var version: UInt32
  }

  struct Notification {
    var id: UInt32
    var seat: UInt32
    var milliseconds: UInt32
    var isInputOnly: Bool
    var isIdle = false
  }

  var globals: [Global]
  /// Whether numbers of objects that are no longer used are given back.
  var releases = true
  /// Something keeps the screen awake: notifications that are not of input alone are not idle.
  private(set) var isInhibited = false

  private let listener: FakeListener
  private var input = WaylandInput()

  private var registry: UInt32?
  /// Interfaces of the objects that the client made of globals.
  private(set) var bound: [UInt32: String] = [:]
  /// The names in the registry of the seats by the numbers of their objects.
  private var seatNames: [UInt32: UInt32] = [:]
  private(set) var notifications: [Notification] = []
  /// The highest number that the client has given an object.
  private(set) var highestObject: UInt32 = 1
  /// What was wrong with the client's requests.
  private(set) var complaints: [String] = []

  init(_ loop: EventLoop, _ globals: [Global]) throws {
    self.globals = globals
    listener = try FakeListener(loop, name: "wayland-0")
    listener.accepted = { [weak self] in self?.forgetClient() }
    listener.received = { [weak self] in try self?.receive($0) }
  }

  var path: String { listener.path }
  /// All that was sent.
  var sent: [UInt8] { listener.sent }
  var connections: Int { listener.connections }
  var isConnected: Bool { listener.client != nil }

  private func forgetClient() {
    (input, registry, bound, seatNames, notifications) = (WaylandInput(), nil, [:], [:], [])
  }

  // MARK: Requests

  private func receive(_ bytes: ArraySlice<UInt8>) throws {
    input.append(bytes)
    while let request = try input.next() { try take(request) }
  }

  private func take(_ request: WaylandEvent) throws {
    var arguments = WaylandArguments(request.arguments)
    if request.object == 1, request.opcode == 0 {
      let callback = try arguments.newObject(&highestObject)
      send(callback, 0, .uint(0))
      release(callback)
    } else if request.object == 1, request.opcode == 1 {
      registry = try arguments.newObject(&highestObject)
      for global in globals { announce(global) }
    } else if request.object == registry, request.opcode == 0 {
      let name = try arguments.uint()
      let interface = try arguments.string()
      let version = try arguments.uint()
      let object = try arguments.newObject(&highestObject)
      guard globals.contains(where: { $0.name == name && $0.interface == interface && version <= $0.version }) else {
        return complaints.append("bind of \(interface) version \(version)")
      }
      bound[object] = interface
      if interface == "wl_seat" {
        seatNames[object] = name
        send(object, 0, .uint(3))
      }
    } else if bound[request.object] == "ext_idle_notifier_v1", request.opcode == 1 || request.opcode == 2 {
      let id = try arguments.newObject(&highestObject)
      let milliseconds = try arguments.uint()
      add(id, seat: try arguments.uint(), milliseconds, isInputOnly: request.opcode == 2)
    } else if bound[request.object] == "org_kde_kwin_idle", request.opcode == 0 {
      let id = try arguments.newObject(&highestObject)
      let seat = try arguments.uint()
      add(id, seat: seat, try arguments.uint(), isInputOnly: false)
    } else if let index = notifications.firstIndex(where: { $0.id == request.object }), request.opcode == 0 {
      notifications.remove(at: index)
      release(request.object)
    } else {
      complaints.append("request \(request.opcode) of object \(request.object)")
    }
    try arguments.end()
  }

  private func add(_ id: UInt32, seat: UInt32, _ milliseconds: UInt32, isInputOnly: Bool) {
    guard let name = seatNames[seat] else { return complaints.append("notification of object \(seat)") }
    notifications.append(
      Notification(id: id, seat: name, milliseconds: milliseconds, isInputOnly: isInputOnly))
  }

  private func announce(_ global: Global) {
    guard let registry else { return }
    send(registry, 0, .uint(global.name), .string(global.interface), .uint(global.version))
  }

  private func release(_ id: UInt32) {
    if releases { send(1, 1, .uint(id)) }
  }

  // MARK: What the test has it do

  /// No input for as long as these notifications wait for.
  ///
  /// - Parameter isInputOnly: those of input alone, or the others; `nil` for all.
  func goIdle(_ milliseconds: UInt32, seat: UInt32? = nil, isInputOnly: Bool? = nil) {
    for index in notifications.indices where !notifications[index].isIdle {
      guard notifications[index].milliseconds == milliseconds else { continue }
      guard isInputOnly ?? notifications[index].isInputOnly == notifications[index].isInputOnly else { continue }
      guard !isInhibited || notifications[index].isInputOnly else { continue }
      guard seat ?? notifications[index].seat == notifications[index].seat else { continue }
      notifications[index].isIdle = true
      send(notifications[index].id, 0)
    }
  }

  /// Input on a seat, or on all.
  func touch(seat: UInt32? = nil) {
    for index in notifications.indices where notifications[index].isIdle {
      guard seat ?? notifications[index].seat == notifications[index].seat else { continue }
      notifications[index].isIdle = false
      send(notifications[index].id, 1)
    }
  }

  /// Something begins to keep the screen awake, which ends idle times as input does; or ends, from which on they count
  /// anew.
  func inhibit(_ begins: Bool) {
    isInhibited = begins
    guard begins else { return }
    for index in notifications.indices where notifications[index].isIdle && !notifications[index].isInputOnly {
      notifications[index].isIdle = false
      send(notifications[index].id, 1)
    }
  }

  func add(_ global: Global) {
    globals.append(global)
    announce(global)
  }

  func remove(_ name: UInt32) {
    globals.removeAll { $0.name == name }
    guard let registry else { return }
    send(registry, 1, .uint(name))
  }

  func send(_ object: UInt32, _ opcode: UInt16, _ arguments: WaylandRequest.Argument...) {
    var message = WaylandRequest(object, opcode)
    message.arguments = arguments
    send(bytes: message.bytes)
  }

  func send(bytes: [UInt8]) { listener.send(bytes) }

  /// Sends bytes together with a file descriptor.
  func send(bytes: [UInt8], with file: CInt) {
    guard let client = listener.client else { return }
    var bytes = bytes
    // A header of 16 bytes (length, level, type), the descriptor, and filling up to 8.
    var control = [UInt8](repeating: 0, count: 24)
    control.withUnsafeMutableBytes { buffer in
      buffer.storeBytes(of: 20, as: Int.self)
      buffer.storeBytes(of: CInt(SOL_SOCKET), toByteOffset: 8, as: CInt.self)
      buffer.storeBytes(of: CInt(SCM_RIGHTS), toByteOffset: 12, as: CInt.self)
      buffer.storeBytes(of: file, toByteOffset: 16, as: CInt.self)
    }
    bytes.withUnsafeMutableBytes { bytes in
      control.withUnsafeMutableBytes { control in
        var part = iovec(iov_base: bytes.baseAddress, iov_len: bytes.count)
        withUnsafeMutablePointer(to: &part) { part in
          var message = msghdr()
          (message.msg_iov, message.msg_iovlen) = (part, 1)
          (message.msg_control, message.msg_controllen) = (control.baseAddress, control.count)
          let count = sendmsg(client.raw, &message, CInt(MSG_NOSIGNAL))
          if count != bytes.count { complaints.append("sendmsg: \(Errno.current)") }
        }
      }
    }
  }

  /// Closes the connection.
  func disconnect() { listener.disconnect() }

  /// Takes no more clients.
  func stopListening() { listener.stopListening() }
}

extension WaylandArguments {
  fileprivate mutating func newObject(_ highest: inout UInt32) throws -> UInt32 {
    let id = try uint()
    highest = max(highest, id)
    return id
  }
}
