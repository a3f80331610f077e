/// What is compared between the time before a headache and other times.
///
/// One is declared beforehand as primary: with enough of them, some exposure always differs (`clinical.md` §5.4).
public enum Exposure: String, Hashable, Sendable, CaseIterable {
  /// A bout of an hour or more in the 2 hours that end 15 minutes before the onset. The primary one.
  case boutIn2h = "bout60-2h"
  /// The same in 1 and in 4 hours.
  case boutIn1h = "bout60-1h"
  case boutIn4h = "bout60-4h"
  /// Sitting for 90 of the 120 minutes.
  case sitting90 = "sitting90-2h"
  /// Sitting minutes of the 120, by 30.
  case sitting = "sitting-2h"
  /// As the primary one, but up to the onset itself: a sensitivity run, since people slow down when a headache begins.
  case boutWithoutLag = "bout60-2h-lag0"

  public static let primary = Exposure.boutIn2h
  /// The family that is adjusted after Holm.
  public static let secondary: [Exposure] = [.boutIn1h, .boutIn4h, .sitting90, .sitting]

  /// Where the window lies.
  struct Window: Hashable {
    /// In µs.
    var length: Microseconds
    /// How long before the onset it ends, in µs.
    var lag: Microseconds
  }

  var window: Window {
    switch self {
    case .boutIn1h: Window(length: .hour, lag: 15 * .minute)
    case .boutIn2h, .sitting90, .sitting: Window(length: 2 * .hour, lag: 15 * .minute)
    case .boutIn4h: Window(length: 4 * .hour, lag: 15 * .minute)
    case .boutWithoutLag: Window(length: 2 * .hour, lag: 0)
    }
  }

  /// Whether a window is exposed; ``sitting`` is compared by its minutes instead.
  func holds(in window: WindowExposure) -> Bool {
    switch self {
    case .boutIn1h, .boutIn2h, .boutIn4h, .boutWithoutLag: window.longestBout >= 60 * .minute
    case .sitting90: window.sitting >= 90 * .minute
    case .sitting: window.sitting > 0
    }
  }
}
