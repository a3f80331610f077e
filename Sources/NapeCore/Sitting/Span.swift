/// A stretch of time with one kind and one evidence: an entry of the ledger.
public struct Span: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case sitting, standing, away, unknown

    /// Whether the person is at the desk.
    public var isAtDesk: Bool { self == .sitting || self == .standing }
  }

  public let kind: Kind
  public let evidence: Evidence
  /// The clocks at its first moment.
  public let begin: Moment
  /// Greater than zero, in microseconds of boot time.
  public let length: Microseconds
  /// Which boot `begin` was read in (`/proc/sys/kernel/random/boot_id`).
  public let bootID: String

  public init(kind: Kind, evidence: Evidence, begin: Moment, length: Microseconds, bootID: String) {
    self.kind = kind
    self.evidence = evidence
    self.begin = begin
    self.length = length
    self.bootID = bootID
  }

  /// The same on an axis of boot time that begins so much earlier: that of a later boot.
  func shifted(by shift: Microseconds) -> Span {
    var begin = begin
    begin.boot += shift
    return Span(kind: kind, evidence: evidence, begin: begin, length: length, bootID: bootID)
  }

  /// The boot time of its end.
  public var end: Microseconds { begin.boot + length }
}
