extension FixedWidthInteger {
  /// The quotient rounded towards negative infinity and its remainder, which is never negative.
  ///
  /// Calendars need this below zero, where `/` and `%` round towards zero: second −1 belongs to day −1.
  ///
  /// - Parameter divisor: greater than zero.
  func flooredQuotientAndRemainder(dividingBy divisor: Self) -> (quotient: Self, remainder: Self) {
    let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
    return remainder < 0 ? (quotient - 1, remainder + divisor) : (quotient, remainder)
  }

  /// The remainder of a division rounded towards negative infinity: 0 ..< `divisor`.
  ///
  /// - Parameter divisor: greater than zero.
  func flooredRemainder(dividingBy divisor: Self) -> Self {
    flooredQuotientAndRemainder(dividingBy: divisor).remainder
  }
}
