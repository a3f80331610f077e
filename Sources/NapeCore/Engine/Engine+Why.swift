// The answer to "why": what the next prompt is, when, why not now, and which settings decide.

extension Engine {
  /// One paragraph for people.
  ///
  /// - Parameter origin: where the value of a key comes from, for instance `built-in` or `/etc/nape/nape.toml:7`.
  public func why(at now: Moment, origin: (String) -> String) -> String {
    let status = status(at: now)
    var sentences = [Self.state(status, at: now)]
    if let open { sentences.append(sentence(for: open, at: now)) }
    if warningSignIsOpen {
      // What makes it so is nobody else's: any program on the bus may ask.
      sentences.append("Posture and exercise prompts rest for now.")
    }
    switch status.kind {
    case .sitting: sentences += upcoming(status, at: now, origin: origin)
    case .standing:
      sentences.append("Prompts to move and to change position count sitting time, which stands still now.")
      sentences += upcoming(status, at: now, origin: origin)
    case .away:
      let settle = "\(Self.text(settings.prompts.settle)) after (prompts.settle, \(origin("prompts.settle")))"
      sentences.append("Nothing is prompted while you are away, or in the first \(settle).")
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
    guard let sign, open.kind == .move else { return "The \(open.kind.rawValue) prompt of \(posted) is open." }
    let end = Self.clock(now.wall + sign.until - now.boot, now.offsetSeconds)
    let heard = open.going == nil ? "" : ", and you said that you are going"
    return "The move prompt of \(posted) is open\(heard): a break that begins by \(end) answers it."
  }

  private func upcoming(_ status: Status, at now: Moment, origin: (String) -> String) -> [String] {
    guard let next = nextPrompt else {
      let silent = plan.move == .silent && status.kind == .sitting
      return [
        "No further prompt is planned" + (silent ? ": you skipped the move prompt of this stretch." : " for now.")
      ]
    }
    let kind = next.kind
    let hours = "hours.work (\(origin("hours.work"))) and hours.quiet (\(origin("hours.quiet")))"
    guard let at = next.at else { return ["No prompt is planned: \(hours) leave no time."] }
    let going = status.kind == .sitting ? "if you go on sitting" : "if you stay at the desk"
    let name = kind == .checkin ? "check-in" : kind.rawValue
    var sentences: [String] = []
    if at > now.boot {
      sentences.append("The next prompt is \(name), in \(Self.text(at - now.boot)), at \(clock(at, now)), \(going).")
    } else {
      sentences.append("The next prompt is \(name), which is due.")
    }
    sentences.append(rule(for: kind, at: now, origin: origin))
    if let gap = gap(kind, next.unrestricted, now, origin) { sentences.append(gap) }
    if let waiting {
      sentences.append(reason(waiting, at: now, origin: origin))
    } else if let end = pauseDeadline {
      sentences.append("Prompts are paused until \(clock(end, now)).")
    } else if at > next.unrestricted {
      sentences.append("Until then \(hours) hold it back.")
    } else if asksForPause, typingKind != nil {
      sentences.append("It waits for a pause in your typing.")
    }
    return sentences
  }

  /// What holds back a prompt that will have been due for a while when it is posted.
  private func gap(
    _ kind: Prompt.Kind, _ at: Microseconds, _ now: Moment, _ origin: (String) -> String
  ) -> String? {
    guard let due = due(kind, at: now), at > due, at > now.boot else { return nil }
    if at == settledAt {
      return "It leaves you \(Self.text(settings.prompts.settle)) after a return: prompts.settle "
        + "(\(origin("prompts.settle")))."
    }
    return "It keeps \(Self.text(max(settings.prompts.minGap, .second))) from the prompt before: prompts.min_gap "
      + "(\(origin("prompts.min_gap")))."
  }

  private func reason(_ waiting: Waiting, at now: Moment, origin: (String) -> String) -> String {
    func until(_ change: Microseconds?) -> String { change.map { " until \(clock($0, now))" } ?? "" }
    let patience = settings.prompts.deferUpTo
    switch waiting.because {
    case .typing:
      return "It waits for a pause in your typing, for \(Self.text(Deferral.longestTyping)) at most."
    case .inhibited:
      let limit = self.patience(for: waiting.kind, at: now)
      return "It waits while something keeps the screen awake and you are busy with it (a call, a presentation), "
        + "until \(clock(limit, now)) at the latest: prompts.defer_up_to is \(Self.text(patience)) "
        + "(\(origin("prompts.defer_up_to")))."
    case .dnd: return "It waits for as long as your desktop says not to disturb you."
    case .quiet:
      return
        "It waits for the end of quiet hours\(until(hoursChange(after: last.boot))): hours.quiet (\(origin("hours.quiet")))."
    case .hours:
      return "It waits for working hours\(until(hoursChange(after: last.boot))): hours.work (\(origin("hours.work")))."
    case .paused: return "Prompts are paused\(until(pauseDeadline))."
    }
  }

  /// Which setting makes the kind fall due when it does.
  private func rule(for kind: Prompt.Kind, at now: Moment, origin: (String) -> String) -> String {
    func says(_ key: String, _ value: Microseconds, _ what: String, times factor: Microseconds = 1) -> String {
      let doubled = factor > 1 ? ", doubled since the last ones went unanswered" : ""
      return "\(key) is \(Self.text(value)) (\(origin(key))) \(what)\(doubled)."
    }
    let prompts = settings.prompts
    let snoozed = says("prompts.snooze", prompts.snooze, "or what you said when you put it off")
    switch kind {
    case .move:
      switch plan.move {
      case .first: return says("prompts.move.after", prompts.move.after, "of sitting", times: plan.moveFactor)
      case .again(let index, _) where index < prompts.move.again.count:
        return says("prompts.move.again", prompts.move.again[index], "of sitting after the prompt before")
      case .again, .snoozed, .silent: return snoozed
      }
    case .posture:
      if plan.posture.snoozed != nil { return snoozed }
      return says("prompts.posture.every", prompts.posture.every, "of sitting", times: plan.factor(.posture))
    case .micro:
      if plan.micro.snoozed != nil { return snoozed }
      return says("prompts.micro.every", prompts.micro.every, "of sitting", times: plan.factor(.micro))
    case .exercise:
      if plan.exercise.snoozed != nil { return snoozed }
      let count = daily[today.date].exercisePrompts
      let every = says(
        "prompts.exercise.every", prompts.exercise.every, "of time at the desk", times: plan.factor(.exercise))
      return every + " \(count) of prompts.exercise.at_most_per_day = \(prompts.exercise.atMostPerDay) "
        + "(\(origin("prompts.exercise.at_most_per_day"))) came today."
    case .budget:
      let percent = budgetDue(at: now)?.percent ?? 100
      return says(
        "sitting.daily_budget", settings.sitting.dailyBudget, "of sitting a day; this is for \(percent) % of it")
    case .checkin:
      if checkInDue(at: now)?.date != today.date {
        return "Nothing was said of the day before: prompts.checkin.ask_for_yesterday "
          + "(\(origin("prompts.checkin.ask_for_yesterday")))."
      }
      let at =
        DecimalText.padded(prompts.checkIn.at / 3_600, width: 2) + ":"
        + DecimalText.padded(prompts.checkIn.at / 60 % 60, width: 2)
      return "prompts.checkin.at is \(at) (\(origin("prompts.checkin.at")))."
    }
  }

  private func clock(_ boot: Microseconds, _ now: Moment) -> String {
    let wall = now.wall + boot - now.boot
    return Self.clock(wall, zone.offset(atUTC: wall / .second))
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
