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
  case session(Session)
  case sleep(Bool)
  case source(Source)
  case posture(Event.Posture)
  case clock(Microseconds)
  case zone(String)
  case respond(Answer)
  case command(Command, for: Microseconds?)
  /// Keys and their values as TOML.
  case config([(key: String, literal: String)])
  case restart(Microseconds)
  case end
  /// Understood, and checked, but not acted on by this version.
  case notYet(String)
}
