/// The ten-second entry: how strong, which side, the neck, when; a key each, and Enter (§9 of the design).
///
/// Keys go in, lines of a screen come out. It knows no terminal and no clock.
public struct QuickEntry: Hashable, Sendable {
  public enum Step: Hashable, Sendable {
    case intensity
    /// Asked only of the strongest pain: whether it reached its worst within minutes (`clinical.md` §2.3).
    case sudden
    case side, neck
    case began
  }

  /// What a key led to.
  public enum Outcome: Hashable, Sendable {
    case store
    /// Nothing is to be kept.
    case leave, interrupted
    /// The person says that this one is different or worrying; the entry goes on after that.
    case warningSigns
  }

  /// How long before `now` it began.
  public enum Shift: Int, Hashable, Sendable, CaseIterable {
    case now = 0
    case quarterHour = 15
    case halfHour = 30
    case hour = 60

    public var precision: Onset.Precision {
      switch self {
      case .now: .exact
      case .quarterHour, .halfHour: .quarterHour
      case .hour: .hour
      }
    }

    var text: String { self == .now ? "now" : "\(rawValue) min ago" }
  }

  /// When the entry began; the onset is counted back from it.
  public let now: Stamp
  private let zone: Zone
  private let offersWarningSigns: Bool
  public private(set) var step = Step.intensity
  /// What is not in it is unknown.
  public private(set) var fields: [EpisodeField: FieldValue] = [:]
  public private(set) var shift = Shift.now
  /// What is wrong with the last key, and what is allowed.
  public private(set) var notice: String?
  public private(set) var showsHelp = false
  /// Whether the last key was a 1 for the intensity, which may be the beginning of a 10.
  private var mayBecomeTen = false

  public init(now: Stamp, zone: Zone, offersWarningSigns: Bool) {
    self.now = now
    self.zone = zone
    self.offersWarningSigns = offersWarningSigns
  }

  /// The headache as it stands.
  public var episode: Episode {
    Episode(
      onset: Onset(at: Stamp(wall: now.wall - .minutes(Int64(shift.rawValue)), in: zone), precision: shift.precision),
      fields: fields)
  }

  // MARK: Keys

  /// Takes a key.
  ///
  /// - Returns: `nil` where the entry goes on.
  public mutating func handle(_ key: EntryKey) -> Outcome? {
    notice = nil
    let mightBecomeTen = mayBecomeTen
    mayBecomeTen = false
    switch key {
    case .escape: return .leave
    case .interrupt: return .interrupted
    case .enter:
      if step == .began { return .store }
      step = .began
    case .erase, .back: goBack()
    case .tab, .character(" "): passOver()
    case .character("?"):
      showsHelp.toggle()
      return nil
    case .character("!") where offersWarningSigns: return .warningSigns
    case .character("0") where mightBecomeTen: answer(.intensity, .range(10...10))
    case .character(let character): choose(String(character))
    case .suspend, .other: notice = "That key is no answer here: \(allowed)."
    }
    showsHelp = false
    return nil
  }

  /// Takes a line, where a terminal cannot take keys: a key, a word such as `left`, nothing to go on, `<` for back, `q` to
  /// leave.
  public mutating func handle(line: String) -> Outcome? {
    let word = line.filter { $0 != " " && $0 != "\t" }
    switch word {
    case "" where step == .began: return .store
    case "":
      (notice, showsHelp) = (nil, false)
      goOn()
      return nil
    case "<": return handle(.back)
    case "q": return handle(.escape)
    default:
      if word.count == 1, let character = word.first { return handle(.character(character)) }
      (notice, showsHelp) = (nil, false)
      choose(String(word.filter { $0.isLetter || $0.isNumber }.prefix(20)))
      return nil
    }
  }

  private mutating func choose(_ word: String) {
    guard let choice = EntryChoice.meant(by: word, among: choices) else {
      notice = "\(word.isEmpty ? "That" : word) is no answer here: \(allowed)."
      return
    }
    switch field {
    case let field?:
      mayBecomeTen = field == .intensity && choice.value == "1"
      if let value = FieldValue(choice.value, field.kind) { answer(field, value) }
    case nil: shift = Int(choice.value).flatMap(Shift.init) ?? shift
    }
  }

  private mutating func answer(_ field: EpisodeField, _ value: FieldValue) {
    fields[field] = value
    if field == .intensity { step = .intensity }
    if !steps.contains(.sudden) { fields[.sudden] = nil }
    goOn()
  }

  private mutating func passOver() {
    if let field { fields[field] = nil } else { shift = .now }
    if !steps.contains(.sudden) { fields[.sudden] = nil }
    goOn()
  }

  private mutating func goOn() {
    let steps = steps
    if let place = steps.firstIndex(of: step), place + 1 < steps.count { step = steps[place + 1] }
  }

  private mutating func goBack() {
    let steps = steps
    guard let place = steps.firstIndex(of: step), place > 0 else {
      notice = "This is the first question."
      return
    }
    step = steps[place - 1]
  }

  // MARK: Questions

  private var steps: [Step] {
    if case .range(let range)? = fields[.intensity], range.lowerBound >= 9 {
      return [.intensity, .sudden, .side, .neck, .began]
    }
    return [.intensity, .side, .neck, .began]
  }

  private var field: EpisodeField? { Self.field(of: step) }

  private static func field(of step: Step) -> EpisodeField? {
    switch step {
    case .intensity: .intensity
    case .sudden: .sudden
    case .side: .side
    case .neck: .neck
    case .began: nil
    }
  }

  private static func question(_ step: Step) -> String {
    switch step {
    case .intensity: "How strong, 0 to 10?"
    case .sudden: "At its worst within minutes?"
    case .side: "Which side?"
    case .neck: "Neck stiff or sore too?"
    case .began: "When did it begin?"
    }
  }

  private var choices: [EntryChoice] {
    switch step {
    case .intensity: EntryChoice.upToTen
    case .sudden, .neck: EntryChoice.yesOrNo
    case .side: EntryChoice.sides
    case .began:
      [
        EntryChoice("1", "15 min ago", "15"), EntryChoice("2", "30 min ago", "30"),
        EntryChoice("3", "60 min ago", "60"),
        EntryChoice("0", "now", "0"),
      ]
    }
  }

  private var allowed: String {
    step == .began ? "Enter stores it, 1, 2 or 3 for earlier" : EntryChoice.allowed(choices)
  }

  // MARK: Screen

  /// What is shown, in so many columns and lines.
  public func screen(width: Int, height: Int) -> EntryScreen {
    let head = head(width)
    let hints = hints(width)
    let current = rows(width, only: step)
    var full = head
    full.addBlank()
    full.add(rows(width))
    var withHints = full
    withHints.addBlank()
    withHints.add(hints)
    return EntryScreen.fitting(
      height, [withHints, withHints.withoutBlanks, full, full.withoutBlanks, rows(width), current])
  }

  /// The question that is open, with what was wrong before it; for a terminal without keys.
  public func question(width: Int) -> EntryScreen {
    var screen = EntryScreen(width: width)
    if showsHelp { screen.add(help(width)) }
    screen.add(rows(width, only: step))
    return screen
  }

  private func head(_ width: Int) -> EntryScreen {
    var screen = EntryScreen(width: width)
    screen.add("A headache", .bold)
    return screen
  }

  private func rows(_ width: Int, only: Step? = nil) -> EntryScreen {
    var screen = EntryScreen(width: width)
    for each in steps where only == nil || each == only {
      let isCurrent = each == step
      let text = Self.question(each) + (answerText(each).map { "  \($0)" } ?? "")
      screen.add(isCurrent ? "> \(text)" : text, isCurrent ? .bold : .plain, indent: isCurrent ? 0 : 2)
      guard isCurrent else { continue }
      screen.add(pieces: choices.map(\.shown), gap: step == .intensity ? 2 : 3, indent: 4)
      if step == .intensity { screen.add("0 no pain, 10 the worst imaginable", .dim, indent: 4) }
      if step == .began { screen.add("Enter stores it", .bold, indent: 4) }
      if let notice { screen.add(notice, indent: 4) }
    }
    return screen
  }

  private func answerText(_ step: Step) -> String? {
    if let field = Self.field(of: step) { return fields[field]?.text }
    let onset = episode.onset.at
    return "\(shift.text) (\(WallTime.clock(utcMicroseconds: onset.wall, offsetSeconds: onset.offsetSeconds)))"
  }

  private func hints(_ width: Int) -> EntryScreen {
    if showsHelp { return help(width) }
    var screen = EntryScreen(width: width)
    var pieces = step == .began ? [] : ["Space: not known"]
    pieces += ["Backspace: back", "Esc: stop, nothing is kept", "?: help"]
    screen.add(pieces: pieces, .dim)
    if offersWarningSigns { screen.add("!: this one is different or worrying", .dim) }
    return screen
  }

  private func help(_ width: Int) -> EntryScreen {
    var screen = EntryScreen(width: width)
    screen.add("One key answers. What you pass over stays unknown and never counts as \"no\".", .dim)
    screen.add("Enter goes to the end; Enter there stores it. Nothing is stored before that.", .dim)
    screen.add("All else can wait for a better hour: nape detail", .dim)
    if offersWarningSigns { screen.add("!: this one is different or worrying. Shows when to get help.", .dim) }
    return screen
  }
}
