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
      // On a small screen the list has moved what to do out of sight.
      print(text.reminder(level))
      ticked += ask(level, text.page)
      // What must be done now is not put off by further lists.
      if level == .emergency, !ticked.isEmpty { break }
    }
    if ticked.isEmpty {
      print("\n" + text.closing)
    } else {
      let opened = try open(levels(of: ticked), text, book)
      if YesOrNo.ask("\nPut this on your report for your doctor or physiotherapist?") {
        try keep(ticked, opened, book)
        print("Noted.")
      }
    }
  }

  /// The gravest first.
  static func levels(of signs: [WarningSigns.Sign]) -> [WarningReport.Level] {
    WarningReport.Level.allCases.filter { level in signs.contains { $0.level == level } }
  }

  /// Says what to do at signs of these levels, and pauses prompts where they ask for it. Which signs they are is not kept.
  /// What is to be done does not wait for the record.
  ///
  /// - Returns: what was opened, one for each level that pauses.
  @discardableResult
  static func open(
    _ levels: [WarningReport.Level], _ text: WarningSignsText, _ book: DiaryBook, say: (String) -> Void = { print($0) }
  ) throws -> [WarningReport.Level: RecordID] {
    say("")
    for level in levels { say(text.advice(level).joined(separator: "\n")) }
    defer { say(text.closing) }
    fflush(nil)
    var opened: [WarningReport.Level: RecordID] = [:]
    do {
      for level in levels where level.pausesPrompts {
        let report = WarningReport(level: level, signs: [], opened: book.now.stamp)
        opened[level] = try book.writable().write { (store) throws(DiaryError) in
          try store.openWarning(report, way: .commandLine)
        }
      }
    } catch let failure as Failure {
      throw Failure("exercise and posture prompts do not rest: \(failure.message)", status: failure.status)
    }
    if !opened.isEmpty { say(text.page.texts.pausing) }
    return opened
  }

  /// Keeps which signs they are, since the person wants them on the report.
  static func keep(
    _ signs: [WarningSigns.Sign], _ opened: [WarningReport.Level: RecordID], _ book: DiaryBook
  ) throws {
    let book = try book.writable()
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
    guard Terminal.isThere,
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

  private static func ask(_ level: WarningReport.Level, _ page: WarningSigns) -> [WarningSigns.Sign] {
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
}
