import NapeCore
import NapeSettings
import NapeStore

/// What is told after a headache was entered or changed (`clinical.md` §1.4 and §2.3). Where something is urgent,
/// nothing else is worth reading.
enum EntryNotices {
  /// After so many days with a headache the person is told once that a doctor should know.
  private static let daysInARow = 14

  /// A headache that lasts longer is unusual; most often its end is of another day (`clinical.md` §1.1: 4 h to 72 h).
  private static let longest = 72 * Microseconds.hour

  /// - Parameters:
  ///   - before: the headache as it was stored; `nil` for a new one.
  ///   - flags: what the store told of the entry.
  ///   - json: standard output is for a program: what is urgent goes to standard error, and the rest is left out.
  static func tell(
    of record: EpisodeRecord, before: Episode?, flags: [EntryRules.Flag] = [], json: Bool = false, _ book: DiaryBook
  ) throws {
    if record.episode.isAlarming, before?.isAlarming != true {
      try WarningSignsDialogue.open([.emergency], WarningSignsText(region: book.settings.diary.region), book) { line in
        if json { StandardError.write(line + "\n") } else { print(line) }
      }
      return
    }
    guard !json else { return }
    book.tell(flags)
    if let lasted = record.episode.duration, lasted > longest, lasted != before?.duration {
      StandardError.write(
        "That is \(EpisodeText.length(lasted)), more than 72 hours. If the end is not right:\n"
          + "  \(EpisodeText.endingLine(record.id, on: record.episode.onset.at.date))\n")
    }
    let medicines = Set(record.episode.medicines).subtracting(before?.medicines ?? [])
    if let notice = try MedicineNotice.text(book, classes: medicines.map(\.medicineClass)) { print("\n" + notice) }
    let first = book.now.today.adding(days: 1 - daysInARow)
    let days = try book.read { (store) throws(StoreError) in try store.days(from: first) } ?? [:]
    if days.values.count(where: { $0 == .headache }) >= daysInARow { try WarningSignsDialogue.showDays(book) }
  }

  /// What is urgent is told also where nothing could be stored.
  ///
  /// - Parameter before: the headache as it is stored; `nil` for a new one.
  static func tellUnstored(_ episode: Episode, before: Episode? = nil) {
    guard episode.isAlarming, before?.isAlarming != true else { return }
    let region = LoadedSettings.load(environment: Environment.value).settings.diary.region
    StandardError.write(WarningSignsText(region: region).advice(.emergency).joined(separator: "\n") + "\n\n")
  }
}
