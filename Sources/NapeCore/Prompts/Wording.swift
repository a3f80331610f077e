/// The text of one prompt: title and body, without markup.
public struct Wording: Hashable, Sendable {
  public var title: String
  public var body: String

  public init(title: String, body: String) {
    self.title = title
    self.body = body
  }

  /// With each `{name}` replaced by what it stands for.
  func filled(_ values: KeyValuePairs<String, String>) -> Wording {
    func fill(_ text: String) -> String {
      guard text.contains("{") else { return text }
      return values.reduce(text) { $0.replacing("{\($1.key)}", with: $1.value) }
    }
    return Wording(title: fill(title), body: fill(body))
  }
}

/// The texts that prompts are drawn from (`Config/wordings.toml`, which says what stands for what in them).
public struct Wordings: Hashable, Sendable {
  /// The lists; named as in the file.
  public enum List: String, Hashable, Sendable, CaseIterable {
    case move
    /// For the second `move` of a bout and those after it.
    case moveAgain = "move_again"
    case exercise
    /// For `prompts.checkin.words = "neutral"`, and for `"plain"`.
    case checkin
    case checkinPlain = "checkin_plain"
    case posture
    /// For a part of `sitting.daily_budget`, and for the whole of it.
    case budgetPart = "budget_80"
    case budgetWhole = "budget_100"
    case micro
  }

  private var texts: [List: [Wording]] = [:]

  public init() {}

  public subscript(list: List) -> [Wording] {
    get { texts[list] ?? [] }
    set { texts[list] = newValue }
  }
}
