import NapeCore
import SQLite

/// Records of another diary, or of this one at another time.
extension Store {
  /// What became of a record that was to be taken.
  public enum Taken: Hashable, Sendable {
    case new
    /// It is here already.
    case known
    /// It is here already and says something else; what is here stays.
    case differs
    /// Another headache began at the same time; that one stays.
    case duplicate(String)
    case refused(String)
  }

  public enum TakeMode: Hashable, Sendable {
    case whatCanBe
    /// Nothing at all where one is refused.
    case allOrNothing
    /// Nothing; only what would become of them is told.
    case tryOut
  }

  /// Takes records with their ids and the times when they were entered, in one immediate transaction.
  ///
  /// Doing it again changes nothing. Contexts that headaches bring stay; others are read off the record that is here.
  ///
  /// - Parameter items: each as it would be stored.
  /// - Returns: what became of each, in their order.
  public func take(
    _ items: [DiaryItem], at now: Stamp, mode: TakeMode, rules: DiaryRules
  ) throws(DiaryError) -> [Taken] {
    var results: [Taken] = []
    do throws(TakeEnd) {
      let wrap = { (error: SQLiteError) in TakeEnd.failed(.store(.database(error))) }
      try database.transaction(mapping: wrap) { () throws(TakeEnd) in
        do throws(DiaryError) {
          for item in items { results.append(try take(item, at: now, rules)) }
        } catch { throw .failed(error) }
        let isRefused = results.contains { if case .refused = $0 { true } else { false } }
        if mode == .tryOut || mode == .allOrNothing && isRefused { throw .undone }
      }
    } catch {
      if case .failed(let error) = error { throw error }
    }
    return results
  }

  private enum TakeEnd: Error {
    case failed(DiaryError)
    /// Everything is taken back.
    case undone
  }

  /// All that the diary holds: what ``take(_:at:mode:rules:)`` takes.
  public func diaryContents() throws(StoreError) -> DiaryContents {
    do throws(SQLiteError) {
      return try database.snapshot { () throws(SQLiteError) in
        DiaryContents(
          episodes: try records(.begun(from: .min, to: .max)),
          days: try dayRecordsWithFactors(from: LocalDate(daysSinceEpoch: .min), to: nil),
          notes: try noteRows(.all), scores: try scoreRows(.all), deskChecks: try deskCheckRows(.all))
      }
    } catch { throw .database(error) }
  }

  // MARK: Within a transaction

  private func take(_ item: DiaryItem, at now: Stamp, _ rules: DiaryRules) throws(DiaryError) -> Taken {
    switch item {
    case .episode(let record): return try take(record, at: now, rules)
    case .day(let record): return try take(record, at: now)
    case .note(let note):
      return try take(
        note, at: now, Self.refusal(of: note.content, now), { id throws(SQLiteError) in try noteRows(.id(id)) }, insert)
    case .score(let score):
      return try take(
        score, at: now, Self.refusal(of: score.content, now), { id throws(SQLiteError) in try scoreRows(.id(id)) },
        insert)
    case .deskCheck(let check):
      return try take(
        check, at: now, Self.refusal(of: check.content, now), { id throws(SQLiteError) in try deskCheckRows(.id(id)) },
        insert)
    }
  }

  private func take(_ record: EpisodeRecord, at now: Stamp, _ rules: DiaryRules) throws(DiaryError) -> Taken {
    guard record.entered <= now else { return Self.enteredInFuture }
    let here: EpisodeRecord? = try stored { () throws(SQLiteError) in try episode(record.id) }
    if let here { return here.episode == record.episode ? .known : .differs }
    do throws(DiaryError) {
      _ = try check(record.episode, id: record.id, at: now, rules)
    } catch {
      switch error {
      case .refused(.duplicate): return .duplicate(error.description)
      case .refused: return .refused(error.description)
      case .store: throw error
      }
    }
    let onset = record.episode.onset
    return try stored { () throws(SQLiteError) in
      // Of two whose hour is not known, only what else is said of them can tell that they are one.
      if !onset.precision.isTimed, try isThere(record) { return .known }
      try insert(record, at: now, rules)
      return .new
    }
  }

  private func isThere(_ record: EpisodeRecord) throws(SQLiteError) -> Bool {
    let wall = record.episode.onset.at.wall
    return try records(.begun(from: wall, to: wall + 1)).contains { here in
      here.episode.onset == record.episode.onset
        && (here.episode == record.episode || here.way == .imported && here.edited != nil)
    }
  }

  private func take(_ record: DayRecord, at now: Stamp) throws(DiaryError) -> Taken {
    guard record.entered <= now else { return Self.enteredInFuture }
    guard record.date <= now.date else {
      return .refused(EntryRules.Refusal.dayNotBegun(record.date).description)
    }
    guard record.state != .headache else {
      return .refused("the state is headache: none or unknown, since headaches tell that by themselves")
    }
    return try stored { () throws(SQLiteError) in
      let here = try dayRecordsWithFactors(from: record.date, to: record.date).first
      let hasState = record.state != .unknown && record.state != here?.state
      let hasFactors = record.factors != nil && record.factors != here?.factors
      guard hasState || hasFactors else { return .known }
      if hasState, try hasHeadache(record.date) {
        return .refused(EntryRules.Refusal.dayHasHeadache(record.date).description)
      }
      if hasState, here.map({ $0.state != .unknown }) ?? false { return .differs }
      if hasFactors, here?.factors != nil { return .differs }
      if hasState { try declare(record.date, record.state, at: record.entered, record.way) }
      if hasFactors, let factors = record.factors {
        try write(factors, of: record.date, entered: record.entered, record.way)
      }
      return .new
    }
  }

  private static let enteredInFuture = Taken.refused("it was entered in the future: now or earlier")

  /// What has nothing to collide with but itself.
  ///
  /// - Parameter refusal: what is wrong with the content.
  private func take<Content>(
    _ entry: DiaryEntry<Content>, at now: Stamp, _ refusal: EntryRules.Refusal?,
    _ stored: (RecordID) throws(SQLiteError) -> [DiaryEntry<Content>],
    _ insert: (DiaryEntry<Content>) throws(SQLiteError) -> Void
  ) throws(DiaryError) -> Taken {
    guard entry.entered <= now else { return Self.enteredInFuture }
    if let refusal { return .refused(refusal.description) }
    return try self.stored { () throws(SQLiteError) in
      if let here = try stored(entry.id).first { return here == entry ? .known : .differs }
      try insert(entry)
      return .new
    }
  }
}
