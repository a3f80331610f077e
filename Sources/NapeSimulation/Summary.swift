import NapeCore

/// What a run came to.
struct Summary {
  private var lengths: [Span.Kind: Microseconds] = [:]
  private var bouts = 0
  private var breaks = 0
  private var prompts: [Prompt.Kind: Int] = [:]
  private var outcomes: [Outcome: Int] = [:]

  mutating func count(_ effect: Effect) {
    switch effect {
    case .span(let span): lengths[span.kind, default: 0] += span.length
    case .bout(let bout):
      bouts += 1
      if bout.endedBy.isBreak { breaks += 1 }
    case .post(let prompt): prompts[prompt.kind, default: 0] += 1
    case .outcome(_, _, let outcome, _): outcomes[outcome, default: 0] += 1
    case .hide, .deferred, .day, .ask, .answered, .clockStep, .refused: break
    }
  }

  var value: Record.Value {
    var members = Span.Kind.allCases.map { Record.Member(key: $0.rawValue, value: .time(lengths[$0] ?? 0)) }
    members.append(.init(key: "bouts", value: .count(bouts)))
    members.append(.init(key: "breaks", value: .count(breaks)))
    members.append(.init(key: "prompts", value: Self.counts(prompts)))
    members.append(.init(key: "outcomes", value: Self.counts(outcomes)))
    return .object(members)
  }

  /// In the order of the words; what did not occur is left out.
  private static func counts<Word: CaseIterable & RawRepresentable & Hashable>(_ counts: [Word: Int]) -> Record.Value
  where Word.RawValue == String {
    .object(
      Word.allCases.compactMap { word in counts[word].map { .init(key: word.rawValue, value: .count($0)) } })
  }
}
