import NapeCore

/// What a notification shows, and what it can be answered with.
public struct NotificationContent: Hashable {
  /// What a click says: to a prompt, or to a question of the diary.
  public enum Reply: Hashable, Sendable {
    case answer(Answer)
    case choice(DiaryQuestion.Choice)
  }

  /// A button and what it says.
  public struct Action: Hashable, Sendable {
    public var label: String
    public var reply: Reply

    public init(_ label: String, _ reply: Reply) {
      self.label = label
      self.reply = reply
    }

    public init(_ label: String, _ answer: Answer) { self.init(label, .answer(answer)) }
  }

  public var title: String
  /// Without markup.
  public var body: String
  /// At most three.
  public var actions: [Action]
  /// What a click on the notification says.
  public var click: Reply?
  /// How it is answered where the server offers no buttons: a line that is put under the body.
  public var otherWay: String?
  /// Nothing is lost when it goes unseen.
  public var isLow: Bool
  public var category: String
  public var makesSound: Bool
  /// The path of a picture.
  public var picture: String?

  public init(
    title: String, body: String, actions: [Action] = [], click: Reply? = nil, otherWay: String? = nil, isLow: Bool,
    category: String, makesSound: Bool = false, picture: String? = nil
  ) {
    self.title = title
    self.body = body
    self.actions = actions
    self.click = click
    self.otherWay = otherWay
    self.isLow = isLow
    self.category = category
    self.makesSound = makesSound
    self.picture = picture
  }
}
