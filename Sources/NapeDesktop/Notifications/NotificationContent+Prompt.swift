import NapeCore

extension NotificationContent {
  /// How a prompt is shown: its buttons, and how much it may ask for attention.
  ///
  /// - Parameters:
  ///   - snooze: `prompts.snooze`, for the label.
  ///   - plainCheckIn: whether a check-in may name what it asks for; screens are shared.
  ///   - pictures: where pictures of exercises are.
  public init(
    of prompt: Prompt, snooze: Microseconds, makesSound: Bool, plainCheckIn: Bool = false, pictures: Pictures
  ) {
    self.init(
      title: prompt.text.title, body: prompt.text.body,
      actions: Self.actions(for: prompt.kind, snooze: snooze, plainCheckIn: plainCheckIn),
      // Where there are buttons, a click beside them is no answer.
      click: prompt.kind.hasButtons ? nil : .answer(.done),
      otherWay: Self.otherWay(to: prompt, plainCheckIn: plainCheckIn),
      isLow: prompt.kind.isLow, category: "x-nape.\(prompt.kind.rawValue)", makesSound: makesSound,
      picture: prompt.exercises.lazy.compactMap(pictures.path(of:)).first)
  }

  private static func actions(for kind: Prompt.Kind, snooze: Microseconds, plainCheckIn: Bool) -> [Action] {
    switch kind {
    case .move:
      let minutes = max(1, snooze / .minute)
      return [
        Action("Going", .going), Action("\(minutes) more minute\(minutes == 1 ? "" : "s")", .snoozed),
        Action("Skip", .skipped),
      ]
    case .exercise: return [Action("Done", .done), Action("Later", .snoozed), Action("Skip", .skipped)]
    case .checkin:
      return plainCheckIn
        ? [Action("No headache", .none), Action("Yes", .yes), Action("Not now", .skipped)]
        : [Action("Nothing to note", .none), Action("Something to note", .yes), Action("Not now", .skipped)]
    case .posture, .budget, .micro: return []
    }
  }

  /// The commands that answer a prompt, for a server without buttons and for the journal; `nil` where an answer is not
  /// needed.
  ///
  /// - Parameter plainCheckIn: as for a notification; a check-in's name no headache without it.
  public static func otherWay(to prompt: Prompt, plainCheckIn: Bool = false) -> String? {
    switch prompt.kind {
    case .move: "To answer: nape break, or nape snooze."
    case .exercise:
      "To answer: \((["nape exercise done"] + prompt.exercises).joined(separator: " ")), or nape snooze."
    case .checkin: plainCheckIn ? "To answer: nape day none, or nape headache." : "To answer: nape day"
    case .posture, .budget, .micro: nil
    }
  }
}

extension Prompt.Kind {
  fileprivate var hasButtons: Bool {
    switch self {
    case .move, .exercise, .checkin: true
    case .posture, .budget, .micro: false
    }
  }

  fileprivate var isLow: Bool { !hasButtons }
}
