import NapeCore
import NapeSettings
import NapeStore

/// What is told after a medicine was noted: on how many days its kind was, in neutral words (`clinical.md` §1.4).
enum MedicineNotice {
  /// - Parameter classes: of the medicines that were noted just now.
  /// - Returns: `nil` where there is nothing to tell, or the person has switched it off.
  static func text(_ book: DiaryBook, classes: [Medicine.Class]) throws -> String? {
    guard book.settings.diary.noticesMedicineDays, !classes.isEmpty else { return nil }
    // A medicine may be taken days after the onset of its headache.
    let from = book.now.utc - Microseconds(MedicineDays.window + 1) * 24 * .hour - EntryRules.longestEpisode
    let records = try book.read { (store) throws(StoreError) in try store.episodes(from: from) } ?? []
    let days = MedicineDays(records.flatMap(\.episode.medicines), today: book.now.today)
    let texts = WarningSigns.builtIn().texts
    let notices = Medicine.Class.allCases.filter(classes.contains).compactMap { days.notice(of: $0, texts) }
    return notices.isEmpty ? nil : notices.joined(separator: "\n")
  }
}
