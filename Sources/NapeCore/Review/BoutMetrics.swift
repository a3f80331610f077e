import Glibc

/// How sitting is divided into bouts (`clinical.md` §3.4).
public struct BoutMetrics: Hashable, Sendable {
  /// How many bouts there are; one or more.
  public let count: Int
  /// In µs, as all lengths here.
  public let total: Microseconds
  public let longest: Microseconds
  public let mean: Double
  public let median: Double
  /// Bouts of half an hour and of an hour or more, and the time in them.
  public let from30: Share
  public let from60: Share
  /// The usual bout: bouts of at most this length hold half of the time (the weighted median).
  public let w50: Microseconds
  /// How quickly longer bouts become rarer, over the bouts from ``shortest`` on; lower for longer bouts. `nil` where none is
  /// longer than that.
  public let alpha: Double?
  /// 0 where all bouts are of one length, to near 1 where one holds all the time.
  public let gini: Double
  /// The breaks between them.
  public let breaks: Int

  public struct Share: Hashable, Sendable {
    public let count: Int
    /// In µs.
    public let time: Microseconds
  }

  /// The least bout that ``alpha`` counts: x_min of 5 minutes.
  public static let shortest: Microseconds = 5 * .minute

  /// - Parameters:
  ///   - bouts: their sitting times in µs, in any order; those of zero are left out.
  ///   - breaks: within the days: bouts of each day less one, where nothing else is known.
  /// - Returns: `nil` for no bout.
  public init?(_ bouts: [Microseconds], breaks: Int) {
    let sorted = bouts.filter { $0 > 0 }.sorted()
    guard let longest = sorted.last, let distribution = Distribution(sorted.map(Double.init)) else { return nil }
    let total = sorted.reduce(0, +)
    func share(from least: Microseconds) -> Share {
      let bouts = sorted.filter { $0 >= least }
      return Share(count: bouts.count, time: bouts.reduce(0, +))
    }
    count = sorted.count
    self.total = total
    self.longest = longest
    (mean, median) = (distribution.mean, distribution.median)
    (from30, from60) = (share(from: 30 * .minute), share(from: 60 * .minute))
    var held: Microseconds = 0
    w50 =
      sorted.first { bout in
        held += bout
        return 2 * held >= total
      } ?? longest
    let counted = sorted.filter { $0 >= Self.shortest }
    let logs = counted.reduce(0.0) { $0 + log(Double($1) / Double(Self.shortest)) }
    alpha = logs > 0 ? 1 + Double(counted.count) / logs : nil
    var weighted = 0.0
    for (index, bout) in sorted.enumerated() { weighted += Double(2 * index + 1 - sorted.count) * Double(bout) }
    gini = weighted / (Double(sorted.count) * Double(total))
    self.breaks = breaks
  }

  /// Of bouts off the record; ends that are no breaks, and absences that end a day at the desk, are not counted.
  public init?(_ bouts: [RecordedBout]) {
    self.init(bouts.map(\.sitting), breaks: bouts.count(where: \.hasBreak))
  }

  public var breaksPerHour: Double { Double(breaks) / hours }

  /// Bouts per sitting hour.
  public var fragmentation: Double { Double(count) / hours }

  /// Whether there are enough bouts for ``alpha`` and ``gini`` to tell anything.
  public var isEnoughForShape: Bool { count >= 20 }

  /// 0 … 1.
  public func share(_ part: Share) -> Double { Double(part.time) / Double(total) }

  private var hours: Double { Double(total) / Double(Microseconds.hour) }
}
