import NapeCore

extension NotificationContent {
  /// How a question of the diary is shown: as a check-in is.
  public init(of question: DiaryQuestion, makesSound: Bool) {
    self.init(
      title: question.text.title, body: question.text.body,
      actions: question.choices.map { Action($0.label, .choice($0)) },
      otherWay: question.isFollowUp ? "To answer: nape detail" : nil, isLow: false, category: "x-nape.checkin",
      makesSound: makesSound)
  }
}

extension DiaryQuestion.Choice {
  fileprivate var label: String {
    switch self {
    case .mild: "Mild"
    case .moderate: "Moderate"
    case .severe: "Severe"
    case .left: "Left"
    case .right: "Right"
    case .both: "Both"
    case .yes: "Yes"
    case .no: "No"
    case .notSure: "Not sure"
    }
  }
}
