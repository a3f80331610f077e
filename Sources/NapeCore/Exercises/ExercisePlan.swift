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
  /// Answered with yes.
  private let conditions: Set<FirstUse.Question>
  /// Whether the prescription was written in knowledge of the answers.
  private let isPrescribedForThem: Bool
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
      Self.counting(programme, self.catalogue), startWeek: start.week, since: start.since,
      days: Self.days(of: history), today: today)
    week = programme.week(progress.week)
    var firstUse = history.firstUse
    let isKnown = firstUse.isKnown(on: programme.date)
    isCleared = firstUse.isCleared || programme.isCleared && isKnown
    isPrescribedForThem = programme.isPrescribed && isKnown
    conditions = Set(firstUse.answers.filter(\.value).keys)
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

  /// The programme with the catalogue's word on how often a day a movement is done at most, where the programme does not
  /// say it. Where nothing would be left for the day's last session, the programme's own stands.
  private static func counting(_ programme: Programme, _ catalogue: ExerciseCatalogue) -> Programme {
    var counting = programme
    counting.weeks = programme.weeks.map { week in
      var filled = week
      for index in week.home.indices where week.home[index].timesADay == nil {
        filled.home[index].timesADay = catalogue[week.home[index].exercise]?.timesADay?.upperBound
      }
      let isLastSessionAsked = filled.home.contains { $0.timesADay ?? programme.sessionsADay >= programme.sessionsADay }
      return isLastSessionAsked ? filled : week
    }
    return counting
  }

  /// What was done, with what was rightly left out after a red morning.
  private static func days(of history: ExerciseHistory) -> [ExerciseProgress.Day] {
    let reds = ExerciseRating.lastOfDays(history.ratings).filter { $0.light == .red }
    return history.days.map { day in
      var day = day
      let resting = reds.filter { ($0.day..<$0.day.adding(days: TrafficLight.restDays)).contains(day.date) }
      day.resting = Set(resting.map(\.exercise))
      return day
    }
  }

  // MARK: One movement

  /// How the week asks for a movement: at home, else for strength, else at the desk; `nil` where it does not.
  public func item(for id: String) -> Programme.Item? { item(for: id, in: week) }

  private func item(for id: String, in week: Programme.Week) -> Programme.Item? {
    (week.home + week.strength + week.desk.flatMap { $0 }).first { $0.exercise == id }
  }

  /// The level that is advised now, from 1: the person's own or the programme's, and no higher than the answers of the
  /// mornings allow.
  public func level(of id: String) -> Int { level(of: item(for: id) ?? Programme.Item(exercise: id, level: 1)) }

  private func level(of item: Programme.Item) -> Int {
    // What was prescribed may be done at a lower level, never at a higher one.
    let own = ownLevels[item.exercise] ?? item.level
    let wanted = programme.isPrescribed ? min(own, item.level) : own
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
    return Prescription(exercise: exercise, level: level, item: item, dose: Self.dose(of: item, at: level))
  }

  /// The dose that the programme gives, or the level's: at a lower level than the programme's whichever is less work, at a
  /// higher one, which only the person can choose, the level's.
  private static func dose(of item: Programme.Item, at level: ExerciseLevel) -> Dose {
    guard let given = item.dose, level.number <= item.level else { return level.dose }
    return level.number < item.level && level.dose.isLessWork(than: given) ? level.dose : given
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
    public var timesADay: ClosedRange<Int>? { item.timesADay.map { $0...$0 } ?? exercise.timesADay }
    public var daysAWeek: ClosedRange<Int>? { item.days ?? exercise.daysAWeek.map { $0...$0 } }

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
    let isNamed = isPrescribedForThem && programme.exercises.contains(id)
    if !isNamed, !conditions.isDisjoint(with: exercise.notWith) { return .askFirst }
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
    if restriction == .headache {
      return single { $0.suitsHeadache && (!programme.isPrescribed || knownItem(for: $0.id) != nil) }
    }
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
      set(of: [knownItem(for: exercise.id) ?? Programme.Item(exercise: exercise.id, level: 1)])
    }
  }

  /// How the week asks for a movement, else the last week before it that did.
  private func knownItem(for id: String) -> Programme.Item? {
    programme.weeks.prefix(week.number).reversed().lazy.compactMap { item(for: id, in: $0) }.first
  }

  /// What of a set is advised now and suits the desk.
  private func set(of items: [Programme.Item]) -> ExerciseSet? {
    var prescriptions = items.filter { objection(to: $0.exercise) == nil }.compactMap { atDesk($0) }
    guard !prescriptions.isEmpty else { return nil }
    let offer = restriction == .headache ? catalogue.safety.offer : ""
    var text = Self.text(prescriptions.map(\.prompt), offer: offer)
    // Too long at the levels of now: the names alone, and of those as many as fit.
    if text.count > Self.longestText {
      text = Self.text(prescriptions.map(\.exercise.name), offer: offer)
      while text.count > Self.longestText, prescriptions.count > 1 {
        prescriptions.removeLast()
        text = Self.text(prescriptions.map(\.exercise.name), offer: offer)
      }
    }
    return ExerciseSet(exercises: prescriptions.map(\.exercise.id), text: text)
  }

  /// A movement at the highest level up to the one of now that suits the desk.
  private func atDesk(_ item: Programme.Item) -> Prescription? {
    guard let now = prescription(for: item) else { return nil }
    if now.level.desk.suitsPrompts { return now }
    guard let level = now.exercise.levels.last(where: { $0.number < now.level.number && $0.desk.suitsPrompts }) else {
      return nil
    }
    return Prescription(exercise: now.exercise, level: level, item: item, dose: Self.dose(of: item, at: level))
  }

  /// The level at which a prompt asks for a movement.
  public func deskLevel(of id: String) -> Int {
    atDesk(knownItem(for: id) ?? Programme.Item(exercise: id, level: 1))?.level.number ?? level(of: id)
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
