import JSON
import NapeCore

/// One line of output: an object whose members keep their order.
public struct Record: Hashable, Sendable {
  public indirect enum Value: Hashable, Sendable {
    case time(Microseconds)
    case count(Int)
    /// A share, as a decimal fraction with two places.
    case hundredths(Int)
    case flag(Bool)
    case null
    case text(String)
    case object([Member])
  }

  public struct Member: Hashable, Sendable {
    public let key: String
    public let value: Value
  }

  public let members: [Member]
  /// Whether times are written with fractions of a second; else they are cut off.
  let fractions: Bool

  init(_ members: KeyValuePairs<String, Value>, fractions: Bool) {
    self.init(members.map { Member(key: $0, value: $1) }, fractions: fractions)
  }

  init(_ members: [Member], fractions: Bool) {
    self.members = members
    self.fractions = fractions
  }

  public subscript(key: String) -> Value? { members.first { $0.key == key }?.value }

  /// JSON on one line.
  public func json() -> String { Self.json(members, fractions) }

  private static func json(_ members: [Member], _ fractions: Bool) -> String {
    let texts = members.map { "\"\($0.key)\": \(json($0.value, fractions))" }
    return "{\(texts.joined(separator: ", "))}"
  }

  private static func json(_ value: Value, _ fractions: Bool) -> String {
    switch value {
    case .time(let time): seconds(time, fractions)
    case .count(let count): String(count)
    case .hundredths(let count): decimal(count)
    case .flag(let flag): String(flag)
    case .null: "null"
    case .text(let text): JSONText.quoted(text)
    case .object(let members): json(members, fractions)
    }
  }

  static func decimal(_ hundredths: Int) -> String {
    "\(hundredths / 100).\(hundredths / 10 % 10)\(hundredths % 10)"
  }

  static func seconds(_ time: Microseconds, _ fractions: Bool) -> String {
    let (whole, rest) = time.magnitude.quotientAndRemainder(dividingBy: Microseconds.second.magnitude)
    let sign = time < 0 ? "-" : ""
    guard fractions, rest > 0 else { return whole == 0 ? "0" : "\(sign)\(whole)" }
    let digits = String(rest)
    var fraction = Substring(String(repeating: "0", count: 6 - digits.count) + digits)
    while fraction.last == "0" { fraction.removeLast() }
    return "\(sign)\(whole).\(fraction)"
  }
}
