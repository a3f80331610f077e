import NapeCore

/// The diary of a run: what becomes of the headaches that its lines enter, by the rules that the store keeps too.
struct TraceDiary {
  struct Entry: Hashable {
    let id: RecordID
    var episode: Episode
    let entered: Stamp
    let way: EntryWay
    var edited: Stamp?
    var isCardShown = false

    /// As a store keeps it, without the desk context.
    var record: EpisodeRecord {
      EpisodeRecord(id: id, episode: episode, entered: entered, way: way, edited: edited)
    }
  }

  /// In the order in which they were entered.
  private(set) var entries: [Entry] = []
  /// The record, as far as it is closed.
  private var spans: [Span] = []
  private var entered: UInt64 = 0

  // MARK: What the engine wants done

  mutating func note(_ effect: Effect, at now: Stamp, in zone: Zone) {
    switch effect {
    case .span(let span): spans.append(span)
    case .day(let date, .headache):
      // A check-in's Yes tells the day and nothing else.
      if !dates.contains(date) {
        add(
          Episode(onset: Onset(at: Stamp(secondOfDay: 0, of: date, in: zone), precision: .day)), at: now, .notification)
      }
    case .answered(let date, let choice):
      guard let (field, value) = choice.field,
        let index = entries.lastIndex(where: {
          $0.episode.onset.precision == .day && $0.episode.onset.at.date == date
        })
      else { return }
      entries[index].episode.fields[field] = value
      entries[index].edited = now
    case .ask(let question):
      guard case .details(let id) = question.kind, let index = entries.firstIndex(where: { $0.id == id }) else {
        return
      }
      entries[index].isCardShown = true
    default: break
    }
  }

  /// The days that a headache touched.
  var dates: Set<LocalDate> {
    var dates: Set<LocalDate> = []
    for entry in entries {
      var date = entry.episode.onset.at.date
      while date <= entry.episode.lastDate {
        dates.insert(date)
        date = date.adding(days: 1)
      }
    }
    return dates
  }

  /// The headaches that the card asks about.
  var cards: [DetailCard] {
    entries.map { DetailCard(episode: $0.id, onset: $0.episode.onset.at, isShown: $0.isCardShown) }
  }

  // MARK: What a line enters

  /// What came of a line.
  struct Outcome {
    let episode: Episode
    /// Where the onset lies on the trace's axis.
    let onset: Microseconds
    /// `nil` where the hour of the onset is not known.
    var context: DeskContext?
    var overlaps = false
  }

  /// - Parameters:
  ///   - open: the span that is under way, as far as it is known.
  ///   - time: the stamp of its onset or end; `nil` where the line names none.
  mutating func enter(
    _ line: HeadacheLine, time: Stamp?, at now: Moment, open: [Span], settings: Settings
  ) throws(EntryRules.Refusal) -> Outcome {
    let spans = spans + open
    var index = entries.count - 1
    if line.action != .log, entries.isEmpty { throw .noSuchEpisode("to \(line.action.rawValue)") }
    var episode: Episode
    switch line.action {
    case .log: episode = Episode(onset: Onset(at: time ?? now.stamp), fields: line.fields)
    case .edit:
      let onset = time.map { Onset(at: $0) }
      episode = EpisodeChange(onset: onset, fields: line.fields.mapValues { $0 }).applied(to: entries[index].episode)
    case .end:
      let end = EpisodeEnd.ended(time ?? now.stamp)
      guard entries[index].episode.takes(end) else { throw .alreadyEnded }
      episode = EpisodeChange(end: end).applied(to: entries[index].episode)
    case .delete:
      let deleted = entries.remove(at: index).episode
      return Outcome(episode: deleted, onset: Self.boot(of: deleted.onset.at, spans, now))
    }
    var others = entries
    if line.action != .log { others.removeLast() }
    let flags = try EntryRules.check(
      episode, at: now.stamp, others: others.map { (id: nil, episode: $0.episode) },
      openFor: settings.diary.detailUntil)
    if line.action == .log {
      add(episode, at: now.stamp, .commandLine)
      index = entries.count - 1
    } else {
      entries[index].episode = episode
      entries[index].edited = now.stamp
    }
    let context: DeskContext? =
      episode.onset.precision.isTimed
      ? DeskContext(
        of: episode.onset.at, in: spans, ignoredPrompts: 0, breakAfter: settings.presence.breakAfter,
        afternoon: (settings.diary.afternoonFrom, settings.diary.afternoonTo)) : nil
    return Outcome(
      episode: episode, onset: Self.boot(of: episode.onset.at, spans, now), context: context,
      overlaps: !flags.isEmpty)
  }

  /// Ids are UUIDs of version 7 with a count in place of what is random, so that the same trace gives the same ones.
  private mutating func add(_ episode: Episode, at now: Stamp, _ way: EntryWay) {
    entered += 1
    let milliseconds = UInt64(clamping: now.wall / 1000)
    let id = RecordID(high: milliseconds << 16 | 0x7000, low: 1 << 63 | entered)
    entries.append(Entry(id: id, episode: episode, entered: now, way: way))
  }

  /// Where a stamp lies on the trace's axis, which may be before its start.
  private static func boot(of stamp: Stamp, _ spans: [Span], _ now: Moment) -> Microseconds {
    if let place = LedgerPlace(of: stamp.wall, in: spans) {
      return spans[place.index].begin.boot + place.passed + place.missing
    }
    let first = spans.first?.begin ?? now
    return first.boot - (first.wall - stamp.wall)
  }
}
