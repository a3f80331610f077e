/// A length of time, or one reading of a clock, in microseconds: the unit of systemd and of D-Bus `USec` members.
///
/// Signed, so that differences need no care. The range of ±292,000 years is never left: every length that comes from
/// outside is bounded where it is read.
public typealias Microseconds = Int64

extension Microseconds {
  /// One second.
  public static let second: Microseconds = 1_000_000
  /// One minute.
  public static let minute: Microseconds = 60 * second
  /// One hour.
  public static let hour: Microseconds = 60 * minute

  /// So many whole seconds.
  public static func seconds(_ count: Int64) -> Microseconds { count * second }
  /// So many whole minutes.
  public static func minutes(_ count: Int64) -> Microseconds { count * minute }
}
