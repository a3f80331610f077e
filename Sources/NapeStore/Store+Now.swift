import NapeCore
import SQLite

/// What of the diary bears on the present.
extension Store {
  /// What the diary says against exercises.
  public func exerciseRestriction(at now: Stamp) throws(StoreError) -> ExerciseRestriction {
    if try openWarning() != nil { return .warningSign }
    do throws(SQLiteError) {
      let isGoingOn = try bareEpisodes(from: now.wall - EntryRules.longestEpisode, to: now.wall + 1)
        .contains { $0.episode.isGoingOn(at: now) }
      return isGoingOn ? .headache : .none
    } catch { throw .database(error) }
  }

  /// The headaches that may still be asked about and of which more could be told.
  public func detailCards(at now: Stamp, rules: DiaryRules) throws(StoreError) -> [DetailCard] {
    do throws(SQLiteError) {
      let rows = try database.prepare(
        """
        SELECT id, card_shown FROM episode WHERE onset_utc_usec > ? AND onset_utc_usec <= ?
        ORDER BY onset_utc_usec, id
        """
      ).query(now.wall - rules.openFor, now.wall) { row throws(SQLiteError) in
        (id: RecordID(bytes: try row.bytes(0)), isShown: try row.bool(1))
      }
      var cards: [DetailCard] = []
      for row in rows {
        guard let id = row.id, let record = try episode(id), record.episode.lacksDetail else { continue }
        cards.append(DetailCard(episode: id, onset: record.episode.onset.at, isShown: row.isShown))
      }
      return cards
    } catch { throw .database(error) }
  }

  /// The onsets of headaches that were entered after a moment, in the order of their entry; without those of a file.
  ///
  /// - Parameter moment: UTC in µs.
  public func onsets(enteredAfter moment: Microseconds) throws(StoreError) -> [(onset: Stamp, entered: Microseconds)] {
    do throws(SQLiteError) {
      let rows = try database.prepare(
        """
        SELECT onset_utc_usec, onset_offset_s, entered_utc_usec FROM episode
        WHERE entered_utc_usec > ? AND way <> 'import' ORDER BY entered_utc_usec, id
        """
      ).query(moment) { row throws(SQLiteError) in
        (onset: try Self.stamp(row, 0) ?? Stamp(wall: 0, offsetSeconds: 0), entered: try row.microseconds(2))
      }
      return rows
    } catch { throw .database(error) }
  }
}
