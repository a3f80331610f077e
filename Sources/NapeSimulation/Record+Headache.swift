import NapeCore

extension Record {
  /// What came of a line that entered something into the diary.
  init(_ outcome: TraceDiary.Outcome, of action: HeadacheLine.Action, at t: Microseconds, fractions: Bool) {
    var members: [Member] = []
    func add(_ key: String, _ value: Value) { members.append(Member(key: key, value: value)) }
    add("t", .time(t))
    switch action {
    case .log: add("headache", .text("logged"))
    case .end: add("headache", .text("ended"))
    case .edit: add("headache", .text("edited"))
    case .delete: add("headache", .text("deleted"))
    }
    add("onset", .time(outcome.onset))
    if action == .log || action == .edit, let context = outcome.context {
      add("sat_before", Self.windows(context) { index in .time(context.windows[index].sitting) })
      add("bout_at_onset", context.bout.map { .time($0) } ?? .null)
      add("coverage", Self.windows(context) { index in .hundredths(Self.hundredths(context, index)) })
      add("part_of_day", .text(context.partOfDay.rawValue))
    }
    if action == .end, let duration = outcome.episode.duration { add("lasted", .time(duration)) }
    if outcome.overlaps { add("overlaps", .flag(true)) }
    self.init(members, fractions: fractions)
  }

  private static func windows(_ context: DeskContext, _ value: (Int) -> Value) -> Value {
    .object(DeskContext.windowMinutes.indices.map { Member(key: "\(DeskContext.windowMinutes[$0])", value: value($0)) })
  }

  /// The share of a window that is known, to the nearest hundredth.
  private static func hundredths(_ context: DeskContext, _ index: Int) -> Int {
    let length = Microseconds.minutes(Int64(DeskContext.windowMinutes[index]))
    return Int((context.windows[index].known * 200 + length) / (2 * length))
  }
}
