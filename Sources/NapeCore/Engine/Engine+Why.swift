// The answer to "why": what the next prompt is, when, why not now, and which settings decide.

extension Engine {
  /// One paragraph for people.
  ///
  /// - Parameter origin: where the value of a key comes from, for instance `built-in` or `/etc/nape/nape.toml:7`.
  public func why(at now: Moment, origin: (String) -> String) -> String {
    let status = status(at: now)
    var sentences = [Self.state(status, at: now)]
    if let open { sentences.append(sentence(for: open, at: now)) }
    switch status.kind {
    case .sitting: sentences += upcoming(status, at: now, origin: origin)
    case .standing: sentences.append("Prompts count sitting time, which stands still until you sit down again.")
    case .away:
      sentences.append(
        "Nothing is prompted while you are away, or in the first \(Self.text(settings.prompts.settle)) after.")
    case .unknown: sentences.append("Nothing is prompted until it is known again that you are at the desk.")
    }
    return sentences.joined(separator: " ")
  }

  private static func state(_ status: Status, at now: Moment) -> String {
    let since = clock(status.since.wall, status.since.offsetSeconds)
    switch status.kind {
    case .sitting: return "You have been sitting for \(text(status.bout)) without a break, \(text(status.today)) today."
    case .standing: return "You have been standing since \(since)."
    case .away: return "You have been away since \(since) (\(status.evidence.rawValue))."
    case .unknown: return "Since \(since) it is not known whether you are at the desk (\(status.evidence.rawValue))."
    }
  }

  private func sentence(for open: OpenPrompt, at now: Moment) -> String {
    let posted = Self.clock(open.prompt.posted.wall, open.prompt.posted.offsetSeconds)
    guard let sign, open.kind == .move else { return "A \(open.kind.rawValue) prompt of \(posted) is open." }
    let end = Self.clock(now.wall + sign.until - now.boot, now.offsetSeconds)
    let heard = open.going == nil ? "" : ", and you said that you are going"
    return "A move prompt of \(posted) is open\(heard): a break that begins by \(end) answers it."
  }

  private func upcoming(_ status: Status, at now: Moment, origin: (String) -> String) -> [String] {
    guard let next = status.next else {
      let silent = plan.move == .silent ? "you skipped the move prompt of this stretch" : "none is enabled"
      return ["No further prompt is planned: \(silent)."]
    }
    let at = Self.clock(next.wall, now.offsetSeconds)
    let left = next.wall - now.wall
    let when = left > 0 ? "in \(Self.text(left)), at \(at), if you go on sitting" : "due now"
    var sentences = ["The next prompt is \(next.kind.rawValue), \(when)."]
    if let until = status.pausedUntil {
      sentences.append("Prompts are paused until \(Self.clock(until, now.offsetSeconds)).")
    }
    sentences.append(rule(for: next.kind, origin: origin))
    return sentences
  }

  private func rule(for kind: Prompt.Kind, origin: (String) -> String) -> String {
    let key: String
    let value: Microseconds
    var factor: Microseconds = 1
    switch (kind, plan.move) {
    case (.posture, _) where plan.postureSnoozed == nil:
      (key, value, factor) = ("prompts.posture.every", settings.prompts.posture.every, plan.postureBackOff.factor)
    case (.move, .first): (key, value, factor) = ("prompts.move.after", settings.prompts.move.after, plan.moveFactor)
    case (.move, .again(let index, _)) where index < settings.prompts.move.again.count:
      (key, value) = ("prompts.move.again", settings.prompts.move.again[index])
    default: (key, value) = ("prompts.snooze", settings.prompts.snooze)
    }
    let doubled = factor > 1 ? ", doubled since the last ones went unanswered" : ""
    return "\(key) is \(Self.text(value)) (\(origin(key)))\(doubled)."
  }

  /// A length for people: whole minutes from one minute on, else whole seconds.
  static func text(_ length: Microseconds) -> String {
    if length < .minute { return "\(max(0, length / .second)) s" }
    let minutes = length / .minute
    if minutes < 60 { return "\(minutes) min" }
    return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
  }

  private static func clock(_ wall: Microseconds, _ offsetSeconds: Int) -> String {
    WallTime.clock(utcMicroseconds: wall, offsetSeconds: offsetSeconds)
  }
}
