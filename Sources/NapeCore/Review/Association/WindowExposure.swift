/// What the record says of a window of time.
public struct WindowExposure: Hashable, Sendable {
  /// In µs.
  public let length: Microseconds
  /// Sitting time, in µs.
  public let sitting: Microseconds
  /// The longest bout, in µs, cut to the window.
  public let longestBout: Microseconds
  /// The time of which it is known where the person was, in µs.
  public let known: Microseconds
  /// At the desk, in µs, in the last ``late`` of the window.
  public let lateDesk: Microseconds

  public init(
    length: Microseconds, sitting: Microseconds, longestBout: Microseconds, known: Microseconds, lateDesk: Microseconds
  ) {
    self.length = length
    self.sitting = sitting
    self.longestBout = longestBout
    self.known = known
    self.lateDesk = lateDesk
  }

  public static let late: Microseconds = 30 * .minute

  /// 0 … 1.
  public var coverage: Double { Double(known) / Double(length) }

  /// To the nearest.
  var sittingMinutes: Int { Int((sitting + .minute / 2) / .minute) }

  /// Whether enough is known of it to compare it: 90 %.
  var isKnown: Bool { 10 * known >= 9 * length }

  /// Whether the person was at the desk at its end, so that a long bout was possible: 15 of the last 30 minutes.
  var isAtDesk: Bool { lateDesk >= 15 * .minute }
}
