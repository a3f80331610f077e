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

  enum Form {
    case one([EntryChoice])
    case several([EntryChoice])
    case text(hint: String)
  }

  let episode: Episode
  let time: EntryTime
  let usualMedicine: String
  public private(set) var item: Item
  /// Texts as ``FieldValue/text``, words or times.
  public private(set) var answers: [Item: String] = [:]
  /// What is typed or chosen at the question that is open.
  var draft = ""
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
  var answered: EpisodeChange {
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

  var medicineText: String? {
    switch answers[.medicine] {
    case "usual": usualMedicine
    case "other": answers[.medicineName]
    default: nil
    }
  }

  /// When a medicine counts as taken where nobody said when: now on the day of the onset, else at the onset.
  var usualTime: Stamp { Medicine.usualTime(of: answered.applied(to: episode), now: time.now) }

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

  var isTyping: Bool { if case .text = form { true } else { false } }

  var draftWords: Set<String> { Set(draft.split(separator: ",").map(String.init)) }

  private static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
