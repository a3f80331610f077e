import NapeCore

extension Record {
  /// What is told of an effect; `nil` for one that is between the engine and the screen alone.
  init?(_ effect: Effect, at t: Microseconds, fractions: Bool) {
    let time = Value.time(t)
    let members: KeyValuePairs<String, Value>
    switch effect {
    case .span(let span):
      members = [
        "t": time, "span": .text(span.kind.rawValue), "evidence": .text(span.evidence.rawValue),
        "from": .time(span.begin.boot), "to": .time(span.end),
      ]
    case .bout(let bout):
      members = [
        "t": time, "bout": .time(bout.sitting), "from": .time(bout.from), "to": .time(bout.to),
        "ended_by": .text(bout.endedBy.rawValue),
      ]
    case .post(let prompt):
      let wall = prompt.posted.wall - prompt.posted.wall % .second
      let text = WallTime.iso8601(utcMicroseconds: wall, offsetSeconds: prompt.posted.offsetSeconds)
      members = [
        "t": time, "wall": .text(text), "prompt": .text(prompt.kind.rawValue),
        "id": .count(Int(clamping: prompt.id)), "sat": .time(prompt.sat),
      ]
    case .outcome(let id, let kind, let outcome, _):
      members = [
        "t": time, "outcome": .text(outcome.rawValue), "id": .count(Int(clamping: id)),
        "prompt": .text(kind.rawValue),
      ]
    case .deferred(let kind, let because):
      members = ["t": time, "deferred": .text(kind.rawValue), "because": .text(because.rawValue)]
    case .day(let date, let state): members = ["t": time, "day": .text("\(date)"), "state": .text(state.rawValue)]
    case .clockStep(let step): members = ["t": time, "clock_step": .time(step)]
    case .refused(let what, let why): members = ["t": time, "refused": .text(what), "why": .text(why)]
    case .ask(let question):
      members = ["t": time, "question": .text(question.kind.word), "day": .text("\(question.date)")]
    case .answered(let date, let choice):
      members = ["t": time, "answer": .text(choice.rawValue), "day": .text("\(date)")]
    case .hide: return nil
    }
    self.init(members, fractions: fractions)
  }

  /// The last line of a run.
  init(_ summary: Summary, at t: Microseconds, fractions: Bool) {
    self.init(["t": .time(t), "summary": summary.value], fractions: fractions)
  }
}

extension DiaryQuestion.Kind {
  fileprivate var word: String {
    switch self {
    case .strength: "strength"
    case .side: "side"
    case .neck: "neck"
    case .details: "details"
    }
  }
}
