import NapeCore
import NapeReport
import NapeSettings

/// Headaches as text, for people.
enum EpisodeText {
  /// `Wed 25 Nov 14:32`; with less where less is known, and with the year where it is another than today's.
  static func onset(_ onset: Onset, today: LocalDate) -> String {
    let day = day(onset.at.date, today: today)
    return switch onset.precision {
    case .exact: "\(day) \(clock(onset.at))"
    case .quarterHour, .hour: "\(day) ~\(clock(onset.at))"
    case .wokeWithIt: "\(day) woke \(clock(onset.at))"
    // Its first moment is the part's, whatever the setting was then.
    case .partOfDay: "\(day) \(partOfDay(onset.at))"
    case .day: day
    }
  }

  private static func partOfDay(_ start: Stamp) -> String {
    switch start.secondOfDay / 3600 {
    case 0..<6: "night"
    case 6..<11: "morning"
    case 11..<17: "afternoon"
    default: "evening"
    }
  }

  static func day(_ date: LocalDate, today: LocalDate) -> String {
    ReviewText.day(date, withYear: date.year != today.year)
  }

  static func clock(_ stamp: Stamp) -> String {
    WallTime.clock(utcMicroseconds: stamp.wall, offsetSeconds: stamp.offsetSeconds)
  }

  /// `14:32` where the day is the same as another, else with the day.
  static func clock(_ stamp: Stamp, besides date: LocalDate, today: LocalDate) -> String {
    stamp.date == date ? clock(stamp) : "\(day(stamp.date, today: today)) \(clock(stamp))"
  }

  /// `pain 6, left, neck too`; empty where nothing of it is known.
  static func short(_ episode: Episode) -> String {
    var parts: [String] = []
    if let intensity = episode.fields[.intensity]?.text { parts.append("pain \(intensity)") }
    if let worst = episode.fields[.worst]?.text { parts.append("worst \(worst)") }
    if let side = side(episode) { parts.append(side) }
    switch episode.fields[.neck] {
    case .flag(true)?: parts.append("neck too")
    case .flag(false)?: parts.append("neck not")
    default: break
    }
    return parts.joined(separator: ", ")
  }

  private static func side(_ episode: Episode) -> String? {
    episode.fields[.side].map { $0.text == "both" ? "both sides" : $0.text }
  }

  static func end(_ episode: Episode, now: Stamp, rules openFor: Microseconds) -> String {
    let (date, today) = (episode.onset.at.date, now.date)
    return switch episode.end {
    case .ended(let at)?: "until \(clock(at, besides: date, today: today))"
    case .asleep(nil)?: "fell asleep with it"
    case .asleep(let woke?)?: "until waking \(clock(woke, besides: date, today: today))"
    case .stillThere, nil: episode.isOpen(at: now, openFor: openFor) ? "open" : "end unknown"
    }
  }

  /// How the desk was before it.
  static func desk(_ context: DeskContext) -> String? {
    guard context.windows.contains(where: { $0.known > 0 }) else { return nil }
    guard let bout = context.bout else { return "not known whether you sat then" }
    return bout < .minute ? "not sitting then" : "sat \(length(bout)) without a break"
  }

  /// In the largest units that tell enough.
  static func length(_ length: Microseconds) -> String {
    let day = 24 * Microseconds.hour
    if length >= 2 * day { return "\(length / day) days" }
    let hours = length / .hour
    let minutes = length % .hour / .minute
    return [hours > 0 ? "\(hours) h" : nil, minutes > 0 || hours == 0 ? "\(minutes) min" : nil].compactMap { $0 }
      .joined(separator: " ")
  }

  static func medicine(_ medicine: Medicine) -> String {
    let helped = medicine.helped.map { help in
      switch help {
      case .yes: "helped"
      case .partly: "helped partly"
      case .no: "did not help"
      }
    }
    let name = [medicine.name, medicine.dose].compactMap { $0 }.joined(separator: " ")
    return [name, helped].compactMap { $0 }.joined(separator: ", ")
  }

  /// One line for a stored headache.
  static func title(_ record: EpisodeRecord, today: LocalDate) -> String {
    let short = short(record.episode)
    return
      "Headache \(record.id.short): \(onset(record.episode.onset, today: today))\(short.isEmpty ? "" : ", \(short)")"
  }

  /// `until 16:40, lasted 2 h`; `nil` where nothing is said of its end.
  static func ending(_ episode: Episode, _ book: DiaryBook) -> String? {
    guard episode.end != nil else { return nil }
    return end(episode, now: book.now.stamp, rules: book.rules.openFor)
      + (episode.duration.map { ", lasted \(length($0))" } ?? "")
  }

  /// What is printed of one that was changed.
  static func changed(_ record: EpisodeRecord, _ book: DiaryBook) -> String {
    "Stored.\n" + entry(record, book) + (record.episode.duration.map { "\n        lasted \(length($0))" } ?? "")
  }

  /// The command that says when one ended, with the day on which it began.
  static func endingLine(_ id: RecordID?, on date: LocalDate) -> String {
    "nape headache edit \(id?.short ?? "ID") --end \"\(date) HH:MM\""
  }

  /// A stored headache in a list: a line, and another for what else is noted of it.
  static func entry(_ record: EpisodeRecord, _ book: DiaryBook) -> String {
    let episode = record.episode
    let short = short(episode)
    let end = end(episode, now: book.now.stamp, rules: book.rules.openFor)
    let onset = onset(episode.onset, today: book.now.today)
    let line = "\(record.id.short)  \(filled(onset, 18)) \(filled(end, 12)) \(short)"
    var more = episode.medicines.map(medicine)
    more += EpisodeField.allCases.compactMap { field in
      [.intensity, .worst, .side, .neck].contains(field)
        ? nil : episode.fields[field].map { "\(name(field)): \($0.text)" }
    }
    if let desk = record.context.flatMap(desk) { more.append(desk) }
    if record.isRecalled {
      more.append("recalled: entered \(length(record.lag)) later")
    } else if record.lag >= .hour, episode.onset.precision.isTimed {
      more.append("entered \(length(record.lag)) later")
    }
    let margin = "        "
    let lines =
      [line]
      + (more.isEmpty
        ? []
        : WarningSignsText.wrapped(
          String(more.joined(separator: "; ").map { $0 == "\n" ? " " : $0 }), first: margin))
    return lines.map { line in String(line.reversed().drop { $0 == " " }.reversed()) }.joined(separator: "\n")
  }

  private static func filled(_ text: String, _ width: Int) -> String {
    text + String(repeating: " ", count: max(0, width - text.count))
  }

  private static func name(_ field: EpisodeField) -> String { String(field.rawValue.map { $0 == "_" ? " " : $0 }) }

  /// The commands that say the same, for what could not be stored.
  static func lines(_ change: EpisodeChange, of id: RecordID) -> [String] {
    var lines: [String] = []
    let options = options(change)
    if !options.isEmpty { lines.append("nape headache edit \(id.short) \(options.joined(separator: " "))") }
    let at = (change.end ?? nil)?.stamp.map { " --at '\($0.date) \(clock($0))'" } ?? ""
    switch (change.end ?? nil)?.word {
    case .asleep?: lines.append("nape headache end \(id.short) --asleep\(at)")
    case .stillThere?: lines.append("nape headache end \(id.short) --still-there\(at)")
    case .ended?, nil: break
    }
    return lines
  }

  /// The options that say the same in one line.
  static func options(_ change: EpisodeChange) -> [String] {
    var words: [String] = []
    if let onset = change.onset {
      let day = onset.at.date.description
      words += ["--at", onset.precision == .day ? day : "\(day) \(clock(onset.at))"]
      if onset.precision != .exact { words += ["--precision", onset.precision.rawValue] }
    }
    switch change.end ?? nil {
    case .ended(let at)?: words += ["--end", "\(at.date) \(clock(at))"]
    case .asleep?, .stillThere?, nil: break
    }
    if case .some(nil) = change.end { words.append("--no-end") }
    if change.medicines?.isEmpty == true { words.append("--no-medicine") }
    for field in EpisodeField.allCases {
      if case .some(nil) = change.fields[field] { words += ["--unknown", field.rawValue] }
      guard let value = change.fields[field] ?? nil else { continue }
      switch (field, value) {
      case (.side, _): words += ["--side", value.text]
      case (.neck, .flag(let neck)): words.append(neck ? "--neck" : "--no-neck")
      default: words += ["--field", "\(field.rawValue)=\(value.text)"]
      }
    }
    for medicine in (change.medicines ?? []) + change.moreMedicines {
      words += ["--medicine", [medicine.name, medicine.dose].compactMap { $0 }.joined(separator: " ")]
      words += ["--medicine-at", "\(medicine.taken.date) \(clock(medicine.taken))"]
      if let helped = medicine.helped { words += ["--helped", helped.rawValue] }
    }
    return words.map(quoted)
  }

  /// As a shell takes it.
  private static func quoted(_ word: String) -> String {
    let isPlain = word.utf8.allSatisfy { byte in
      byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a || "_-=:,.".utf8.contains(byte)
    }
    if isPlain, !word.isEmpty { return word }
    return "'" + word.map { $0 == "'" ? "'\\''" : String($0) }.joined() + "'"
  }
}
