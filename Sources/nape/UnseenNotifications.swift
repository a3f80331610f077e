import NapeDesktop
import Systemd

/// A notification server that takes everything and shows nothing, for a bus of our own.
final class UnseenNotifications {
  private let bus: Bus
  private var slot: Slot?
  private var last: UInt32 = 0

  /// - Parameter bus: a connection of its own.
  init(bus: Bus, loop: EventLoop) throws {
    self.bus = bus
    let notified = ["app_name s", "replaces_id u", "app_icon s", "summary s", "body s", "actions as", "hints a{sv}"]
    slot = try bus.export(
      BusObject(
        path: NotificationServer.path, interface: NotificationServer.busName,
        methods: [
          BusObject.Method("GetCapabilities", returns: [.init("capabilities", "as")]) { _ in
            [.strings(["actions", "body"])]
          },
          BusObject.Method(
            "Notify", Self.arguments(notified + ["expire_timeout i"]), returns: [.init("id", "u")]
          ) { [weak self] values in [.uint32(self?.id(replacing: values[1].uint32 ?? 0) ?? 0)] },
          BusObject.Method("CloseNotification", [.init("id", "u")]) { _ in [] },
        ], properties: [], signals: []))
    try bus.attach(to: loop)
    _ = try bus.requestName(NotificationServer.busName)
  }

  private static func arguments(_ texts: [String]) -> [BusObject.Argument] {
    texts.map { text in
      let words = text.split(separator: " ").map(String.init)
      return BusObject.Argument(words[0], words[1])
    }
  }

  private func id(replacing replaced: UInt32) -> UInt32 {
    if replaced != 0 { return replaced }
    last += 1
    return last
  }
}
