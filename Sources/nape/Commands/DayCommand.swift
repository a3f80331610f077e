import ArgumentParser
import JSON
import NapeCore
import NapeStore

struct DayCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "day",
    abstract: "The last 28 days of the diary; say that a day had no headache, or what bore on it.",
    discussion: """
      A day counts as one without a headache only where you say so. Without a date it is today.

      Examples:
        nape day
        nape day none yesterday
        nape day unknown 2026-03-02
        nape day none --factors sleep,stress
      """)

  @Argument(
    help: ArgumentHelp("none, or unknown to take that back; then a day.", valueName: "state"),
    completion: .list(["none", "unknown"]))
  var words: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What bore on the day: none, or, with commas and no spaces, some of sleep stress skipped-meal alcohol menstruation screen driving phone bag illness.",
      valueName: "words"), completion: .words(of: .factors))
  var factors: String?

  @Flag(name: .long, help: "Print the days as a JSON object.")
  var json = false

  func run() throws {
    let (state, day) = try said()
    let factors = try factors.map(Self.factors)
    if state == nil && factors == nil {
      guard day == nil else {
        throw Failure("\(day ?? ""): none or unknown comes before the day, or --factors after it", status: 64)
      }
      return try show(try DiaryBook(writes: false))
    }
    let date = try DiaryDate.parse(day, today: Now().today, named: "the date")
    let book = try DiaryBook(writes: true)
    try book.write { (store) throws(DiaryError) in
      if let state { try store.setDay(date, to: state, at: book.now.stamp, way: .commandLine) }
      if let factors { try store.setFactors(of: date, to: factors, at: book.now.stamp, way: .commandLine) }
    }
    if json { return try show(book) }
    let name = EpisodeText.day(date, today: book.now.today)
    switch state {
    case DayState.none?: print("Stored. \(name): no headache. Undo: nape day unknown \(date)")
    case _?: print("Stored. \(name): not recorded.")
    case nil: break
    }
    if let factors {
      print(
        "Stored. \(name): \(factors.isEmpty ? "nothing bore on it" : factors.map(\.rawValue).joined(separator: ", ")).")
    }
  }

  private func said() throws -> (DayState?, String?) {
    switch words.first.flatMap(DayState.init) {
    case .headache?:
      throw Failure("a day with a headache follows from its headaches: nape headache --at DAY", status: 64)
    case let state?:
      guard words.count <= 2 else { throw Failure("\(Failure.quoted(words[2])): one day at a time", status: 64) }
      return (state, words.count == 2 ? words[1] : nil)
    case nil:
      guard words.count <= 1 else {
        throw Failure("\(Failure.quoted(words[0])): none or unknown, then a day", status: 64)
      }
      return (nil, words.first)
    }
  }

  private static func factors(_ text: String) throws -> [DayFactor] {
    guard case .words(let words)? = FieldValue(text, EpisodeField.factors.kind) else {
      throw Failure("--factors is \(Failure.quoted(text)): \(EpisodeField.factors.kind.allowed)", status: 64)
    }
    return words.compactMap(DayFactor.init)
  }

  // MARK: Showing

  private static let dayCount = 28

  private func show(_ book: DiaryBook) throws {
    let month = try DiaryMonth(book, days: Self.dayCount)
    print(json ? month.json : month.text)
  }
}

/// What is known of the last days, up to today.
private struct DiaryMonth {
  struct Day {
    let date: LocalDate
    let state: DayState
    /// Entered more than 48 h after.
    let isRecalled: Bool
    let factors: [DayFactor]?
  }

  let days: [Day]

  init(_ book: DiaryBook, days count: Int) throws {
    let today = book.now.today
    let first = today.adding(days: 1 - count)
    let states = try book.read { (store) throws(StoreError) in try store.days(from: first) } ?? [:]
    let records = try book.read { (store) throws(StoreError) in try store.dayRecords(from: first) } ?? []
    let since = book.now.utc - Microseconds(count) * 24 * .hour - EntryRules.longestEpisode
    let episodes = try book.read { (store) throws(StoreError) in try store.episodes(from: since) } ?? []
    days = (0..<count).map { place in
      let date = first.adding(days: place)
      let state = states[date] ?? .unknown
      let said = records.first { $0.date == date }
      let touching = episodes.filter { ($0.episode.onset.at.date...$0.episode.lastDate).contains(date) }
      let isRecalled =
        switch state {
        case .headache: touching.allSatisfy(\.isRecalled)
        case .none: said?.isRecalled ?? false
        case .unknown: false
        }
      return Day(date: date, state: state, isRecalled: isRecalled, factors: said?.factors)
    }
  }

  private func count(_ state: DayState) -> Int { days.count { $0.state == state } }

  /// As `clinical.md` §1.4 wants it said.
  var completeness: String {
    let (headache, unknown) = (count(.headache), count(.unknown))
    let recorded = days.count - unknown
    return
      "\(headache) headache day\(headache == 1 ? "" : "s") in \(recorded) recorded day\(recorded == 1 ? "" : "s"); "
      + "\(unknown) day\(unknown == 1 ? "" : "s") not recorded"
  }

  var text: String {
    guard let today = days.last?.date else { return "" }
    var lines = ["The last \(days.count) days: \(completeness).", "", "        Mon  Tue  Wed  Thu  Fri  Sat  Sun"]
    var day = days[...]
    while let first = day.first {
      let week = day.prefix(8 - first.date.weekday)
      day = day.dropFirst(week.count)
      let monday = first.date.adding(days: 1 - first.date.weekday)
      let label = EpisodeText.day(monday, today: monday).dropFirst(4)
      let cells = Array(repeating: "     ", count: first.date.weekday - 1) + week.map(Self.cell)
      var line = "\(label)" + String(repeating: " ", count: max(1, 9 - label.count)) + cells.joined()
      while line.last == " " { line.removeLast() }
      lines.append(line)
    }
    lines += [
      "", "H headache   - none   ? not recorded" + (days.contains(where: \.isRecalled) ? "   * entered late" : ""),
    ]
    let open = days.suffix(2).filter { $0.state == .unknown }.map { $0.date == today ? "today" : "yesterday" }
    if !open.isEmpty {
      lines.append("Open: \(open.joined(separator: " and ")). If there was none: nape day none \(open[0])")
    }
    return lines.joined(separator: "\n")
  }

  private static func cell(_ day: Day) -> String {
    let sign =
      switch day.state {
      case .headache: "H"
      case .none: "-"
      case .unknown: "?"
      }
    return day.isRecalled ? "\(sign)*   " : "\(sign)    "
  }

  var json: String {
    let items = days.map { day in
      var members = [("date", JSONText.quoted(day.date.description)), ("state", JSONText.quoted(day.state.rawValue))]
      members.append(("recalled", "\(day.isRecalled)"))
      if let factors = day.factors { members.append(("factors", JSONText.strings(factors.map(\.rawValue)))) }
      return JSONText.object(members)
    }
    return JSONText.object([
      ("headache_days", "\(count(.headache))"), ("recorded_days", "\(days.count - count(.unknown))"),
      ("unknown_days", "\(count(.unknown))"), ("days", JSONText.array(items)),
    ])
  }
}
