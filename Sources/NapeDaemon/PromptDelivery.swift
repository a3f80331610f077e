import NapeCore
import NapeDesktop
import Systemd

/// Brings prompts to the person: the journal, and the desktop's notification server where there is one.
final class PromptDelivery {
  private let server: NotificationServer
  private let log: Log
  private let pictures: Pictures
  /// The local days of the prompts that have not ended.
  private var dates: [UInt64: LocalDate] = [:]

  init(server: NotificationServer, log: Log, pictures: Pictures) {
    self.server = server
    self.log = log
    self.pictures = pictures
  }

  /// By which ways a prompt reached the person. A way that the settings leave out is `nil`.
  struct Result {
    var journal: Bool?
    var notification: NotificationServer.Delivery?

    /// A server that was handed it and says nothing may well show it.
    var reachedNobody: Bool { journal != true && (notification == nil || notification == .failed) }
  }

  /// - Parameter done: called once; at once, or from the loop.
  func post(_ prompt: Prompt, settings: Settings.Prompts, done: @escaping (Result) -> Void) {
    dates[prompt.id] = prompt.posted.stamp.date
    let journaled = settings.deliver.contains(.journal) ? writeRecord(of: prompt) : nil
    guard settings.deliver.contains(.notification) else {
      server.clear()
      return done(Result(journal: journaled))
    }
    let content = NotificationContent(
      of: prompt, snooze: settings.snooze, makesSound: settings.sound, plainCheckIn: settings.checkIn.isPlain,
      pictures: pictures)
    server.show(prompt.id, content) { done(Result(journal: journaled, notification: $0)) }
  }

  /// Shows a question of the diary. It leaves no record, since that would tell what was answered before it.
  ///
  /// - Parameter done: called once, with whether it was handed to a server; at once, or from the loop.
  func ask(_ question: DiaryQuestion, settings: Settings.Prompts, done: @escaping (_ isShown: Bool) -> Void) {
    guard settings.deliver.contains(.notification) else { return done(false) }
    // Later it would come out of the blue.
    server.show(question.id, NotificationContent(of: question, makesSound: settings.sound), mayWait: false) {
      done($0 == .shown || $0 == .unknown)
    }
  }

  func takeBack(_ id: UInt64) { server.close(prompt: id) }

  /// Its outcome is that another is posted now.
  func replace(_ id: UInt64) { server.replace(prompt: id) }

  /// - Parameter now: when it ended.
  func recordEnd(of id: UInt64, _ kind: Prompt.Kind, _ outcome: Outcome, at now: Moment) {
    // One that was open when a daemon before this one ended says nothing of the person, on whatever day.
    let date = dates.removeValue(forKey: id) ?? now.stamp.date
    // One that is withdrawn may tell of an entry; what became of it is nobody else's.
    guard kind != .checkin else {
      log.write(.promptEnded, .info, "Prompt \(id) (\(kind.rawValue)) has ended.", Self.fields(id, kind, date))
      return
    }
    log.write(
      .promptEnded, .info, "Prompt \(id) (\(kind.rawValue)): \(outcome.rawValue).",
      Self.fields(id, kind, date) + [("NAPE_OUTCOME", outcome.rawValue)])
  }

  private func writeRecord(of prompt: Prompt) -> Bool {
    let fields = Self.fields(prompt.id, prompt.kind, prompt.posted.stamp.date)
    // Administrators read the journal; what the diary asks is nobody else's.
    if prompt.kind == .checkin {
      return log.write(.promptPosted, .info, "Prompt \(prompt.id) (\(prompt.kind.rawValue)).", fields)
    }
    let text = "\(prompt.publicText.title): \(prompt.publicText.body)"
    // It may be the only way that the prompt has.
    let otherWay =
      prompt.kind == .exercise
      ? ". To put it off: nape snooze." : NotificationContent.otherWay(to: prompt).map { " \($0)" } ?? ""
    return log.write(
      .promptPosted, .info, text + otherWay, fields + [("NAPE_SAT_SEC", String(prompt.sat / .second))])
  }

  /// - Parameter date: the local day on which it was posted, to which a review counts it.
  private static func fields(
    _ id: UInt64, _ kind: Prompt.Kind, _ date: LocalDate
  ) -> [(name: String, value: String)] {
    [("NAPE_PROMPT_ID", String(id)), ("NAPE_PROMPT_KIND", kind.rawValue), ("NAPE_PROMPT_DATE", "\(date)")]
  }
}
