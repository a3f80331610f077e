/// What is refused and what is flagged when something is entered into the diary (§9 of the design).
public enum EntryRules {
  /// Onsets so close to each other are one.
  public static let duplicateWithin: Microseconds = .minutes(5)
  /// No headache that lasts longer can be entered; longer is a mistake in a date.
  public static let longestEpisode: Microseconds = 31 * 24 * .hour

  /// Why an entry is refused. Descriptions say what is wrong and, after a colon, what is allowed.
  public enum Refusal: Error, Hashable, Sendable, CustomStringConvertible {
    case onsetInFuture
    case onsetBefore1970
    case endInFuture
    case endBeforeOnset
    case tooLong
    case medicineInFuture
    case duplicate(of: Onset, id: RecordID?)
    case dayNotBegun(LocalDate)
    case dayHasHeadache(LocalDate)
    case noSuchEpisode(String)
    case ambiguous(String)
    case alreadyEnded
    /// A note, score or desk check.
    case noSuchEntry(String)
    case noText
    case textNotAllowed
    case noSuchTotal(Score.Instrument)
    case nothingAnswered

    public var description: String {
      switch self {
      case .onsetInFuture: "the onset is in the future: now or earlier"
      case .onsetBefore1970: "the onset is before 1970: later"
      case .endInFuture: "the end is in the future: now or earlier"
      case .endBeforeOnset: "the end is before the onset: the onset or later"
      case .tooLong: "that is longer than 31 days: an end at most 31 days after the onset"
      case .medicineInFuture: "a medicine was taken in the future: now or earlier"
      case .duplicate(let onset, let id):
        "a headache of \(onset.at.date) \(onset.at.clock) is noted already\(id.map { " (\($0.short))" } ?? ""): change that "
          + "one, or enter an onset more than 5 minutes from it"
      case .dayNotBegun(let date): "\(date) has not begun: today or earlier"
      case .dayHasHeadache(let date): "a headache is noted on \(date): another day, or delete the headache first"
      case .noSuchEpisode(""): "no headache is noted yet"
      case .noSuchEpisode(let name): "there is no headache \(name): an id of nape headache list, or its last digits"
      case .ambiguous(let name): "several headaches are called \(name): more digits of the id"
      case .alreadyEnded: "its end is noted already: nape headache edit changes it"
      case .noSuchEntry(let name): "there is no entry \(name), or several are called so"
      case .noText: "a note needs a text"
      case .textNotAllowed:
        "a note is \(FieldKind.text(longest: DiaryNote.longestText).allowed), without control characters"
      case .noSuchTotal(let instrument):
        "totals of \(instrument.title) are \(instrument.range.lowerBound) to \(instrument.range.upperBound)"
      case .nothingAnswered: "nothing was answered"
      }
    }
  }

  /// What is told of an entry that was taken.
  public enum Flag: Hashable, Sendable {
    /// Another headache was going on at its onset.
    case overlaps(Onset, id: RecordID?)
  }

  /// Judges a headache, new or changed.
  ///
  /// - Parameters:
  ///   - others: those that it may collide with, without itself.
  ///   - openFor: for how long a headache without an end counts as going on (`diary.detail_until`).
  /// - Returns: what is to be told.
  public static func check(
    _ episode: Episode, at now: Stamp, others: [(id: RecordID?, episode: Episode)], openFor: Microseconds
  ) throws(Refusal) -> [Flag] {
    guard episode.onset.at <= now else { throw .onsetInFuture }
    guard episode.onset.at.wall >= 0 else { throw .onsetBefore1970 }
    if let end = episode.end?.stamp {
      guard end <= now else { throw .endInFuture }
      guard end >= episode.onset.at else { throw .endBeforeOnset }
      guard end.wall - episode.onset.at.wall <= longestEpisode else { throw .tooLong }
    }
    // Where only the day is known, a second one of that day is no mistake that could be told.
    if episode.onset.precision.isTimed {
      for (id, other) in others where other.onset.precision.isTimed {
        guard abs(other.onset.at.wall - episode.onset.at.wall) <= duplicateWithin else { continue }
        throw .duplicate(of: other.onset, id: id)
      }
    }
    guard episode.medicines.allSatisfy({ $0.taken <= now }) else { throw .medicineInFuture }
    return others.compactMap { id, other in
      let overlaps =
        other.wasGoingOn(at: episode.onset.at, openFor: openFor) || episode.isKnownToReach(other.onset)
      return overlaps ? .overlaps(other.onset, id: id) : nil
    }
  }
}

extension Episode {
  /// Whether it was going on at a moment after its onset.
  fileprivate func wasGoingOn(at moment: Stamp, openFor: Microseconds) -> Bool {
    guard onset.at <= moment, onset.precision.isTimed else { return false }
    if let over = end?.over { return moment < over }
    return isOpen(at: moment, openFor: openFor)
  }

  /// Whether it is known to have lasted beyond a later onset.
  fileprivate func isKnownToReach(_ later: Onset) -> Bool {
    guard onset.precision.isTimed, later.precision.isTimed, later.at > onset.at, let last = end?.stamp else {
      return false
    }
    return later.at < last
  }
}
