/// The questions of the desk check: `Config/desk-check.toml`.
public struct DeskCheckQuestions: Hashable, Sendable {
  public struct Question: Hashable, Sendable {
    public var id: String
    public var text: String
    /// Two to four words.
    public var answers: [String]

    public init(id: String, text: String, answers: [String]) {
      (self.id, self.text, self.answers) = (id, text, answers)
    }

    /// The answer that begins with what was typed; `nil` for none or several.
    public func answer(_ typed: String) -> String? {
      if answers.contains(typed) { return typed }
      let fitting = answers.filter { !typed.isEmpty && $0.hasPrefix(typed) }
      return fitting.count == 1 ? fitting[0] : nil
    }
  }

  public var version = ""
  public var questions: [Question] = []

  public init() {}

  public subscript(id: String) -> Question? { questions.first { $0.id == id } }
}
