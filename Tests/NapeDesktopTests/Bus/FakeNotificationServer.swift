import Systemd
import Testing

@testable import NapeDesktop

/// A notification server that does as the test says, and keeps what it was asked.
final class FakeNotificationServer {
  struct Notified: Hashable {
    var replaces: UInt32
    var icon: String
    var title: String
    var body: String
    var actions: [String]
    var hints: [String: BusValue]
  }

  private final class State {
    var notified: [Notified] = []
    var closed: [UInt32] = []
    var capabilitiesAsked = 0
    var nextID: UInt32
    /// What `Notify` answers before its id: errors.
    var errors: [BusError] = []

    init(firstID: UInt32) { nextID = firstID }
  }

  let bus: Bus
  private let state: State
  private var slot: Slot?

  /// - Parameters:
  ///   - keepsIDs: whether what replaces another has its id.
  ///   - capabilities: `nil` answers an error.
  init(_ bus: Bus, capabilities: [String]? = ["actions", "body"], firstID: UInt32 = 1, keepsIDs: Bool = true) throws {
    self.bus = bus
    let state = State(firstID: firstID)
    self.state = state
    let name = NotificationServer.busName
    slot = try bus.export(
      BusObject(
        path: NotificationServer.path, interface: name,
        methods: [
          .init("GetCapabilities", returns: [.init("capabilities", "as")]) { _ in
            state.capabilitiesAsked += 1
            guard let capabilities else { throw BusError(name: BusError.unknownMethod, message: "no") }
            return [.strings(capabilities)]
          },
          .init(
            "Notify",
            ["s", "u", "s", "s", "s", "as", "a{sv}", "i"].enumerated().map { .init("a\($0.offset)", $0.element) },
            returns: [.init("id", "u")]
          ) { values in
            state.notified.append(
              Notified(
                replaces: try #require(values[1].uint32), icon: try #require(values[2].string),
                title: try #require(values[3].string), body: try #require(values[4].string),
                actions: try #require(values[5].strings), hints: try #require(values[6].dictionary)))
            if !state.errors.isEmpty { throw state.errors.removeFirst() }
            if keepsIDs, let id = values[1].uint32, id != 0 { return [.uint32(id)] }
            state.nextID += 1
            return [.uint32(state.nextID - 1)]
          },
          .init("CloseNotification", [.init("id", "u")]) { values in
            state.closed.append(try #require(values[0].uint32))
            return []
          },
        ], properties: [],
        signals: [
          .init("ActionInvoked", [.init("id", "u"), .init("key", "s")]),
          .init("NotificationClosed", [.init("id", "u"), .init("reason", "u")]),
        ]))
  }

  func appear() throws { #expect(try bus.requestName(NotificationServer.busName)) }
  func vanish() throws { try bus.releaseName(NotificationServer.busName) }

  var notified: [Notified] { state.notified }
  var closed: [UInt32] { state.closed }
  var capabilitiesAsked: Int { state.capabilitiesAsked }

  func refuse(_ name: String, times: Int = 1) {
    state.errors = Array(repeating: BusError(name: name, message: "no"), count: times)
  }

  private func emit(_ member: String, _ values: BusValue...) throws {
    try bus.emit(path: NotificationServer.path, interface: NotificationServer.busName, member: member, values)
  }

  func invoke(_ id: UInt32, _ key: String) throws { try emit("ActionInvoked", .uint32(id), .string(key)) }
  func tellClosed(_ id: UInt32, reason: UInt32) throws { try emit("NotificationClosed", .uint32(id), .uint32(reason)) }
}
