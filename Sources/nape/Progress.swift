import Glibc

/// What a command is about, on a terminal, where it takes longer than half a second.
final class Progress {
  private let isShown = isatty(STDERR_FILENO) == 1
  private let began = Progress.now
  private var isOn = false

  private static let after = 0.5

  private static var now: Double {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// - Parameter isLong: whether it is known to take longer.
  func step(_ what: String, isLong: Bool = false) {
    guard isShown, isLong || Self.now - began > Self.after else { return }
    isOn = true
    StandardError.write("\r\u{1b}[K\(what) …")
  }

  func end() { if isOn { StandardError.write("\r\u{1b}[K") } }
}
