/// The text of one prompt: title and body, without markup.
public struct Wording: Hashable, Sendable {
  public var title: String
  public var body: String

  public init(title: String, body: String) {
    self.title = title
    self.body = body
  }

  /// With each `{name}` replaced by what it stands for; others stay.
  func filled(_ values: KeyValuePairs<String, String>) -> Wording {
    Wording(title: Self.fill(title, values), body: Self.fill(body, values))
  }

  private static func fill(_ text: String, _ values: KeyValuePairs<String, String>) -> String {
    var result = ""
    var rest = Substring(text)
    while let open = rest.utf8.firstIndex(of: UInt8(ascii: "{")),
      let close = rest.utf8[open...].firstIndex(of: UInt8(ascii: "}"))
    {
      let name = rest[rest.utf8.index(after: open)..<close]
      result += rest[..<open]
      result += values.first { $0.key == name }?.value ?? String(rest[open...close])
      rest = rest[rest.utf8.index(after: close)...]
    }
    return result + rest
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
    /// For the questions that follow a *Yes*, and for the card that asks for details.
    case diaryStrength = "diary_strength"
    case diarySide = "diary_side"
    case diaryNeck = "diary_neck"
    case diaryDetails = "diary_details"
    case diaryDetailsPlain = "diary_details_plain"

    /// Whether its texts are asked of a headache, and so are the same each time.
    public var isOfDiary: Bool {
      [.diaryStrength, .diarySide, .diaryNeck, .diaryDetails, .diaryDetailsPlain].contains(self)
    }
  }

  private var texts: [List: [Wording]] = [:]

  public init() {}

  public subscript(list: List) -> [Wording] {
    get { texts[list] ?? [] }
    set { texts[list] = newValue }
  }
}
