import JSON
import NapeCore
import NapeSettings
import Systemd

/// The daemon's answer as text.
enum StatusText {
  static func lines(_ answer: StatusCommand.Answer) -> String {
    let state = answer.sitting["State"]?.string ?? "unknown"
    let evidence = answer.sitting["Evidence"]?.string ?? ""
    let bout = length(answer.sitting["BoutUSec"])
    let today = length(answer.sitting["TodayUSec"])
    var rows: [(String, String)] = []
    rows.append(("now", "\(state) since \(LocalClock.text(time(answer.sitting["SinceTimestamp"]))) (\(evidence))"))
    rows.append(("without a break", duration(bout)))
    rows.append(("today", "\(duration(today)) of sitting"))
    rows.append(("next", next(answer.prompts)))
    if let paused = time(answer.prompts["PausedUntilTimestamp"]) {
      rows.append(("paused", "until \(LocalClock.text(paused))"))
    }
    if let current = answer.prompts["Current"]?.elements, let id = current.first?.uint64, id > 0 {
      rows.append(("open", "prompt \(id), \(current.last?.string ?? "")"))
    }
    let source = answer.sitting["Source"]?.string ?? ""
    rows.append(("source", source.isEmpty ? "none" : "\(source) (\(answer.sitting["Quality"]?.string ?? ""))"))
    for problem in answer.daemon["Problems"]?.strings ?? [] { rows.append(("problem", problem)) }
    let width = rows.map(\.0.count).max() ?? 0
    return rows.map { name, text in name + String(repeating: " ", count: width - name.count) + "  " + text }
      .joined(separator: "\n")
  }

  private static func next(_ prompts: [String: BusValue]) -> String {
    guard let kind = prompts["NextKind"]?.string, !kind.isEmpty, let at = time(prompts["NextTimestamp"]) else {
      return "nothing while you are not sitting"
    }
    let waits = prompts["Deferred"]?.string ?? ""
    return "\(kind) at \(LocalClock.text(at))" + (waits.isEmpty ? "" : ", waits: \(waits)")
  }

  static func json(_ answer: StatusCommand.Answer) -> String {
    func text(_ value: BusValue?) -> String { JSONText.quoted(value?.string ?? "") }
    func number(_ value: BusValue?) -> String { String(value?.uint64 ?? 0) }
    let current = answer.prompts["Current"]?.elements
    let members: [(String, String)] = [
      ("state", text(answer.sitting["State"])),
      ("evidence", text(answer.sitting["Evidence"])),
      ("since_utc_usec", number(answer.sitting["SinceTimestamp"])),
      ("bout_usec", number(answer.sitting["BoutUSec"])),
      ("today_usec", number(answer.sitting["TodayUSec"])),
      ("source", text(answer.sitting["Source"])),
      ("quality", text(answer.sitting["Quality"])),
      ("next_kind", text(answer.prompts["NextKind"])),
      ("next_utc_usec", number(answer.prompts["NextTimestamp"])),
      ("deferred", text(answer.prompts["Deferred"])),
      ("paused_until_utc_usec", number(answer.prompts["PausedUntilTimestamp"])),
      ("current_id", number(current?.first)),
      ("current_kind", text(current?.last)),
      ("problems", "[\((answer.daemon["Problems"]?.strings ?? []).map(JSONText.quoted).joined(separator: ", "))]"),
      ("version", text(answer.daemon["Version"])),
    ]
    return "{" + members.map { "\(JSONText.quoted($0)): \($1)" }.joined(separator: ", ") + "}"
  }

  private static func length(_ value: BusValue?) -> Microseconds { Microseconds(clamping: value?.uint64 ?? 0) }

  private static func time(_ value: BusValue?) -> Microseconds? {
    value?.uint64.flatMap { $0 > 0 ? Microseconds(clamping: $0) : nil }
  }

  /// Whole minutes from one minute on.
  private static func duration(_ length: Microseconds) -> String {
    DurationText.string(length < .minute ? length : length - length % .minute)
  }
}
