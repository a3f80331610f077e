/// How prompts of one kind ended, and how many of them were followed.
///
/// One measure for all: the review has it of a person's record, `nape adherence` of a journal.
public struct Adherence: Hashable, Sendable {
  public let kind: Prompt.Kind
  /// How many ended so; what did not occur is not there.
  public private(set) var outcomes: [Outcome: Int] = [:]

  public init(of kind: Prompt.Kind) { self.kind = kind }

  public mutating func add(_ outcome: Outcome) { outcomes[outcome, default: 0] += 1 }

  /// Those that were posted and have ended.
  public var prompts: Int { outcomes.values.reduce(0, +) }

  /// Those that the person could follow: the denominator of ``followed``. ``Outcome/counts``
  public var counted: Int { outcomes.reduce(0) { $1.key.counts ? $0 + $1.value : $0 } }

  /// `nil` for a kind that asks for nothing that could be seen to be done. ``Prompt/Kind/following``
  public var followed: Int? { kind.following.map { outcomes[$0, default: 0] } }
}
