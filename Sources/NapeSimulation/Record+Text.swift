import NapeCore

extension Record {
  /// The record for people: a time from the start, then words.
  public func text() -> String {
    guard case .time(let t)? = self["t"] else { return json() }
    return Self.clock(t) + "  " + Self.words(Array(members.dropFirst()))
  }

  private static func words(_ members: [Member]) -> String {
    members.map { "\($0.key) \(word($0.value))" }.joined(separator: ", ")
  }

  private static func word(_ value: Value) -> String {
    switch value {
    case .time(let time): clock(time)
    case .count(let count): "\(count)"
    case .hundredths(let count): decimal(count)
    case .flag(let flag): flag ? "yes" : "no"
    case .null: "unknown"
    case .text(let text): text
    case .object(let members): "(" + words(members) + ")"
    }
  }

  /// `h:mm:ss`
  private static func clock(_ time: Microseconds) -> String {
    let seconds = time / .second
    func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let sign = seconds < 0 ? "-" : ""
    let size = abs(seconds)
    return "\(sign)\(size / 3600):\(two(size / 60 % 60)):\(two(size % 60))"
  }
}
