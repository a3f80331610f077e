import Glibc
import NapeCore
import NapeDesktop
import NapeSettings
import NapeSimulation
import NapeStore

/// The demo on a terminal: what the person does at the left margin, what nape says in a box.
final class DemoScreen {
  private let clock: VirtualClock
  private let hasColours = isatty(STDOUT_FILENO) == 1 && (Environment.value("NO_COLOR") ?? "").isEmpty

  init(clock: VirtualClock) { self.clock = clock }

  private func line(_ text: String) {
    let now = clock.now()
    let time = WallTime.clock(utcMicroseconds: now.wall, offsetSeconds: now.offsetSeconds)
    print("\(dim(time))  \(text)")
    fflush(nil)
  }

  private func dim(_ text: String) -> String { hasColours ? "\u{1b}[2m\(text)\u{1b}[0m" : text }
  private func bold(_ text: String) -> String { hasColours ? "\u{1b}[1m\(text)\u{1b}[0m" : text }

  func welcome(zone: String, notifications: Bool) {
    print("A working day, 2 March 2026, \(zone), with the built-in settings:")
    print("a prompt to change position every 30 min of sitting, to move after 50 min without a break, a short exercise")
    print("after 2 h 30 min at the desk, one question for the diary at 16:30.")
    print(
      notifications
        ? "Prompts appear here and on this desktop.\n"
        : "There is no session bus here, so prompts appear on this terminal alone.\n")
  }

  /// What the person does.
  ///
  /// - Returns: whether that is worth a line.
  func show(_ event: Event) -> Bool {
    let text: String? =
      switch event {
      case .active: "You type and read."
      case .idle: "You touch nothing any more."
      case .input: "Something touches the mouse, once."
      case .locked: "You lock the screen and go."
      case .unlocked: "The screen is unlocked."
      case .asleep: "You close the laptop."
      case .awake: "You open it again."
      case .posture(.standing): "You stand up at the desk: nape standing"
      case .posture(.sitting): "You sit down again: nape sitting"
      case .respond(_, let answer): "You answer: \(Self.words(for: answer))."
      case .pause(let length): "A meeting: nape pause \(length.map(DurationText.string) ?? "")"
      case .resume: "nape resume"
      case .takeBreak: "nape break"
      default: nil
      }
    if let text { line(text) }
    return text != nil
  }

  private static func words(for answer: Answer) -> String {
    switch answer {
    case .going: "Going"
    case .done: "done"
    case .snoozed: "10 more minutes"
    case .skipped: "Skip"
    case .dismissed: "closed"
    case .none: "Nothing to note"
    case .yes: "Something to note"
    }
  }

  /// What nape does.
  ///
  /// - Returns: whether that is worth a line.
  func show(_ effect: Effect) -> Bool {
    switch effect {
    case .post(let prompt): box(prompt)
    case .outcome(_, let kind, let outcome, _): line(dim("         \(kind.rawValue): \(outcome.rawValue)"))
    case .bout(let bout) where bout.endedBy != .end:
      line(dim("         \(text(bout.sitting)) of sitting ended by: \(Self.words(for: bout.endedBy))"))
    case .deferred(let kind, let because): line(dim("         \(kind.rawValue) is due and waits: \(because.rawValue)"))
    case .refused(let what, let why): line(dim("         \(what): \(why)"))
    default: return false
    }
    return true
  }

  private static func words(for end: Bout.End) -> String {
    switch end {
    case .move: "a break, as asked"
    case .natural: "a break of your own"
    case .standing: "standing"
    case .unknown: "time of which nothing is known"
    case .end: "the end of the record"
    }
  }

  private func text(_ length: Microseconds) -> String { DurationText.string(length - length % .minute) }

  private func box(_ prompt: Prompt) {
    let content = NotificationContent(
      of: prompt, snooze: Settings().prompts.snooze, makesSound: false, plainCheckIn: false, pictures: .none)
    let labels = content.actions.map { "[\($0.label)]" }
    let buttons = labels.isEmpty ? "(a click says done)" : labels.joined(separator: "  ")
    line("┌ \(bold(prompt.text.title))")
    for text in [prompt.text.body, dim(buttons)] { print("       │ \(text)") }
    print("       └")
    fflush(nil)
  }

  func farewell(store: String, spans: [Span], prompts: [Store.StoredPrompt]) {
    func total(_ kind: Span.Kind) -> Microseconds { spans.filter { $0.kind == kind }.reduce(0) { $0 + $1.length } }
    func count(_ outcome: Outcome) -> Int { prompts.filter { $0.outcome == outcome.rawValue }.count }
    let moves = prompts.filter { $0.kind == Prompt.Kind.move.rawValue }
    let taken = moves.filter { $0.outcome == Outcome.taken.rawValue }.count
    print("\n\(bold("The day"))")
    print("  sitting   \(text(total(.sitting)))")
    print("  standing  \(text(total(.standing)))")
    print("  away      \(text(total(.away)))")
    print("  prompts   \(prompts.count), of which \(moves.count) to move; \(taken) of those were followed by a break")
    let outcomes = Outcome.allCases.compactMap { count($0) > 0 ? "\($0.rawValue) \(count($0))" : nil }
    print("  outcomes  \(outcomes.joined(separator: ", "))")
    print("\nThe record of this day, with nothing of yours in it: \(store)")
    print("The same day as data: nape simulate, with Config/demo.jsonl of the source")
  }
}
