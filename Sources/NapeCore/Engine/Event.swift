/// What happens to an engine. Times are boot times, at or before the moment with which the event is handed in.
public enum Event: Hashable, Sendable {
  /// A deadline has come, or the wall clock was stepped.
  case tick
  /// One input, after which there may be none.
  case input(at: Microseconds)
  /// Input comes from now on until told otherwise; by itself the confirmation of a return.
  case active
  /// There has been no input since.
  case idle(since: Microseconds)

  case locked, unlocked
  /// Another session of the seat is active, or this one again.
  case switched, switchedBack
  case asleep, awake
  case sourceLost, sourceFound
  /// Whether something (a film, a call) keeps the screen awake, and since when that is so.
  case inhibited(Bool, since: Microseconds)

  /// The answer to ``Engine/asksForPause``: whether there was input within the last 3 s. After `true` comes `false` as soon
  /// as there has been a pause of 3 s; a source that cannot tell says `false`.
  case typing(Bool)
  /// Whether the desktop asks that nobody be disturbed.
  case doNotDisturb(Bool)

  /// What exercise prompts may ask for from now on; nothing where no exercise is advised.
  case exercises([ExerciseSet])
  /// The person has done exercises without being asked by a prompt.
  case exerciseDone(at: Microseconds)
  /// The person says what a day was.
  case day(LocalDate, DayState)
  /// All that the diary knows of the days from one on.
  case knownDays(from: LocalDate, [LocalDate: DayState])
  /// All headaches that more could be told of.
  case detailCards([DetailCard])
  /// The person has answered a question of the diary.
  case answered(id: UInt64, DiaryQuestion.Choice)
  /// Whether a warning sign is open that pauses exercise and posture prompts.
  case warningSign(isOpen: Bool)

  /// A record says where the person is from now on, until it says something else; for a replay of one.
  case recorded(Span.Kind, Evidence)

  /// The person stands or sits, and says so.
  case posture(Posture)
  /// Another program says where the person is, and for how long that is valid.
  case report(by: String, Report.State, validFor: Microseconds)
  /// A program takes back what it said.
  case reportWithdrawn(by: String)

  case zone(Zone)
  case settings(Settings)

  /// `nil` answers the prompt that is shown.
  case respond(id: UInt64?, Answer)
  case takeBreak
  /// `nil` lasts until `resume` or local midnight.
  case pause(Microseconds?)
  case resume
  /// `nil` is `prompts.snooze`.
  case snooze(Microseconds?)

  /// The server closed a notification.
  case notificationClosed(id: UInt64, byPerson: Bool)
  /// Neither a server nor the journal took the prompt, or a question was not shown.
  case undeliverable(id: UInt64)

  /// The daemon stops: what is shown is taken back.
  case stop
  /// The record ends here (the end of a trace).
  case end

  public enum Posture: String, Hashable, Sendable, CaseIterable { case standing, sitting }
}
