import Glibc
import NapeCore
import NapeStore

/// The page of warning signs on a terminal, and what is shown of it by itself (`clinical.md` §2.3). No score, and never
/// "all clear".
enum WarningSignsDialogue {
  /// Under which name the store keeps that something has been read.
  enum Acknowledged {
    static let page = "warning-signs"
    /// Headaches on fourteen days in a row.
    static let manyDays = "headache-days"
  }

  /// Shows the lists from the gravest on, and lets the person tick signs by their numbers. The terminal reads lines.
  static func run(_ book: DiaryBook) throws {
    let text = WarningSignsText(region: book.settings.diary.region)
    print(text.page.texts.opening)
    var ticked: [WarningSigns.Sign] = []
    for level in WarningReport.Level.allCases {
      print("\n" + text.list(level) + "\n")
      ticked += try ask(level, text.page)
      // What must be done now is not put off by further lists.
      if level == .emergency, !ticked.isEmpty { break }
    }
    if ticked.isEmpty {
      print("\n" + text.closing)
    } else {
      // Reading alone makes no record.
      let book = book.store == nil ? try DiaryBook(writes: true) : book
      let opened = try open(ticked, text, book)
      if try askWhether("\nPut this on your report for your doctor or physiotherapist?") {
        try keep(ticked, opened, book)
        print("Noted.")
      }
    }
  }

  /// Pauses prompts where these signs ask for it, and says what to do. Which signs they are is not kept.
  ///
  /// - Returns: what was opened, one for each level that pauses.
  static func open(
    _ signs: [WarningSigns.Sign], _ text: WarningSignsText, _ book: DiaryBook
  ) throws -> [WarningReport.Level: RecordID] {
    let levels = WarningReport.Level.allCases.filter { level in signs.contains { $0.level == level } }
    var opened: [WarningReport.Level: RecordID] = [:]
    for level in levels where level.pausesPrompts {
      let report = WarningReport(level: level, signs: [], opened: book.now.stamp)
      opened[level] = try book.write { (store) throws(DiaryError) in
        try store.openWarning(report, way: .commandLine)
      }
    }
    print("")
    for level in levels { print(text.advice(level).joined(separator: "\n")) }
    if !opened.isEmpty { print(text.page.texts.pausing) }
    print(text.closing)
    return opened
  }

  /// Keeps which signs they are, since the person wants them on the report.
  static func keep(
    _ signs: [WarningSigns.Sign], _ opened: [WarningReport.Level: RecordID], _ book: DiaryBook
  ) throws {
    for level in WarningReport.Level.allCases {
      let ids = signs.filter { $0.level == level }.map(\.id)
      guard !ids.isEmpty else { continue }
      try book.write { (store) throws(DiaryError) in
        if let id = opened[level] { return try store.keepSigns(ids, ofWarning: id) }
        try store.openWarning(
          WarningReport(level: level, signs: ids, opened: book.now.stamp), way: .commandLine)
      }
    }
  }

  /// The emergency text, for pain of 9 or 10 that reached its worst within minutes. It pauses prompts as the sign does.
  static func showEmergency(_ book: DiaryBook) throws {
    let text = WarningSignsText(region: book.settings.diary.region)
    print("\n" + text.advice(.emergency).joined(separator: "\n"))
    let report = WarningReport(level: .emergency, signs: [], opened: book.now.stamp)
    _ = try book.write { (store) throws(DiaryError) in try store.openWarning(report, way: .commandLine) }
    print(text.page.texts.pausing)
    print(text.closing)
  }

  /// What to do after headaches on fourteen days in a row: once, as long as it is not forgotten.
  static func showDays(_ book: DiaryBook) throws {
    guard try book.read({ (store) throws(StoreError) in try store.isAcknowledged(Acknowledged.manyDays) }) != true
    else { return }
    let text = WarningSignsText(region: book.settings.diary.region)
    print("")
    print(text.advice(.days).joined(separator: "\n"))
    print(text.closing)
    try book.write { (store) throws(DiaryError) in try store.acknowledge(Acknowledged.manyDays, at: book.now.stamp) }
  }

  /// What nape is for and what to look out for: one screen, one key, never again. Only where somebody can answer.
  static func acknowledgeIfNew(_ book: DiaryBook) throws {
    guard FirstUseDialogue.isOnTerminal,
      try book.read({ (store) throws(StoreError) in try store.isAcknowledged(Acknowledged.page) }) != true
    else { return }
    let text = WarningSignsText(region: book.settings.diary.region)
    print(WarningSignsText.wrapped(text.page.texts.intendedUse).joined(separator: "\n"))
    print("\nThe warning signs are listed by: nape warning-signs\n")
    print(text.closing)
    print("\nEnter: I have read this. ", terminator: "")
    fflush(nil)
    // The end of the input is no answer.
    guard readLine() != nil else { return print("") }
    print("")
    try book.write { (store) throws(DiaryError) in try store.acknowledge(Acknowledged.page, at: book.now.stamp) }
  }

  // MARK: Questions

  private static func ask(_ level: WarningReport.Level, _ page: WarningSigns) throws -> [WarningSigns.Sign] {
    while true {
      print("Numbers of those that you have; Enter for the next list: ", terminator: "")
      fflush(nil)
      guard let line = readLine() else { return [] }
      let words = line.split { $0 == " " || $0 == "," }
      let signs = words.map { word in Int(word).flatMap { sign($0, of: level, page) } }
      if signs.allSatisfy({ $0 != nil }) { return signs.compactMap { $0 } }
      print("Numbers of this list, with spaces between them.")
    }
  }

  private static func sign(_ number: Int, of level: WarningReport.Level, _ page: WarningSigns) -> WarningSigns.Sign? {
    let signs = page.inOrder
    guard number >= 1, number <= signs.count, signs[number - 1].level == level else { return nil }
    return signs[number - 1]
  }

  private static func askWhether(_ question: String) throws -> Bool {
    print(question + " [y/N] ", terminator: "")
    fflush(nil)
    return ["y", "yes"].contains(readLine()?.lowercased().filter { $0 != " " } ?? "")
  }
}
