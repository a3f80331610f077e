/// When headaches began, beside the hours at the desk (`clinical.md` §1.4, afternoon share).
public struct OnsetPattern: Hashable, Sendable {
  /// Two hours of the local day.
  public struct Bin: Hashable, Sendable {
    /// The first hour, even: 0 … 22.
    public let hour: Int
    /// Onsets at the desk, away from it, and where that is not known.
    public internal(set) var atDesk = 0
    public internal(set) var away = 0
    public internal(set) var unknown = 0
    /// Time at the desk in these hours, in µs.
    public internal(set) var desk: Microseconds = 0

    public var onsets: Int { atDesk + away + unknown }

    /// Onsets at the desk in ten hours at the desk; `nil` where there was less than half an hour: no rate is worth the name.
    public var per10DeskHours: Double? {
      desk >= .minutes(30) ? Double(atDesk) / (Double(desk) / Double(Microseconds.hour)) * 10 : nil
    }
  }

  /// Twelve, from midnight.
  public internal(set) var bins: [Bin]
  /// Headaches of the period whose hour is not known.
  public internal(set) var untimed = 0
  /// Time at the desk within `diary.afternoon`, and in all, in µs.
  public internal(set) var afternoonDesk: Microseconds = 0
  public internal(set) var desk: Microseconds = 0

  init() { bins = (0..<12).map { Bin(hour: 2 * $0) } }

  /// The share of the time at the desk that lies in the afternoon: 0 … 1.
  public var afternoonDeskShare: Double? { desk > 0 ? Double(afternoonDesk) / Double(desk) : nil }
}
