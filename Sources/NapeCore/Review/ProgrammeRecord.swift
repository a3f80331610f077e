/// Since when a programme is in force, and with which week it began.
public struct ProgrammeRecord: Hashable, Sendable {
  /// ``Programme/identity``
  public let name: String
  /// `nil` where it went on where it was.
  public let week: Int?
  public let since: Stamp

  public init(name: String, week: Int?, since: Stamp) {
    self.name = name
    self.week = week
    self.since = since
  }
}
