import NapeCore

extension Record {
  /// The record for people: a time from the start, then words.
  public func text() -> String {
    guard case .time(let t)? = self["t"] else { return json() }
    let rest = members.dropFirst().map { member -> String in
      switch member.value {
      case .time(let time): "\(member.key) \(Self.clock(time))"
      case .count(let count): "\(member.key) \(count)"
      case .text(let text): "\(member.key) \(text)"
      case .object(let members): "\(member.key) " + Self.words(members)
      }
    }
    return Self.clock(t) + "  " + rest.joined(separator: ", ")
  }

  private static func words(_ members: [Member]) -> String {
    members.map { member in
      switch member.value {
      case .time(let time): "\(member.key) \(clock(time))"
      case .count(let count): "\(member.key) \(count)"
      case .text(let text): "\(member.key) \(text)"
      case .object(let members):
        "\(member.key) (" + words(members) + ")"
      }
    }.joined(separator: ", ")
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
