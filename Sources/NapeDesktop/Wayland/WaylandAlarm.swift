import NapeCore

/// Tells when there has been no input on any seat for a time, and of the input that ends it: a notification a seat. Where
/// inhibitors count, one that begins ends the idle time as an input does.
///
/// The time is counted from the alarm's making at the earliest. Letting it go ends it.
final class WaylandAlarm {
  enum Change: Hashable, Sendable {
    case idle
    /// Input on a seat that had been idle, now.
    case resumed
  }

  /// One seat's notification.
  private struct Notification {
    var seat: UInt32
    var id: UInt32
    /// The boot time of the seat's last input, while the notification is idle.
    var idleSince: Microseconds?
  }

  let timeout: Microseconds
  private let obeysInhibitors: Bool
  private let globals: WaylandGlobals
  private let changed: (WaylandAlarm, Change) -> Void
  private var notifications: [Notification] = []

  /// - Parameters:
  ///   - timeout: at most 49 days, after which it goes off anyway; a compositor may take more for too short a time.
  ///   - obeysInhibitors: does not go off while an inhibitor is held, also where the compositor can tell of input alone.
  ///   - changed: called from the loop.
  init(
    _ timeout: Microseconds, _ globals: WaylandGlobals, obeysInhibitors: Bool = false,
    changed: @escaping (WaylandAlarm, Change) -> Void
  ) {
    (self.timeout, self.obeysInhibitors) = (timeout, obeysInhibitors)
    (self.globals, self.changed) = (globals, changed)
    for seat in globals.seats { add(seat) }
  }

  deinit {
    for notification in notifications { destroy(notification) }
  }

  /// The boot time of the last input, while all seats are idle.
  var idleSince: Microseconds? {
    let times = notifications.compactMap(\.idleSince)
    return times.count == notifications.count ? times.max() : nil
  }

  var isIdle: Bool { idleSince != nil }

  /// Takes in a seat that is new; its time begins now.
  func add(_ seat: UInt32) {
    guard let notifier = globals.notifier else { return }
    let id = globals.connection.newObject { [weak self] event throws(WaylandError) in
      try self?.take(event, seat: seat)
    }
    notifications.append(Notification(seat: seat, id: id))
    let milliseconds = UInt32(clamping: max(0, timeout - 1) / 1000 + 1)
    globals.connection.send(
      (obeysInhibitors ? notifier.interface.plain : notifier.interface)
        .makeNotification(id, of: notifier.object, milliseconds: milliseconds, seat: seat))
  }

  /// Leaves a seat that is gone; what the others say counts from now on.
  func remove(_ seat: UInt32) {
    guard let index = notifications.firstIndex(where: { $0.seat == seat }) else { return }
    let wasIdle = isIdle
    destroy(notifications.remove(at: index))
    if !wasIdle && isIdle { changed(self, .idle) }
  }

  private func take(_ event: WaylandEvent, seat: UInt32) throws(WaylandError) {
    guard event.opcode <= 1 else { throw .unknownEvent(interface: "idle notification", opcode: event.opcode) }
    try event.read { _ in }
    guard let index = notifications.firstIndex(where: { $0.seat == seat }) else { return }
    let wasIdle = notifications[index].idleSince != nil
    switch event.opcode {
    case 0 where !wasIdle:
      notifications[index].idleSince = globals.connection.now - timeout
      if isIdle { changed(self, .idle) }
    case 1 where wasIdle:
      notifications[index].idleSince = nil
      changed(self, .resumed)
    default: break
    }
  }

  private func destroy(_ notification: Notification) {
    guard let notifier = globals.notifier else { return }
    globals.connection.send(notifier.interface.destroyNotification(notification.id))
    globals.connection.forget(notification.id)
  }
}
