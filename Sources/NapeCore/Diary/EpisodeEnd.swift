/// What is known of a headache's end. Without any it is open at first, and unknown later.
public enum EpisodeEnd: Hashable, Sendable {
  case ended(Stamp)
  /// The person fell asleep with it; it counts until they woke, if that is known (ICHD-3 1.1, note).
  case asleep(woke: Stamp?)
  /// It was there still at that time.
  case stillThere(Stamp)

  /// The column `end_known`.
  public enum Word: String, Hashable, Sendable, CaseIterable {
    case ended, asleep
    case stillThere = "still-there"
  }

  public var word: Word {
    switch self {
    case .ended: .ended
    case .asleep: .asleep
    case .stillThere: .stillThere
    }
  }

  /// Its time, whatever it says.
  public var stamp: Stamp? {
    switch self {
    case .ended(let at), .stillThere(let at): at
    case .asleep(let woke): woke
    }
  }

  /// When it was over, where that is known.
  public var over: Stamp? {
    switch self {
    case .ended(let at): at
    case .asleep(let woke): woke
    case .stillThere: nil
    }
  }

  /// - Returns: `nil` for a word that needs a time and has none.
  public init?(_ word: Word, at: Stamp?) {
    switch (word, at) {
    case (.ended, let at?): self = .ended(at)
    case (.stillThere, let at?): self = .stillThere(at)
    case (.asleep, let at): self = .asleep(woke: at)
    default: return nil
    }
  }
}
