// The questions of the diary: §9 of the design. They are no prompts: they have no outcome and leave no record.

extension Engine {
  /// A headache that more could be told of, and when the engine first heard of it.
  struct PendingCard: Hashable, Sendable {
    let card: DetailCard
    var heard: Moment
    /// The question by which it is or was shown.
    var question: UInt64?

    /// Whether it has not been shown yet.
    var isOpen: Bool { !card.isShown && question == nil }
  }

  /// For so long a follow-up is left to be read before a prompt takes its place.
  private static let readingTime: Microseconds = .minutes(2)

  // MARK: Asking

  /// Shows a question in place of what stands; never to somebody who is not there.
  mutating func ask(_ kind: DiaryQuestion.Kind, of date: LocalDate, at now: Moment) {
    guard ledger.kind.isAtDesk else { return takeQuestionBack() }
    questionsAsked += 1
    let asked = DiaryQuestion(
      id: DiaryQuestion.firstID + questionsAsked, kind: kind, date: date, text: text(for: kind))
    question = asked
    questionSince = now.boot
    effects.append(.ask(asked))
  }

  /// The boot time until which a follow-up holds prompts back. Nobody is told: that it is shown tells what was answered.
  var readingEnd: Microseconds? {
    question.flatMap { $0.isFollowUp ? questionSince + Self.readingTime : nil }
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
    if let place = effects.firstIndex(of: .ask(question)) {
      // It has not been shown yet.
      effects.remove(at: place)
      if let card = pendingCards.firstIndex(where: { $0.question == question.id }) { pendingCards[card].question = nil }
    } else {
      effects.append(.hide(id: question.id))
    }
  }

  mutating func answer(_ id: UInt64, _ choice: DiaryQuestion.Choice, at now: Moment) {
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
    case .strength: ask(.side, of: question.date, at: now)
    case .side: ask(.neck, of: question.date, at: now)
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
    guard case .details(let episode) = question?.kind, !cards.contains(where: { $0.episode == episode }) else { return }
    takeQuestionBack()
  }

  /// A card that could not be shown has its turn after the next return.
  mutating func putCardBack(_ question: UInt64, at now: Moment) {
    guard let place = pendingCards.firstIndex(where: { $0.question == question }) else { return }
    (pendingCards[place].question, pendingCards[place].heard) = (nil, now)
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
    guard settings.prompts.deliver.contains(.notification), pending.isOpen,
      now.wall - onset.wall < settings.diary.detailUntil
    else { return false }
    let today = date(at: now)
    if today <= onset.date {
      let evening = evening(of: onset)
      return pending.heard.wall <= evening && evening <= now.wall
    }
    return returnedOn.map { $0 > onset.date } ?? false && returnedAt >= pending.heard.boot
  }

  /// Shows the one card of a headache, when nothing else is shown or waits and a prompt would be allowed too.
  mutating func considerCard(at now: Moment) {
    guard open == nil, question == nil, let place = pendingCards.firstIndex(where: { isDue($0, at: now) }),
      clearance(at: now) <= now.boot, lastingReason(at: now) == nil, !isBusy(at: now)
    else { return stopAsking() }
    let since = typingKind == nil ? typingSince ?? now.boot : now.boot
    guard isTyping == false || now.boot >= since + Deferral.longestTyping else {
      (typingSince, typingKind) = (since, nil)
      return
    }
    stopAsking()
    plan.lastPosted = now.monotonic
    let card = pendingCards[place].card
    ask(.details(card.episode), of: card.onset.date, at: now)
    pendingCards[place].question = question?.id
  }

  /// When a card may be shown next, as far as the clock decides that.
  var cardDeadline: Microseconds? {
    guard open == nil, question == nil, !pendingCards.isEmpty else { return nil }
    guard pendingCards.contains(where: { isDue($0, at: last) }) else {
      let evenings = pendingCards.filter(\.isOpen).map { last.boot + evening(of: $0.card.onset) - last.wall }
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
