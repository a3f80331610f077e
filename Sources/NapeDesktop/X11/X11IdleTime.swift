import NapeCore

/// How long there has been no input, as a server has told, and when that was: by CLOCK_MONOTONIC, on which servers count.
struct X11IdleTime: Hashable, Sendable {
  /// What servers count in.
  static let unit = Microseconds.second / 1000

  let length: Microseconds
  /// The server has looked between these two.
  let asked: Microseconds
  let told: Microseconds

  /// - Parameter milliseconds: as the server says; what is before the machine's start cannot be.
  init(milliseconds: Int64, asked: Microseconds, told: Microseconds) {
    length = min(max(0, milliseconds), told / Self.unit) * Self.unit
    (self.asked, self.told) = (asked, told)
  }

  /// The times between which the last input was.
  var earliestInput: Microseconds { asked - length - Self.unit }
  var latestInput: Microseconds { told - length }
}
