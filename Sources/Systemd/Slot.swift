import CSystemd

/// Something that a bus connection keeps for us: a match, an object, a call that awaits its reply. Letting it go ends it.
public final class Slot {
  private let raw: OpaquePointer

  /// Takes a reference over, and keeps an object alive for as long as libsystemd may call back with it.
  init(owning raw: OpaquePointer, keeping object: AnyObject) {
    self.raw = raw
    Self.keep(object, for: raw)
  }

  /// `sd_bus_slot_unref(3)`
  deinit { sd_bus_slot_unref(raw) }

  /// Leaves a slot to its connection, which drops it after its reply or at its own end. `sd_bus_slot_set_floating(3)`
  static func float(_ raw: OpaquePointer, keeping object: AnyObject) {
    keep(object, for: raw)
    sd_bus_slot_set_floating(raw, 1)
    sd_bus_slot_unref(raw)
  }

  /// `sd_bus_slot_set_destroy_callback(3)`: called once, whatever ends the slot.
  private static func keep(_ object: AnyObject, for raw: OpaquePointer) {
    _ = Unmanaged.passRetained(object)
    sd_bus_slot_set_destroy_callback(raw) { userdata in
      guard let userdata else { return }
      Unmanaged<AnyObject>.fromOpaque(userdata).release()
    }
  }
}

/// A closure that libsystemd calls with a message.
final class MessageHandler {
  let body: (Message) -> Void

  init(_ body: @escaping (Message) -> Void) { self.body = body }

  var userdata: UnsafeMutableRawPointer { Unmanaged.passUnretained(self).toOpaque() }

  /// The C side of it.
  static let callback: sd_bus_message_handler_t = { message, userdata, _ in
    guard let message, let userdata else { return 0 }
    let handler = Unmanaged<MessageHandler>.fromOpaque(userdata).takeUnretainedValue()
    handler.body(Message(sharing: message))
    return 0
  }
}
