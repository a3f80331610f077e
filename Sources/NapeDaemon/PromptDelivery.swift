import NapeCore
import NapeDesktop
import Systemd

/// Brings prompts to the person: the journal, and the desktop's notification server where there is one.
final class PromptDelivery {
  private let server: NotificationServer
  private let log: Log

  init(server: NotificationServer, log: Log) {
    self.server = server
    self.log = log
  }

  /// By which ways a prompt reached the person. A way that the settings leave out is `nil`.
  struct Result {
    var journal: Bool?
    var notification: NotificationServer.Delivery?

    var reachedNobody: Bool { journal != true && (notification == nil || notification == .failed) }
  }

  /// - Parameter done: called once; at once, or from the loop.
  func post(_ prompt: Prompt, settings: Settings.Prompts, done: @escaping (Result) -> Void) {
    let journaled = settings.deliver.contains(.journal) ? writeRecord(of: prompt) : nil
    guard settings.deliver.contains(.notification) else { return done(Result(journal: journaled)) }
    server.show(prompt.id, Self.content(of: prompt, settings: settings)) { delivery in
      done(Result(journal: journaled, notification: delivery))
    }
  }

  func takeBack(_ id: UInt64) { server.close(prompt: id) }

  func recordEnd(of id: UInt64, _ kind: Prompt.Kind, _ outcome: Outcome) {
    log.write(
      .promptEnded, .info, "Prompt \(id) (\(kind.rawValue)): \(outcome.rawValue).",
      Self.fields(id, kind) + [("NAPE_OUTCOME", outcome.rawValue)])
  }

  private func writeRecord(of prompt: Prompt) -> Bool {
    log.write(
      .promptPosted, .info, "\(prompt.text.title): \(prompt.text.body)",
      Self.fields(prompt.id, prompt.kind) + [("NAPE_SAT_SEC", String(prompt.sat / .second))])
  }

  private static func fields(_ id: UInt64, _ kind: Prompt.Kind) -> [(name: String, value: String)] {
    [("NAPE_PROMPT_ID", String(id)), ("NAPE_PROMPT_KIND", kind.rawValue)]
  }

  private static func content(of prompt: Prompt, settings: Settings.Prompts) -> NotificationContent {
    let isMove = prompt.kind == .move
    let later = max(1, settings.snooze / .minute)
    let actions: [(label: String, answer: Answer)] =
      isMove
      ? [("Going", .going), ("\(later) more minute\(later == 1 ? "" : "s")", .snoozed), ("Skip", .skipped)] : []
    return NotificationContent(
      title: prompt.text.title, body: prompt.text.body, actions: actions, click: isMove ? nil : .done,
      isLow: !isMove, category: "x-nape.\(prompt.kind.rawValue)", makesSound: settings.sound)
  }
}
