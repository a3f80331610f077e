// What is asked, in which order, and what can be answered.

extension DetailEntry {
  private static let fields: [EpisodeField] = [
    .worst, .startPlace, .places, .quality, .worseWithActivity, .nausea, .vomiting, .light, .sound, .aura,
    .neckProvoked,
    .neckLimited, .armPain, .easedByMove, .activityEffect, .factors, .note,
  ]

  /// What is asked, as far as the answers up to now tell.
  var items: [Item] {
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
  var isStrongest: Bool { (answered.applied(to: episode).peak?.lowerBound ?? 0) >= 9 }

  var form: Form {
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

  var question: String {
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

  static func question(_ field: EpisodeField) -> String {
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

  var allowed: String {
    switch form {
    case .one(let choices): EntryChoice.allowed(choices)
    case .several(let choices): "\(EntryChoice.allowed(choices)); 0 for none of these; Enter goes on"
    case .text(let hint): hint
    }
  }
}
