import NapeCore

/// The value of one key, read and within its bounds.
public enum SettingValue: Hashable, Sendable {
  case length(Microseconds)
  case lengths([Microseconds])
  case flag(Bool)
  case count(Int64)
  case text(String)
  case words([String])
}
