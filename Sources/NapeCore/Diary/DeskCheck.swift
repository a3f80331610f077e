/// A short look at the desk, dated, so that it can be compared later. The questions are in `Config/desk-check.toml`.
public struct DeskCheck: Hashable, Sendable {
  public var date: LocalDate
  /// The word that was chosen by the id of the question; what was not answered is not in it.
  public var answers: [String: String]

  public init(date: LocalDate, answers: [String: String]) {
    self.date = date
    self.answers = answers
  }
}
