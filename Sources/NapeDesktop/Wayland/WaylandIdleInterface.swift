/// The ways in which compositors tell of idle time, best first.
enum WaylandIdleInterface: Hashable, Sendable {
  /// `ext_idle_notifier_v1` from version 2 on, which can tell of input alone.
  case extInput
  /// `ext_idle_notifier_v1`, version 1: never idle while an inhibitor is held.
  case ext
  /// `org_kde_kwin_idle`, its forerunner, with the same fault. KWin takes less than 5 s for 5 s.
  case kde

  static let extName = "ext_idle_notifier_v1"
  static let kdeName = "org_kde_kwin_idle"

  /// The interface's name in the registry.
  var name: String { self == .kde ? Self.kdeName : Self.extName }

  /// The version that is spoken.
  var version: UInt32 { self == .extInput ? 2 : 1 }

  /// How the same object tells of idle time that inhibitors hide.
  var plain: WaylandIdleInterface { self == .extInput ? .ext : self }

  /// The request that makes a notification of a timeout on a seat.
  ///
  /// - Parameter milliseconds: counted from the last input, or from now if that was earlier.
  func makeNotification(
    _ id: UInt32, of notifier: UInt32, milliseconds: UInt32, seat: UInt32
  ) -> WaylandRequest {
    switch self {
    case .extInput: WaylandRequest(notifier, 2, .uint(id), .uint(milliseconds), .uint(seat))
    case .ext: WaylandRequest(notifier, 1, .uint(id), .uint(milliseconds), .uint(seat))
    case .kde: WaylandRequest(notifier, 0, .uint(id), .uint(seat), .uint(milliseconds))
    }
  }

  /// `destroy`, or KDE's `release`.
  func destroyNotification(_ id: UInt32) -> WaylandRequest { WaylandRequest(id, 0) }
}
