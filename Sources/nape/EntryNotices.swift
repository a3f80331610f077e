import NapeCore
import NapeSettings
import NapeStore

/// What is told after a headache was entered or changed (`clinical.md` §1.4 and §2.3). Where something is urgent,
/// nothing else is worth reading.
enum EntryNotices {
  /// After so many days with a headache the person is told once that a doctor should know.
  private static let daysInARow = 14

  /// - Parameters:
  ///   - before: the headache as it was stored; `nil` for a new one.
  ///   - flags: what the store told of the entry.
  static func tell(
    of record: EpisodeRecord, before: Episode?, flags: [EntryRules.Flag] = [], _ book: DiaryBook
  ) throws {
    if record.episode.isAlarming, before?.isAlarming != true { return try WarningSignsDialogue.showEmergency(book) }
    book.tell(flags)
    let medicines = Set(record.episode.medicines).subtracting(before?.medicines ?? [])
    if let notice = try MedicineNotice.text(book, classes: medicines.map(\.medicineClass)) { print("\n" + notice) }
    let first = book.now.today.adding(days: 1 - daysInARow)
    let days = try book.read { (store) throws(StoreError) in try store.days(from: first) } ?? [:]
    if days.values.count(where: { $0 == .headache }) >= daysInARow { try WarningSignsDialogue.showDays(book) }
  }

  /// What is urgent is told also where nothing could be stored.
  static func tellUnstored(_ episode: Episode) {
    guard episode.isAlarming else { return }
    let region = SettingsLocation.load(environment: Environment.value).loaded.settings.diary.region
    StandardError.write(WarningSignsText(region: region).advice(.emergency).joined(separator: "\n") + "\n\n")
  }
}
