/// The text of one prompt: title and body, without markup.
public struct Wording: Hashable, Sendable {
  public var title: String
  public var body: String

  public init(title: String, body: String) {
    self.title = title
    self.body = body
  }
}

/// The texts that prompts are drawn from (`Config/wordings.toml`).
///
/// In them `{sat}` stands for the sitting time of the bout and `{target}` for the length of a break, both as "50 minutes":
/// whole ones, and at least one.
public struct Wordings: Hashable, Sendable {
  public var posture: [Wording]
  public var move: [Wording]
  /// For the second `move` of a bout and those after it.
  public var moveAgain: [Wording]

  public init(posture: [Wording], move: [Wording], moveAgain: [Wording]) {
    self.posture = posture
    self.move = move
    self.moveAgain = moveAgain
  }

  func texts(for kind: Prompt.Kind, again: Bool) -> [Wording] {
    switch kind {
    case .move: again ? moveAgain : move
    default: posture
    }
  }
}
