import NapeCore
import Testing

@testable import NapeSettings

/// `Config/warning-signs.toml` against `clinical.md` §2.
@Suite struct WarningSignsTests {
  private let page = WarningSigns.builtIn()

  @Test func nothingIsWrongWithTheFile() {
    #expect(WarningSigns.read(PackageResources.warning_signs_toml).diagnostics == [])
    #expect(!page.version.isEmpty)
  }

  @Test func itemsAndLevelsAreThoseOfTheTable() {
    var levels: [Int: Set<WarningReport.Level>] = [:]
    for sign in page.signs { if let item = sign.item { levels[item, default: []].insert(sign.level) } }
    let expected: [Int: Set<WarningReport.Level>] = [
      1: [.emergency, .days], 2: [.sameDay], 3: [.emergency], 4: [.emergency], 5: [.days, .sameDay, .emergency],
      6: [.days], 7: [.sameDay], 8: [.sameDay, .emergency], 9: [.sameDay, .emergency], 10: [.sameDay],
      11: [.sameDay, .emergency], 12: [.sameDay, .emergency], 13: [.sameDay, .emergency], 14: [.sameDay], 15: [.days],
    ]
    #expect(levels == expected)
  }

  @Test func everySignHasWhatItNeeds() {
    #expect(Set(page.signs.map(\.id)).count == page.signs.count)
    for sign in page.signs {
      #expect(!sign.sources.isEmpty && sign.sources.allSatisfy { page.sources[$0] != nil }, "\(sign.id)")
      #expect(sign.text.hasSuffix("."), "\(sign.id)")
      #expect((1...WarningSigns.longestShort).contains(sign.short.count) && !sign.short.hasSuffix("."), "\(sign.id)")
      for sentence in sign.text.split(separator: ".") {
        #expect(sentence.split(separator: " ").count <= 20, "\(sign.id)")
      }
    }
  }

  /// What a sign hangs on (an age, a time, what comes with it) must not be lost on paper.
  @Test func shortWordingsKeepTheNumbers() {
    for sign in page.signs {
      let numbers = { (text: String) in text.split { !$0.isNumber }.map(String.init) }
      #expect(Set(numbers(sign.text)).isSubset(of: numbers(sign.short)), "\(sign.id)")
    }
    #expect(Set(page.signs.map(\.short)).count == page.signs.count)
  }

  /// The wordings of §2.1 and §2.2 that have one level and at most 20 words a sentence stand as they are.
  @Test(arguments: [
    ("fever", "Headache with fever, a stiff neck you cannot bend forward, a rash, or you feel very ill"),
    ("cancer", "You have or had cancer and this headache is new"),
    (
      "neurologic",
      "Weakness, numbness, drooping face, trouble speaking, seeing or walking, confusion, a seizure, unusual sleepiness, personality change"
    ),
    ("sudden", "It reached its worst within 5 minutes, like a thunderclap"),
    ("first-after-65", "Your first-ever headache of this kind and you are over 65"),
    ("pattern-change", "Clearly different from your usual headaches, or new in the last 3 months"),
    ("positional", "Comes on or goes away when you lie down or stand up"),
    ("strain", "Brought on by coughing, sneezing, straining, bending, exercise or sex"),
    ("progressive", "Getting steadily worse over days or weeks; wakes you; does not fit any earlier headache"),
    ("pregnancy", "You are pregnant or gave birth in the last 6 weeks and have a new or severe headache"),
    ("red-eye", "A red, very painful eye, halos round lights, or a watering eye with a drooping lid on one side"),
    ("injury", "After a blow to the head or neck, a fall or a crash, in the last 3 months"),
    ("immune", "Your immune system is weak (HIV, chemotherapy, transplant or long steroids)"),
    ("medicine", "You take headache medicine on 10-15 or more days a month, or it began with a new medicine"),
    ("nerve-root", "Arm weakness, or numbness that spreads or persists"),
    (
      "neck-ill",
      "Fever, night pain that no position eases, weight loss, history of cancer, morning stiffness over an hour"
    ),
  ])
  func aWordingOfTheReferenceStandsAsItIs(id: String, wording: String) {
    #expect(page.signs.first { $0.id == id }?.text == wording + ".")
  }

  /// Of those that had to be split, and of the lists of §2.2, no word is missing. As in `docs/warning-signs.md`.
  @Test(arguments: [
    (["weight-loss"], "with weight loss or night sweats"),
    (["scalp-jaw", "scalp-vision"], "over 50 with sore scalp, jaw pain when chewing, or vision change"),
    (
      ["optic-nerve", "greying-whooshing"],
      "An eye examiner saw swelling of the optic nerve, or your sight greys out for seconds, or you hear whooshing with your heartbeat"
    ),
    (["strain-severe"], "first time and severe"),
    (["pregnancy-severe"], "with vision trouble, swelling, upper-belly pain"),
    (["injury-worse"], "drowsy, vomiting, worse, on blood thinners"),
    (
      ["neck-unlike-any"],
      "A new neck pain or headache unlike any you have had, often one-sided and sudden, sometimes after a strain, manipulation, crash or infection"
    ),
    (
      ["five-ds"],
      "dizziness unsteadiness double vision slurred speech trouble swallowing sudden drop without fainting"
    ),
    (
      ["new-nausea"],
      "nausea vomiting new dizziness unsteadiness double vision slurred speech trouble swallowing sudden drop without fainting"
    ),
    (
      ["three-ns", "walk-eyelid"],
      "jerking eyes numbness of face or body unsteady walk drooping eyelid with a small pupil"
    ),
    (
      ["cord-hands", "cord-legs", "cord-shock", "cord-sexual", "bladder-bowel"],
      "Clumsy hands (buttons, typing, keys), numb hands or feet, heavy or stiff legs, unsteady walking or falls, electric shock down the back when you bend your neck, new bladder, bowel or sexual problems"
    ),
    (
      ["neck-injury", "neck-bones", "cannot-hold-head"],
      "Neck pain after a fall or crash; known osteoporosis, rheumatoid arthritis, Down syndrome, long steroid use; cannot hold or turn the head"
    ),
  ])
  func ofASplitWordingNothingIsMissing(ids: [String], wording: String) {
    func words(_ text: String) -> Set<Substring> { Set(text.lowercased().split { " ,;.:()".contains($0) }) }
    let there = page.signs.filter { ids.contains($0.id) }
    #expect(there.count == ids.count)
    #expect(words(wording).subtracting(words(there.map(\.text).joined(separator: " "))) == [])
  }

  @Test func textsAreThoseOfTheReference() {
    let any = page.region(named: "any").region
    #expect(
      page.advice(for: .emergency, in: any)
        == "Stop. This can be an emergency. Call your emergency number now (911 / 999 / 112). Do not drive yourself. nape cannot judge this."
    )
    #expect(page.advice(for: .sameDay, in: any) == "Get medical advice today.")
    #expect(page.texts.closing == "This list cannot tell you that you are safe. If you are worried, call.")
    #expect(page.texts.medicineCount == "You have noted {medicine} on {days} of the last 30 days.")
    #expect(
      page.texts.medicineLimit.replacing("{limit}", with: "10")
        == "Guidelines ask people who take this kind of medicine on 10 or more days a month for more than 3 months to talk with a doctor or pharmacist. Do not stop a prescribed medicine on your own."
    )
  }

  @Test func medicineDaysAreToldInTheWordsOfTheReference() {
    let today = LocalDate(daysSinceEpoch: 20_000)
    func notice(_ medicineClass: Medicine.Class, days: Int) -> String? {
      let medicines = (0..<days).map { daysAgo in
        Medicine(
          taken: Stamp(wall: Microseconds(20_000 - daysAgo) * 24 * .hour, offsetSeconds: 0), name: "x",
          medicineClass: medicineClass)
      }
      return MedicineDays(medicines, today: today).notice(of: medicineClass, page.texts)
    }
    #expect(notice(.triptan, days: 7) == nil)
    #expect(notice(.triptan, days: 8) == "You have noted triptans on 8 of the last 30 days.")
    #expect(
      notice(.simple, days: 15)
        == "You have noted simple painkillers on 15 of the last 30 days. Guidelines ask people who take this kind of medicine on 15 or more days a month for more than 3 months to talk with a doctor or pharmacist. Do not stop a prescribed medicine on your own."
    )
    #expect(notice(.unsure, days: 30) == nil)
  }

  @Test func aRegionHasItsNumbersAndAnUnknownOneThoseOfAnywhere() {
    let bc = page.region(named: "ca-bc")
    #expect(bc.isKnown && page.advice(for: .emergency, in: bc.region).contains("now (911). Do"))
    #expect(page.adviceLine(in: bc.region)?.contains("8-1-1") == true)
    let none = page.region(named: "atlantis")
    #expect(!none.isKnown && none.region.emergency == "911 / 999 / 112")
    #expect(page.adviceLine(in: none.region) == nil)
  }

  @Test func theGravestComesFirst() {
    let levels = page.inOrder.map(\.level)
    let ranks = levels.compactMap { ["E", "S", "D"].firstIndex(of: $0.rawValue) }
    #expect(ranks == ranks.sorted())
    #expect(levels.count == page.signs.count)
  }

  // MARK: A damaged file

  private static let valid = """
    version = "2026-01-01"
    [text]
    emergency = "Call {emergency}."
    same_day = "Today."
    days = "Soon."
    advice_line = "By phone: {advice}."
    opening = "Read."
    closing = "Call."
    caution = "Late."
    pausing = "Rest."
    medicine_count = "{medicine} on {days} days."
    medicine_limit = "{limit} days."
    intended_use = "A diary."
    [[source]]
    tag = "K"
    text = "known"
    [[sign]]
    id = "one"
    level = "E"
    about = "neck"
    text = "You feel it."
    short = "Felt"
    source = ["K"]
    [[sign]]
    id = "two"
    level = "S"
    about = "neck"
    text = "You feel it."
    short = "Felt"
    source = ["K"]
    [[sign]]
    id = "three"
    level = "D"
    about = "neck"
    text = "You feel it."
    short = "Felt"
    source = ["K"]
    [[region]]
    id = "any"
    name = "anywhere"
    emergency = "112"
    """

  private func problems(_ old: String, _ new: String) -> [String] {
    #expect(Self.valid.contains(old))
    return WarningSigns.read(Array(Self.valid.replacing(old, with: new, maxReplacements: 1).utf8)).diagnostics
      .map(\.description)
  }

  @Test func theValidOneIsValid() {
    #expect(WarningSigns.read(Array(Self.valid.utf8)).diagnostics == [])
  }

  @Test(arguments: [
    ("level = \"E\"", "level = \"X\"", "warning-signs.toml:19: level: is \"X\": one of: \"E\", \"S\", \"D\""),
    ("level = \"S\"", "", "warning-signs.toml:24: level: is missing: \"E\", \"S\" or \"D\""),
    ("id = \"two\"", "id = \"one\"", "warning-signs.toml:24: id: one stands twice: each id once"),
    (
      "id = \"two\"", "id = \"Two, too\"",
      "warning-signs.toml:25: id: is \"Two, too\": small letters, digits and hyphens"
    ),
    (
      "source = [\"K\"]", "source = [\"L\"]",
      "warning-signs.toml:23: source: \"L\" stands for nothing: tags of [[source]]: K"
    ),
    (
      "text = \"You feel it.\"", "",
      "warning-signs.toml:17: text: is missing: text in quotes, on one line, 1 to 200 characters"
    ),
    (
      "text = \"You feel it.\"", "text = \"a b c d e f g h i j k l m n o p q r s t u. v\"",
      "warning-signs.toml:21: text: has a sentence of 21 words: sentences of at most 20 words"
    ),
    (
      "\"Call {emergency}.\"", "\"Call.\"",
      "warning-signs.toml:3: emergency: does not hold {emergency}: text with {emergency} where that goes"
    ),
    ("id = \"any\"", "id = \"US\"", "warning-signs.toml:1: region: is missing: one with the id \"any\""),
    (
      "about = \"neck\"", "abuot = \"neck\"",
      "warning-signs.toml:20: abuot: there is no such key in a sign: did you mean about?"
    ),
    ("[text]", "[text", "warning-signs.toml:2: "),
  ])
  func damageIsToldWithLineAndKey(old: String, new: String, told: String) {
    let problems = problems(old, new)
    #expect(problems.contains { $0.hasPrefix(told) }, "\(problems)")
  }
}
