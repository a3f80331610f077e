/// What is advised today: the programme's week, at the levels that the answers of the mornings allow, as far as nothing
/// speaks against it (§8 of the design, `clinical.md` §4).
public struct ExercisePlan: Sendable {
  /// The catalogue with the programme's own movements.
  public let catalogue: ExerciseCatalogue
  public let programme: Programme
  public let progress: ExerciseProgress
  public let week: Programme.Week
  public let restriction: ExerciseRestriction
  public let today: LocalDate
  /// What the first-use answers and the programme's prescription come to.
  public let verdict: FirstUse.Verdict
  private let isCleared: Bool
  private let ownLevels: [String: Int]
  private let caps: [String: LevelCap]

  /// Why a movement is not advised now.
  public enum Objection: Hashable, Sendable {
    case warningSign
    /// An answer to the first-use questions.
    case askFirst
    /// The first-use questions are not answered, and the movement is not marked safe.
    case unanswered
    /// A professional has to have checked the person.
    case needsClearance
    /// It does not suit a headache.
    case headache
    /// It is left out before this day.
    case rests(until: LocalDate)
  }

  public init(
    catalogue: ExerciseCatalogue, programme: Programme, history: ExerciseHistory, restriction: ExerciseRestriction,
    today: LocalDate
  ) {
    self.catalogue = catalogue.adding(programme.own)
    self.programme = programme
    self.restriction = restriction
    self.today = today
    let start = history.start ?? ExerciseHistory.Start(week: 1, since: today)
    progress = ExerciseProgress(
      programme, startWeek: start.week, since: start.since, days: Self.days(of: history), today: today)
    week = programme.week(progress.week)
    isCleared = history.firstUse.isCleared || programme.isCleared
    var firstUse = history.firstUse
    firstUse.isCleared = isCleared
    verdict = firstUse.verdict
    ownLevels = history.levels
    var caps: [String: LevelCap] = [:]
    for (id, ratings) in Dictionary(grouping: history.ratings, by: \.exercise) {
      guard let exercise = self.catalogue[id] else { continue }
      caps[id] = LevelCap(ratings, highest: exercise.levels.count)
    }
    self.caps = caps
  }

  /// What was done, with what was rightly left out after a red morning.
  private static func days(of history: ExerciseHistory) -> [ExerciseProgress.Day] {
    let reds = history.ratings.filter { $0.light == .red }
    return history.days.map { day in
      var day = day
      let resting = reds.filter { ($0.day..<$0.day.adding(days: TrafficLight.restDays)).contains(day.date) }
      day.resting = Set(resting.map(\.exercise))
      return day
    }
  }

  // MARK: One movement

  /// How the week asks for a movement: at home, else for strength, else at the desk; `nil` where it does not.
  public func item(for id: String) -> Programme.Item? {
    (week.home + week.strength + week.desk.flatMap { $0 }).first { $0.exercise == id }
  }

  /// The level that is advised now, from 1: the person's own or the programme's, and no higher than the answers of the
  /// mornings allow.
  public func level(of id: String) -> Int { level(of: item(for: id) ?? Programme.Item(exercise: id, level: 1)) }

  private func level(of item: Programme.Item) -> Int {
    let wanted = ownLevels[item.exercise] ?? item.level
    let highest = catalogue[item.exercise]?.levels.count ?? 1
    return max(1, min(wanted, highest, caps[item.exercise]?.level ?? wanted))
  }

  /// A movement with level and dose, as it is to be done now; `nil` for an id that is not known.
  public func prescription(for id: String) -> Prescription? {
    prescription(for: item(for: id) ?? Programme.Item(exercise: id, level: 1))
  }

  public func prescription(for item: Programme.Item) -> Prescription? {
    let number = level(of: item)
    guard let exercise = catalogue[item.exercise], let level = exercise.level(number) else { return nil }
    // A dose that was prescribed for another level is not this one's.
    let dose = number == item.level ? item.dose ?? level.dose : level.dose
    return Prescription(exercise: exercise, level: level, item: item, dose: dose)
  }

  /// A movement of the week at the level of now.
  public struct Prescription: Hashable, Sendable {
    public let exercise: Exercise
    public let level: ExerciseLevel
    public let item: Programme.Item
    public let dose: Dose

    public init(exercise: Exercise, level: ExerciseLevel, item: Programme.Item, dose: Dose) {
      self.exercise = exercise
      self.level = level
      self.item = item
      self.dose = dose
    }

    public var doseWords: String { dose.words(eachSide: level.eachSide, side: item.side) }
    public var doseSigns: String { dose.signs(eachSide: level.eachSide, side: item.side) }
    public var timesADay: Int? { item.timesADay ?? exercise.timesADay }

    /// The shortest form with its dose; without a final full stop.
    var prompt: String { exercise.prompt.replacing("{dose}", with: doseWords) }
  }

  public func cap(of id: String) -> LevelCap? { caps[id] }

  /// What speaks against a movement now; `nil` where nothing does.
  public func objection(to id: String) -> Objection? {
    guard let exercise = catalogue[id] else { return nil }
    if restriction == .warningSign { return .warningSign }
    switch verdict {
    case .askFirst: return .askFirst
    case .unanswered: if !exercise.isSafe { return exercise.needsClearance ? .needsClearance : .unanswered }
    case .ready: break
    }
    if exercise.needsClearance, !isCleared { return .needsClearance }
    if restriction == .headache, !exercise.suitsHeadache { return .headache }
    if let until = caps[id]?.restsUntil, today < until { return .rests(until: until) }
    return nil
  }

  // MARK: Prompts

  /// The longest text of a set, in characters: with title and stop rule a notification has 200.
  public static let longestText = 95

  /// What exercise prompts may ask for now, one after the other; empty where no exercise is advised.
  public var sets: [ExerciseSet] {
    // One movement each: an offer asks for little.
    if restriction == .headache { return single(\.suitsHeadache) }
    var sets: [ExerciseSet] = []
    for items in week.desk {
      guard let set = set(of: items), !sets.contains(set) else { continue }
      sets.append(set)
    }
    // Where nothing of the week's sets is advised now; what was prescribed is not replaced.
    return sets.isEmpty && !week.desk.isEmpty && !programme.isPrescribed ? single(\.isSafe) : sets
  }

  private func single(_ fits: (Exercise) -> Bool) -> [ExerciseSet] {
    catalogue.exercises.filter(fits).compactMap { exercise in
      set(of: [item(for: exercise.id) ?? Programme.Item(exercise: exercise.id, level: 1)])
    }
  }

  /// What of a set is advised now and suits the desk.
  private func set(of items: [Programme.Item]) -> ExerciseSet? {
    let prescriptions = items.filter { objection(to: $0.exercise) == nil }.compactMap { atDesk($0) }
    guard !prescriptions.isEmpty else { return nil }
    let offer = restriction == .headache ? catalogue.safety.offer : ""
    let full = Self.text(prescriptions.map(\.prompt), offer: offer)
    let text = full.count <= Self.longestText ? full : Self.text(prescriptions.map(\.exercise.name), offer: offer)
    return ExerciseSet(exercises: prescriptions.map(\.exercise.id), text: text)
  }

  /// A movement at the highest level up to the one of now that suits the desk.
  private func atDesk(_ item: Programme.Item) -> Prescription? {
    guard let now = prescription(for: item) else { return nil }
    if now.level.desk.suitsPrompts { return now }
    guard let level = now.exercise.levels.last(where: { $0.number < now.level.number && $0.desk.suitsPrompts }) else {
      return nil
    }
    return Prescription(exercise: now.exercise, level: level, item: item, dose: level.dose)
  }

  /// The level at which a prompt asks for a movement.
  public func deskLevel(of id: String) -> Int {
    atDesk(item(for: id) ?? Programme.Item(exercise: id, level: 1))?.level.number ?? level(of: id)
  }

  /// "Shoulder rolls at the wall, ten, slow. Then a walk to the window, one minute."
  static func text(_ parts: [String], offer: String) -> String {
    let sentences = parts.enumerated().map { index, part in
      let isWithin = index > 0 || !offer.isEmpty
      return (index > 0 ? "Then " : "") + (isWithin ? part.prefix(1).lowercased() + part.dropFirst() : part) + "."
    }
    return (offer.isEmpty ? "" : offer + " ") + sentences.joined(separator: " ")
  }

  /// The text of a set as it would be prompted, whatever is advised now; for a check of a programme.
  public static func text(of prescriptions: [Prescription]) -> String { text(prescriptions.map(\.prompt), offer: "") }
}
