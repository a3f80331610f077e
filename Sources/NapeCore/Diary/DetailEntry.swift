/// The card that asks for details of a headache, one question after the other; each can be passed over (`clinical.md`
/// §1.1, later card).
///
/// Keys go in, lines of a screen come out. What is passed over stays as it is.
public struct DetailEntry: Sendable {
  /// What is asked.
  public enum Item: Hashable, Sendable {
    case end, endTime, wakingTime
    case field(EpisodeField)
    case medicine, medicineName, medicineTime, medicineHelp
  }

  public enum Outcome: Hashable, Sendable {
    /// The last question is behind, or the person stopped: what was answered is to be kept.
    case finished, stopped
    /// Nothing is to be kept.
    case interrupted
  }

  private enum Form {
    case one([EntryChoice])
    case several([EntryChoice])
    case text(hint: String)
  }

  private let episode: Episode
  private let time: EntryTime
  private let usualMedicine: String
  public private(set) var item: Item
  /// Texts as ``FieldValue/text``, words or times.
  public private(set) var answers: [Item: String] = [:]
  /// What is typed or chosen at the question that is open.
  private var draft = ""
  public private(set) var notice: String?

  /// - Parameters:
  ///   - episode: as it is stored.
  ///   - usualMedicine: `diary.usual_medicine`; empty for none.
  public init(episode: Episode, time: EntryTime, usualMedicine: String) {
    self.episode = episode
    self.time = time
    self.usualMedicine = usualMedicine
    item = .field(.worst)
    item = items[0]
  }

  // MARK: What came of it

  /// - Parameter classOf: the class of a medicine by its name.
  public func change(classOf: (String) -> Medicine.Class) -> EpisodeChange {
    var change = answered
    if let text = medicineText, let medicine = Medicine.Written(text) {
      change.moreMedicines = [
        Medicine(
          taken: answers[.medicineTime].flatMap(time.stamp) ?? usualTime, name: medicine.name,
          medicineClass: classOf(medicine.name), dose: medicine.dose,
          helped: answers[.medicineHelp].flatMap(Medicine.Help.init))
      ]
    }
    return change
  }

  /// All but the medicine.
  private var answered: EpisodeChange {
    var change = EpisodeChange()
    change.end = end.map { .some($0) } ?? .none
    for (item, text) in answers {
      if case .field(let field) = item, let value = FieldValue(text, field.kind) { change.fields[field] = value }
    }
    return change
  }

  private var end: EpisodeEnd? {
    switch answers[.end] {
    case "now": .ended(time.now)
    case "time": answers[.endTime].flatMap(time.stamp).map(EpisodeEnd.ended)
    case "asleep": .asleep(woke: answers[.wakingTime].flatMap(time.stamp))
    case "still-there": .stillThere(time.now)
    default: nil
    }
  }

  private var medicineText: String? {
    switch answers[.medicine] {
    case "usual": usualMedicine
    case "other": answers[.medicineName]
    default: nil
    }
  }

  /// When a medicine counts as taken where nobody said when: now on the day of the onset, else at the onset.
  private var usualTime: Stamp { Medicine.usualTime(of: answered.applied(to: episode), now: time.now) }

  // MARK: Keys

  /// Takes a key.
  ///
  /// - Returns: `nil` where the card goes on.
  public mutating func handle(_ key: EntryKey) -> Outcome? {
    notice = nil
    switch key {
    case .escape: return .stopped
    case .interrupt: return .interrupted
    case .tab: return goOn()
    case .back:
      goBack()
      return nil
    case .erase where isTyping && !draft.isEmpty:
      draft.removeLast()
      return nil
    case .erase:
      goBack()
      return nil
    case .enter: return accept()
    case .character(let character): return take(character)
    case .suspend, .other:
      notice = "That key is no answer here: \(allowed)."
      return nil
    }
  }

  /// Takes a line, where a terminal cannot take keys: an answer, nothing to pass over, `<` for back, `q` to stop.
  public mutating func handle(line: String) -> Outcome? {
    let text = Self.trimmed(line)
    switch text {
    case "": return handle(.tab)
    case "<": return handle(.back)
    case "q": return handle(.escape)
    default: break
    }
    notice = nil
    switch form {
    case .one(let choices):
      guard let choice = EntryChoice.meant(by: text, among: choices) else { return refuse(text) }
      return answer(choice.value)
    case .several(let choices):
      let words = text == "none" || text == "0" ? [] : text.split { ", ".contains($0) }.map(String.init)
      // Letters in a row are several keys.
      let keys = words.count == 1 && EntryChoice.meant(by: text, among: choices) == nil ? text.map(String.init) : words
      let chosen = keys.map { EntryChoice.meant(by: $0, among: choices)?.value }
      guard chosen.allSatisfy({ $0 != nil }) else { return refuse(text) }
      return answer(chosen.isEmpty ? "none" : chosen.compactMap { $0 }.joined(separator: ","))
    case .text:
      draft = text
      return accept()
    }
  }

  private mutating func refuse(_ text: String) -> Outcome? {
    let shown = String(text.filter { !$0.isWhitespace && ($0.isASCII || $0.isLetter) }.prefix(20))
    notice = "\(shown.isEmpty ? "That" : shown) is no answer here: \(allowed)."
    return nil
  }

  private mutating func take(_ character: Character) -> Outcome? {
    switch form {
    case .text:
      if draft.count < 1000 { draft.append(character) }
      return nil
    case _ where character == " ": return goOn()
    case .one(let choices):
      guard let choice = EntryChoice.meant(by: String(character), among: choices) else {
        return refuse(String(character))
      }
      return answer(choice.value)
    case .several(let choices):
      if character == "0" { return answer("none") }
      guard let choice = EntryChoice.meant(by: String(character), among: choices) else {
        return refuse(String(character))
      }
      var chosen = draftWords
      if chosen.contains(choice.value) { chosen.remove(choice.value) } else { chosen.insert(choice.value) }
      draft = choices.map(\.value).filter(chosen.contains).joined(separator: ",")
      return nil
    }
  }

  /// Enter: takes what is typed or chosen; passes over where there is nothing.
  private mutating func accept() -> Outcome? {
    if isTyping { draft = Self.trimmed(draft) }
    guard !draft.isEmpty else { return goOn() }
    if case .text = form, let wrong = mistake(in: draft) {
      notice = wrong
      return nil
    }
    return answer(draft)
  }

  private func mistake(in text: String) -> String? {
    switch item {
    case .endTime, .wakingTime, .medicineTime:
      guard let at = time.stamp(text) else { return "\(text) is no time: \(EntryTime.allowedTimed)." }
      if at > time.now { return "\(text) is in the future." }
      if item != .medicineTime, at < episode.onset.at { return "\(text) is before the onset." }
      return nil
    case .medicineName: return Medicine.Written(text) == nil ? "\(text.prefix(20)): \(Medicine.Written.allowed)." : nil
    case .field(let field):
      return FieldValue(text, field.kind) == nil ? "\(text.prefix(20)): \(field.kind.allowed)." : nil
    case .end, .medicine, .medicineHelp: return nil
    }
  }

  private mutating func answer(_ text: String) -> Outcome? {
    answers[item] = text
    if !isStrongest { answers[.field(.sudden)] = nil }
    return goOn()
  }

  private mutating func goOn() -> Outcome? {
    let items = items
    guard let place = items.firstIndex(of: item), place + 1 < items.count else { return .finished }
    enter(items[place + 1])
    return nil
  }

  private mutating func goBack() {
    let items = items
    guard let place = items.firstIndex(of: item), place > 0 else {
      notice = "This is the first question."
      return
    }
    enter(items[place - 1])
  }

  private mutating func enter(_ next: Item) {
    item = next
    switch form {
    case .one: draft = ""
    case .several, .text: draft = answers[next].map { $0 == "none" ? "" : $0 } ?? ""
    }
  }

  private var isTyping: Bool { if case .text = form { true } else { false } }

  private var draftWords: Set<String> { Set(draft.split(separator: ",").map(String.init)) }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }

  // MARK: Questions

  private static let fields: [EpisodeField] = [
    .worst, .startPlace, .places, .quality, .worseWithActivity, .nausea, .vomiting, .light, .sound, .aura,
    .neckProvoked,
    .neckLimited, .armPain, .easedByMove, .activityEffect, .factors, .note,
  ]

  /// What is asked, as far as the answers up to now tell.
  private var items: [Item] {
    var items: [Item] = []
    if episode.end?.over == nil, episode.end?.word != .asleep {
      items.append(.end)
      if answers[.end] == "time" { items.append(.endTime) }
      if answers[.end] == "asleep" { items.append(.wakingTime) }
    }
    for field in Self.fields {
      if field == .activityEffect {
        items.append(.medicine)
        if answers[.medicine] == "other" { items.append(.medicineName) }
        if medicineText != nil { items += [.medicineTime, .medicineHelp] }
      }
      items.append(.field(field))
      if field == .worst, isStrongest { items.append(.field(.sudden)) }
    }
    return items
  }

  /// Whether the pain is such that it matters how fast it came (`clinical.md` §2.3).
  private var isStrongest: Bool { (answered.applied(to: episode).peak?.lowerBound ?? 0) >= 9 }

  private var form: Form {
    switch item {
    case .end:
      return .one([
        EntryChoice("n", "it ended just now", "now"), EntryChoice("t", "it ended earlier: ask the time", "time"),
        EntryChoice("a", "I fell asleep with it", "asleep"), EntryChoice("s", "it is still there", "still-there"),
      ])
    case .endTime, .wakingTime: return .text(hint: EntryTime.allowedTimed)
    case .medicine:
      let usual = usualMedicine.isEmpty ? [] : [EntryChoice("u", "the usual: \(usualMedicine)", "usual")]
      return .one(usual + [EntryChoice("o", usual.isEmpty ? "yes: ask which" : "another one", "other")])
    case .medicineName: return .text(hint: "name and dose, for instance: ibuprofen 400 mg")
    case .medicineTime:
      let usual = usualTime
      let clock = WallTime.clock(utcMicroseconds: usual.wall, offsetSeconds: usual.offsetSeconds)
      return .text(
        hint: "\(EntryTime.allowedTimed); Enter alone: \(usual == time.now ? "now" : "when it began, \(clock)")")
    case .medicineHelp: return .one(Self.choices(["yes", "partly", "no"]))
    case .field(let field):
      switch field.kind {
      case .flag: return .one(EntryChoice.yesOrNo)
      case .range: return .one(EntryChoice.upToTen)
      case .word(let words): return .one(Self.choices(words))
      case .words(let words): return .several(Self.choices(words))
      case .text: return .text(hint: field.kind.allowed)
      }
    }
  }

  /// A key for each word: its first letter that is not taken yet.
  private static func choices(_ words: [String]) -> [EntryChoice] {
    var taken: Set<Character> = []
    return words.compactMap { word in
      guard let key = word.first(where: { $0.isLetter && !taken.contains($0) }) else { return nil }
      taken.insert(key)
      return EntryChoice(key, String(word.map { $0 == "-" ? " " : $0 }), word)
    }
  }

  private var question: String {
    switch item {
    case .end: "Is it over?"
    case .endTime: "When did it end?"
    case .wakingTime: "When did you wake without it?"
    case .medicine: "Did you take a medicine for it?"
    case .medicineName: "Which one?"
    case .medicineTime: "When did you take it?"
    case .medicineHelp: "Had it helped two hours later?"
    case .field(let field): Self.question(field)
    }
  }

  private static func question(_ field: EpisodeField) -> String {
    switch field {
    case .intensity: "How strong is it?"
    case .worst: "How strong was it at its worst?"
    case .side: "Which side?"
    case .neck: "Neck stiff or sore too?"
    case .startPlace: "Where did it begin?"
    case .places: "Where is it, or was it?"
    case .quality: "What is it like?"
    case .sudden: "Did it reach its worst within minutes?"
    case .worseWithActivity: "Did walking or stairs make it worse, or did you avoid them?"
    case .nausea: "Did you feel sick?"
    case .vomiting: "Did you vomit?"
    case .light: "Did light bother you?"
    case .sound: "Did sound bother you?"
    case .aura: "Zigzags, blind spots, tingling or trouble with words before it?"
    case .neckProvoked: "What of the neck brings it on or makes it worse?"
    case .neckLimited: "Does the neck turn less far than usual, and to which side?"
    case .armPain: "Shoulder or arm pain on the same side?"
    case .easedByMove: "Did moving, another position or an exercise ease it?"
    case .activityEffect: "What did it do to your day?"
    case .factors: "Anything of that day that may bear on it?"
    case .note: "Anything else, in your words?"
    }
  }

  private var allowed: String {
    switch form {
    case .one(let choices): EntryChoice.allowed(choices)
    case .several(let choices): "\(EntryChoice.allowed(choices)); 0 for none of these; Enter goes on"
    case .text(let hint): hint
    }
  }

  // MARK: Screen

  /// What is shown, in so many columns and lines.
  public func screen(width: Int, height: Int, title: String) -> EntryScreen {
    let items = items
    var head = EntryScreen(width: width)
    head.add(title, .bold)
    head.add("question \((items.firstIndex(of: item) ?? 0) + 1) of \(items.count)", .dim)
    head.addBlank()
    let question = question(width: width)
    var hints = EntryScreen(width: width)
    hints.add(
      pieces: [
        isTyping ? "Enter: go on" : "Space: pass over", "Backspace: back", "Esc: stop, answers are kept",
        "Ctrl-C: keep nothing",
      ], .dim)
    var whole = head
    whole.add(question)
    whole.addBlank()
    whole.add(hints)
    return EntryScreen.fitting(height, [whole, whole.withoutBlanks, question])
  }

  /// The question that is open, with what was wrong before it.
  public func question(width: Int) -> EntryScreen {
    var screen = EntryScreen(width: width)
    screen.add(question, .bold)
    switch form {
    case .one(let choices): screen.add(pieces: choices.map(\.shown), indent: 2)
    case .several(let choices):
      let chosen = draftWords
      screen.add(
        pieces: choices.map { "\(chosen.contains($0.value) ? "[x]" : "[ ]") \($0.shown)" }, indent: 2)
      screen.add(pieces: ["0 none of these", "Enter goes on with those that are marked"], .dim, indent: 2)
    case .text(let hint):
      screen.add("> \(draft)_")
      screen.add(hint, .dim, indent: 2)
    }
    if let known { screen.add("noted: \(known)", .dim, indent: 2) }
    if let notice { screen.add(notice, indent: 2) }
    return screen
  }

  /// What is answered here, or was before.
  private var known: String? {
    if let answer = answers[item] { return answer }
    if case .field(let field) = item { return episode.fields[field]?.text }
    return nil
  }
}
