// The questions of the diary: §9 of the design. They are no prompts: they have no outcome and leave no record.

extension Engine {
  /// A headache that more could be told of, and the boot time at which the engine first heard of it.
  struct PendingCard: Hashable, Sendable {
    let card: DetailCard
    let heard: Moment
  }

  // MARK: Asking

  /// Shows a question in place of what stands; never to somebody who is not there.
  mutating func ask(_ kind: DiaryQuestion.Kind, of date: LocalDate) {
    guard ledger.kind.isAtDesk else { return takeQuestionBack() }
    questionsAsked += 1
    let asked = DiaryQuestion(
      id: DiaryQuestion.firstID + questionsAsked, kind: kind, date: date, text: text(for: kind))
    question = asked
    effects.append(.ask(asked))
  }

  /// They are the same each time, since they ask the same.
  private func text(for kind: DiaryQuestion.Kind) -> Wording {
    let list: Wordings.List =
      switch kind {
      case .strength: .diaryStrength
      case .side: .diarySide
      case .neck: .diaryNeck
      case .details: settings.prompts.checkIn.isPlain ? .diaryDetailsPlain : .diaryDetails
      }
    return wordings[list].first ?? Wording(title: list.rawValue, body: "")
  }

  /// What was not answered stays unknown, and nothing further is asked.
  mutating func takeQuestionBack() {
    guard let question else { return }
    self.question = nil
    effects.append(.hide(id: question.id))
  }

  mutating func answer(_ id: UInt64, _ choice: DiaryQuestion.Choice) {
    guard let question, question.id == id else {
      return effects.append(.refused(what: "answer", why: "that question is not asked now"))
    }
    guard question.choices.contains(choice) else {
      let list = question.choices.map(\.rawValue).joined(separator: ", ")
      let why = list.isEmpty ? "there is nothing to choose" : "it is answered by one of: \(list)"
      return effects.append(.refused(what: "answer", why: why))
    }
    effects.append(.answered(question.date, choice))
    switch question.kind {
    case .strength: ask(.side, of: question.date)
    case .side: ask(.neck, of: question.date)
    case .neck, .details: takeQuestionBack()
    }
  }

  /// The diary says that a day has no headache any more: nothing is asked of it.
  mutating func reconsiderQuestion() {
    guard let question, question.isFollowUp, dayStates[question.date] != .headache else { return }
    takeQuestionBack()
  }

  // MARK: The card that asks for details

  mutating func take(_ cards: [DetailCard], at now: Moment) {
    pendingCards = cards.map { card in
      pendingCards.first { $0.card == card } ?? PendingCard(card: card, heard: now)
    }
  }

  /// The evening of an onset, in wall time: the end of the afternoon, or the end of the day for what begins after it.
  private func evening(of onset: Stamp) -> Microseconds {
    let end = settings.diary.afternoonTo
    let isBefore = onset.secondOfDay < end
    return Stamp(secondOfDay: isBefore ? end : 0, of: isBefore ? onset.date : onset.date.adding(days: 1), in: zone).wall
  }

  /// Whether a card may be shown at this moment: on the evening of the day on which it was heard of, else after the first
  /// return of a later day. Nobody is asked for more just when they have entered what is past.
  private func isDue(_ pending: PendingCard, at now: Moment) -> Bool {
    let onset = pending.card.onset
    guard now.wall - onset.wall < settings.diary.detailUntil else { return false }
    let today = date(at: now)
    if today <= onset.date {
      let evening = evening(of: onset)
      return pending.heard.wall <= evening && evening <= now.wall
    }
    return returnedOn.map { $0 > onset.date } ?? false && returnedAt >= pending.heard.boot
  }

  /// Shows the one card of a headache, when nothing else is shown or waits and a prompt would be allowed too.
  mutating func considerCard(at now: Moment) {
    guard open == nil, question == nil, let due = pendingCards.first(where: { isDue($0, at: now) }),
      clearance(at: now) <= now.boot, lastingReason(at: now) == nil, !isBusy(at: now)
    else { return stopAsking() }
    let since = typingKind == nil ? typingSince ?? now.boot : now.boot
    guard isTyping == false || now.boot >= since + Deferral.longestTyping else {
      (typingSince, typingKind) = (since, nil)
      return
    }
    stopAsking()
    pendingCards.removeAll { $0.card == due.card }
    plan.lastPosted = now.monotonic
    ask(.details(due.card.episode), of: due.card.onset.date)
  }

  /// When a card may be shown next, as far as the clock decides that.
  var cardDeadline: Microseconds? {
    guard open == nil, question == nil, !pendingCards.isEmpty else { return nil }
    guard pendingCards.contains(where: { isDue($0, at: last) }) else {
      let evenings = pendingCards.map { last.boot + evening(of: $0.card.onset) - last.wall }
      return evenings.filter { $0 > last.boot }.min()
    }
    let clear = clearance(at: last)
    guard clear <= last.boot else { return clear }
    if pause != nil { return nil }
    if let typingSince { return min(typingSince + Deferral.longestTyping, hoursChange(after: last.boot) ?? .max) }
    if isBusy(at: last), let idleSince = presence.idleSince { return idleSince + Deferral.busyAfterInput }
    return hoursChange(after: last.boot)
  }

  // MARK: Warning signs

  /// While one is open nothing asks for another position or for an exercise.
  mutating func noteWarningSign(isOpen: Bool, at now: Moment) {
    warningSignIsOpen = isOpen
    if isOpen, let open, open.kind.restsWithWarningSign { end(.withdrawn, at: now) }
  }
}

extension Prompt.Kind {
  /// Whether it asks for a movement that is not advised while a warning sign is open.
  var restsWithWarningSign: Bool { self == .posture || self == .micro || self == .exercise }
}
