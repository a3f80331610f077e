import NapeCore

/// Every key there is. `Config/nape.toml` explains them and gives the defaults; a test holds the two equal.
public enum KeyTable {
  public static let keys: [SettingKey] = [
    SettingKey("presence.away_after", .length(.second...4 * .hour), .length(\.presence.awayAfter)),
    SettingKey("presence.break_after", .length(.second ... .hour), .length(\.presence.breakAfter)),
    SettingKey("presence.passive_limit", .length(.second...12 * .hour), .length(\.presence.passiveLimit)),
    SettingKey("presence.confirm_return", .length(.second ... .minute), .length(\.presence.confirmReturn)),
    SettingKey("presence.sources", .words(SourceName.allCases.map(\.rawValue)), .words(\.presence.sources)),

    SettingKey("sitting.daily_budget", .length(.minute...24 * .hour), .length(\.sitting.dailyBudget)),
    SettingKey("sitting.prolonged", .length(.minute...12 * .hour), .length(\.sitting.prolonged)),

    SettingKey("prompts.min_gap", .length(0...4 * .hour), .length(\.prompts.minGap)),
    SettingKey("prompts.settle", .length(0 ... .hour), .length(\.prompts.settle)),
    SettingKey("prompts.follow", .length(.second ... .hour), .length(\.prompts.follow)),
    SettingKey("prompts.snooze", .length(.second...4 * .hour), .length(\.prompts.snooze)),
    SettingKey("prompts.defer_up_to", .length(0...4 * .hour), .length(\.prompts.deferUpTo)),
    SettingKey("prompts.sound", .flag, .flag(\.prompts.sound)),
    SettingKey(
      "prompts.deliver", .words(Settings.Prompts.Way.allCases.map(\.rawValue)), .ways(\.prompts.deliver)),

    SettingKey("prompts.posture.enabled", .flag, .flag(\.prompts.posture.enabled)),
    SettingKey("prompts.posture.every", .length(.second...12 * .hour), .length(\.prompts.posture.every)),
    SettingKey("prompts.move.enabled", .flag, .flag(\.prompts.move.enabled)),
    SettingKey("prompts.move.after", .length(.second...12 * .hour), .length(\.prompts.move.after)),
    SettingKey("prompts.move.target", .length(.second ... .hour), .length(\.prompts.move.target)),
    SettingKey("prompts.move.again", .lengths(.second...4 * .hour, atMost: 8), .lengths(\.prompts.move.again)),
    SettingKey("prompts.exercise.enabled", .flag, .flag(\.prompts.exercise.enabled)),
    SettingKey("prompts.exercise.every", .length(.minute...12 * .hour), .length(\.prompts.exercise.every)),
    SettingKey("prompts.exercise.at_most_per_day", .count(0...24), .count(\.prompts.exercise.atMostPerDay)),
    SettingKey("prompts.micro.enabled", .flag, .flag(\.prompts.micro.enabled)),
    SettingKey("prompts.micro.every", .length(.minute...4 * .hour), .length(\.prompts.micro.every)),
    SettingKey("prompts.budget.enabled", .flag, .flag(\.prompts.budget.enabled)),
    SettingKey("prompts.checkin.enabled", .flag, .flag(\.prompts.checkIn.enabled)),
    SettingKey("prompts.checkin.at", .clockTime, .clockTime(\.prompts.checkIn.at)),
    SettingKey("prompts.checkin.ask_for_yesterday", .flag, .flag(\.prompts.checkIn.asksForYesterday)),
    SettingKey(
      "prompts.checkin.words", .word(["neutral", "plain"]), .isWord("plain", \.prompts.checkIn.isPlain),
      isPersonal: true),

    SettingKey("hours.work", .hours, .hours(\.hours.work)),
    SettingKey("hours.quiet", .hours, .hours(\.hours.quiet)),
    SettingKey("exercises.programme", .text, .text(\.exercises.programme)),
    SettingKey("diary.afternoon", .clockRange, .clockRange(\.diary.afternoonFrom, \.diary.afternoonTo)),
    SettingKey("diary.detail_until", .length(0...720 * .hour), .length(\.diary.detailUntil)),
    SettingKey("diary.usual_medicine", .text, .text(\.diary.usualMedicine)),
    SettingKey("diary.medicine_notice", .flag, .flag(\.diary.noticesMedicineDays)),
    SettingKey("diary.region", .text, .text(\.diary.region)),
    SettingKey(
      "journal.diary", .word(["none", "onsets"]), .isWord("onsets", \.diary.journalsOnsets), isPersonal: true),
    SettingKey("store.keep", .keep, .lengthOrNever(\.store.spans)),
  ]

  public static func key(named name: String) -> SettingKey? { keys.first { $0.name == name } }

  /// What of some settings is kept a history of; of a programme that is a file its name alone, since a folder may name the
  /// person.
  public static func history(of settings: Settings, since: Stamp) -> [SettingRecord] {
    var settings = settings
    settings.exercises.programme = settings.exercises.programme.split(separator: "/").last.map(String.init) ?? ""
    return SettingRecord.keys.compactMap { name in
      key(named: name).map { SettingRecord(key: name, value: $0.value(of: settings).text, since: since) }
    }
  }

  /// Whether what is said of a key is the person's own affair: nothing of it goes to the journal or to the bus.
  static func isPrivate(_ name: String) -> Bool {
    key(named: name)?.isPersonal ?? false || name.hasPrefix("diary.") || name.hasPrefix("exercises.")
  }

  static func section(of name: String) -> String { String(name.prefix { $0 != "." }) }

  /// What to write in place of a name that is no key's: the one that was probably meant, if one is near.
  public static func hint(for name: String) -> String {
    let inside = keys.map(\.name).filter { $0.hasPrefix(name + ".") }
    if !inside.isEmpty { return "a key of that section: \(inside.joined(separator: ", "))" }
    // A long one is no slip of the pen, and costs time.
    guard name.utf8.count <= 64 else { return "a key that nape config show lists" }
    let name = name.lowercased()
    let near = NearestName.find(name, among: keys.map(\.name)) ?? keys.first { $0.name.hasSuffix("." + name) }?.name
    return near.map { "did you mean \($0)?" } ?? "a key that nape config show lists"
  }
}
