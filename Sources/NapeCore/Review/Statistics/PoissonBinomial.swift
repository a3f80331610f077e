/// How many of some independent events happen, each with its own chance.
struct PoissonBinomial {
  /// Of 0, 1, 2 … events.
  let probabilities: [Double]

  init(_ chances: [Double]) {
    probabilities = [Double](unsafeUninitializedCapacity: chances.count + 1) { buffer, count in
      buffer.initialize(repeating: 0)
      buffer[0] = 1
      for (index, chance) in chances.enumerated() {
        for events in stride(from: index + 1, to: 0, by: -1) {
          buffer[events] = buffer[events] * (1 - chance) + buffer[events - 1] * chance
        }
        buffer[0] *= 1 - chance
      }
      count = chances.count + 1
    }
  }

  func atLeast(_ events: Int) -> Double { min(1, probabilities[events...].reversed().reduce(0, +)) }

  func atMost(_ events: Int) -> Double { min(1, probabilities[...events].reduce(0, +)) }
}
