import NapeCore
import NapeSettings
import NapeStore

extension DiaryBook {
  /// Times as people write them, by this book's clock and settings.
  var time: EntryTime {
    EntryTime(now: now.second, zone: now.zone, afternoon: (settings.diary.afternoonFrom, settings.diary.afternoonTo))
  }

  /// The headache that a person means by its last digits, or by nothing: the last one.
  func headache(_ name: String?) throws -> EpisodeRecord {
    if name == "" { throw Failure("the id is empty: one of nape headache list, or its last digits", status: 64) }
    guard let record = try read({ (store) throws(DiaryError) in try store.episode(named: name) }) else {
      throw Failure("no headache is noted yet", status: 1)
    }
    return record
  }

  /// The last one that has no end yet.
  func openHeadache() throws -> EpisodeRecord {
    let records = try read { (store) throws(StoreError) in try store.episodes(from: now.utc - rules.openFor) } ?? []
    guard let record = records.last(where: { $0.episode.isOpen(at: now.stamp, openFor: rules.openFor) }) else {
      throw Failure("no headache is open: name one by its id (nape headache list)", status: 1)
    }
    return record
  }

  /// Changes a headache.
  ///
  /// - Throws: ``Failure``; where the store takes nothing, with the line that enters it later.
  @discardableResult
  func change(_ record: EpisodeRecord, by change: EpisodeChange) throws -> EpisodeRecord {
    let rules = rules
    let now = now.stamp
    let line = EpisodeText.lines(change, of: record.id).joined(separator: " && ")
    do {
      let entered = try Self.keeping(line) {
        try write { (store) throws(DiaryError) in
          try store.change(record.id, by: change, at: now, way: .commandLine, rules: rules)
        }
      }
      if change.onset != nil { tell(entered.flags) }
      return try headache(record.id.description)
    } catch {
      EntryNotices.tellUnstored(change.applied(to: record.episode), before: record.episode)
      throw error
    }
  }

  /// Where the store takes nothing, says so, and how the same is entered later.
  static func keeping<Result>(_ line: String, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let failure as Failure where failure.isOfStore {
      throw Failure(
        "this was NOT stored: \(failure.message)\nTo enter it later, keep this line:\n  \(line)", status: 1)
    }
  }

  /// What has to be told of an entry that was taken.
  func tell(_ flags: [EntryRules.Flag]) {
    let others = flags.map { flag in
      switch flag {
      case .overlaps(let onset, let id):
        (id: id, date: onset.at.date, since: EpisodeText.onset(onset, today: now.today))
      }
    }
    guard let last = others.last else { return }
    let list = others.map { "\($0.id?.short ?? "one"), since \($0.since)" }.joined(separator: "; ")
    let text =
      (others.count == 1 ? "Another headache was going on then: " : "Other headaches were going on then: ") + list
      + ". All are kept. If one of them was over:"
    StandardError.write(
      WarningSignsText.wrapped(text).joined(separator: "\n")
        + "\n  \(EpisodeText.endingLine(last.id, on: last.date))\n")
  }
}
