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
  /// At the desk, in µs, in the last 30 minutes of the window.
  public let lateDesk: Microseconds

  /// 0 … 1.
  public var coverage: Double { Double(known) / Double(length) }
}
