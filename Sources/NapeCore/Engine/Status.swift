/// What an engine can tell about itself at a moment.
public struct Status: Hashable, Sendable {
  public var kind: Span.Kind
  public var evidence: Evidence
  /// The clocks when the open span began.
  public var since: Moment
  /// Sitting time of the bout.
  public var bout: Microseconds
  /// Sitting time of the local day.
  public var today: Microseconds
  /// The prompt that comes next if the person goes on sitting, and when, in wall time.
  public var next: Next?
  /// Why a prompt that is due waits.
  public var deferred: Deferral?
  /// Until when prompts are paused, in wall time.
  public var pausedUntil: Microseconds?
  /// Since when there has been input without a pause that a source would tell of, in boot time.
  public var activeSince: Microseconds?
  /// The prompt that has no outcome yet.
  public var current: Prompt?

  public struct Next: Hashable, Sendable {
    public var kind: Prompt.Kind
    public var wall: Microseconds
  }
}

extension Engine {
  /// What is known of the local day.
  public var stateOfToday: DayState { dayStates[today.date] ?? .unknown }

  /// The state at a moment; nothing is changed by asking.
  public func status(at now: Moment) -> Status {
    func wall(_ boot: Microseconds) -> Microseconds { now.wall + boot - now.boot }
    return Status(
      kind: ledger.kind, evidence: ledger.evidence, since: ledger.begin, bout: boutSitting(at: now.boot),
      today: daySitting(at: now),
      next: nextPrompt.flatMap { next in next.at.map { .init(kind: next.kind, wall: wall($0)) } },
      deferred: waiting?.because, pausedUntil: pauseDeadline.map(wall),
      activeSince: presence.input == .active ? presence.activeSince : nil, current: open?.prompt)
  }
}
