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

  /// The length of the window, in µs.
  public var window: Microseconds {
    switch self {
    case .boutIn1h: .hour
    case .boutIn4h: 4 * .hour
    case .boutIn2h, .sitting90, .sitting, .boutWithoutLag: 2 * .hour
    }
  }

  /// How long before the onset the window ends, in µs.
  public var lag: Microseconds { self == .boutWithoutLag ? 0 : 15 * .minute }
}
