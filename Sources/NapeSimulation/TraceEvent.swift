import NapeCore

/// One line of a trace (§14 of the design).
struct TraceLine {
  /// From 1.
  let number: Int
  /// Boot time from the start.
  let t: Microseconds
  let event: TraceEvent
}

enum TraceEvent {
  enum Input: String, CaseIterable { case active, typing, idle, once }
  enum Session: String, CaseIterable { case locked, unlocked, switched, active }
  enum Source: String, CaseIterable { case lost, ok }
  enum Command: String, CaseIterable { case pause, resume, `break`, snooze }

  case input(Input)
  case inhibited(Bool)
  case session(Session)
  case doNotDisturb(Bool)
  case sleep(Bool)
  case source(Source)
  case posture(Event.Posture)
  case clock(Microseconds)
  case zone(String)
  case respond(Answer)
  /// To the question of the diary that is shown.
  case answer(DiaryQuestion.Choice)
  case headache(HeadacheLine)
  case day(LocalDate, DayState)
  case command(Command, for: Microseconds?)
  /// Keys and their values as TOML.
  case config([(key: String, literal: String)])
  case restart(Microseconds)
  case end
}

extension TraceEvent {
  /// What the line is to an engine by itself; `nil` where the one who steps the engine must do more.
  func engineEvent(at t: Microseconds) -> Event? {
    switch self {
    case .input(.active), .input(.typing): .active
    case .input(.idle): .idle(since: t)
    case .input(.once): .input(at: t)
    case .inhibited(let held): .inhibited(held, since: t)
    case .doNotDisturb(let isOn): .doNotDisturb(isOn)
    case .day(let date, let state): .day(date, state)
    case .session(.locked): .locked
    case .session(.unlocked): .unlocked
    case .session(.switched): .switched
    case .session(.active): .switchedBack
    case .sleep(let begins): begins ? .asleep : .awake
    case .source(.lost): .sourceLost
    case .source(.ok): .sourceFound
    case .posture(let posture): .posture(posture)
    case .respond(let answer): .respond(id: nil, answer)
    case .command(.pause, let length): .pause(length)
    case .command(.resume, _): .resume
    case .command(.break, _): .takeBreak
    case .command(.snooze, let length): .snooze(length)
    case .clock, .zone, .config, .restart, .answer, .headache, .end: nil
    }
  }
}
