import NapeCore
import Systemd

/// `io.github.nape.Nape1.Prompts`: what is prompted next, and a person's answers.
public enum PromptsInterface {
  /// The longest pause; 0 pauses until `Resume()` or local midnight.
  static let longestPause: Microseconds = 7 * 24 * .hour
  /// The longest snooze; 0 is `prompts.snooze`.
  static let longestSnooze: Microseconds = 4 * .hour

  public static func object(for daemon: any DaemonFace) -> BusObject {
    BusObject(
      path: BusName.path, interface: BusName.prompts,
      methods: [
        .init("TakeBreak") { [weak daemon] _ in
          try daemon?.perform(.takeBreak)
          return []
        },
        .init("Pause", [.init("duration_usec", "t")]) { [weak daemon] arguments in
          try daemon?.perform(.pause(try length(arguments, upTo: longestPause, "7 days")))
          return []
        },
        .init("Resume") { [weak daemon] _ in
          try daemon?.perform(.resume)
          return []
        },
        .init("Snooze", [.init("duration_usec", "t")]) { [weak daemon] arguments in
          try daemon?.perform(.snooze(try length(arguments, upTo: longestSnooze, "4 h")))
          return []
        },
        .init("Respond", [.init("id", "t"), .init("answer", "s")]) { [weak daemon] arguments in
          guard let daemon, arguments.count == 2, let id = arguments[0].uint64, let word = arguments[1].string else {
            return []
          }
          guard let answer = Answer(rawValue: word) else {
            let words = Answer.allCases.map(\.rawValue).joined(separator: ", ")
            throw BusError.invalid("answer is \"\(word)\": one of \(words)")
          }
          try daemon.perform(.respond(id: id, answer))
          return []
        },
      ],
      properties: [
        .init("NextKind", "s", .emitted) { [weak daemon] in .string(daemon?.status.next?.kind.rawValue ?? "") },
        .init("NextTimestamp", "t", .emitted) { [weak daemon] in .uint64(timestamp: daemon?.status.next?.wall) },
        .init("Deferred", "s", .emitted) { [weak daemon] in .string(daemon?.status.deferred?.rawValue ?? "") },
        .init("PausedUntilTimestamp", "t", .emitted) { [weak daemon] in
          .uint64(timestamp: daemon?.status.pausedUntil)
        },
        .init("Current", "(ts)", .emitted) { [weak daemon] in
          let current = daemon?.status.current
          return .structure([.uint64(current?.id ?? 0), .string(current?.kind.rawValue ?? "")])
        },
      ],
      signals: [
        .init("Posted", [.init("id", "t"), .init("kind", "s"), .init("text", "s")]),
        .init("Ended", [.init("id", "t"), .init("outcome", "s")]),
      ])
  }

  private static func length(
    _ arguments: [BusValue], upTo longest: Microseconds, _ words: String
  ) throws(BusError) -> Microseconds? {
    guard let length = arguments.first?.uint64, length > 0 else { return nil }
    guard length <= UInt64(longest) else {
      throw BusError.invalid("duration_usec is \(length): at most \(longest) (\(words)), or 0 for the default")
    }
    return Microseconds(length)
  }

  public static func emitPosted(_ prompt: Prompt, on bus: Bus) throws(Errno) {
    let text = prompt.publicText
    try bus.emit(
      path: BusName.path, interface: BusName.prompts, member: "Posted",
      [
        .uint64(prompt.id), .string(prompt.kind.rawValue),
        .string(text.body.isEmpty ? text.title : text.title + "\n" + text.body),
      ])
  }

  public static func emitEnded(_ id: UInt64, _ outcome: Outcome, on bus: Bus) throws(Errno) {
    try bus.emit(
      path: BusName.path, interface: BusName.prompts, member: "Ended", [.uint64(id), .string(outcome.rawValue)])
  }
}
