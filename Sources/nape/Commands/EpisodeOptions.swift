import ArgumentParser
import NapeCore
import NapeSettings

/// What can be said of a headache on the command line, new or stored.
struct EpisodeOptions: ParsableArguments {
  @Option(
    name: .long, help: ArgumentHelp("left, right, both or middle.", valueName: "side"), completion: .words(of: .side))
  var side: String?

  @Flag(name: .long, inversion: .prefixedNo, help: "The neck was stiff or sore too, or was not.")
  var neck: Bool?

  @Option(name: .long, help: ArgumentHelp("How long ago it began, for instance 30min.", valueName: "duration"))
  var ago: Length?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "When it began: HH:MM, \"yesterday HH:MM\", \"YYYY-MM-DD HH:MM\"; or as far as it is known: \"yesterday morning\", a day.",
      valueName: "time"))
  var at: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "How well that is known: exact, 15min, 1h, part-of-day, day; woke where you woke with it.", valueName: "word"),
    completion: .words(of: Onset.Precision.self))
  var precision: String?

  @Option(name: .long, help: ArgumentHelp("When it ended, as --at.", valueName: "time"))
  var end: String?

  @Option(name: .long, help: ArgumentHelp("The worst pain, 0 to 10.", valueName: "n"))
  var worst: String?

  @Option(
    name: .long,
    help: ArgumentHelp("A medicine taken for it, such as \"ibuprofen 400 mg\"; may be repeated.", valueName: "text"))
  var medicine: [String] = []

  @Option(
    name: .long,
    help: ArgumentHelp(
      "When it was taken, as --at; without it, now if the headache is of today and not over, else at its onset.",
      valueName: "time"))
  var medicineAt: String?

  @Option(
    name: .long, help: ArgumentHelp("Whether it had helped two hours later: yes, partly, no.", valueName: "word"),
    completion: .words(of: Medicine.Help.self))
  var helped: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "What may bear on it: none, or, with commas and no spaces, some of sleep stress skipped-meal alcohol menstruation screen driving phone bag illness.",
      valueName: "words"), completion: .words(of: .factors))
  var factors: String?

  @Option(name: .long, help: ArgumentHelp("A note, in your words.", valueName: "text"))
  var note: String?

  @Option(
    name: .long,
    help: ArgumentHelp(
      "Any other field, such as light=yes or quality=pressing; may be repeated. A wrong name lists them all.",
      valueName: "name=value"))
  var field: [String] = []

  var isEmpty: Bool {
    side == nil && neck == nil && ago == nil && at == nil && precision == nil && end == nil && worst == nil
      && medicine.isEmpty && medicineAt == nil && helped == nil && factors == nil && note == nil && field.isEmpty
  }

  func validate() throws {
    if at != nil && ago != nil { throw ValidationError("either --at or --ago") }
    if medicine.isEmpty && (medicineAt != nil || helped != nil) {
      throw ValidationError("--medicine-at and --helped need --medicine")
    }
  }

  /// What they make of a headache.
  ///
  /// - Parameters:
  ///   - intensity: as it was written.
  ///   - episode: as it is stored, or begun now.
  func change(_ intensity: String?, of episode: Episode, _ time: EntryTime) throws -> EpisodeChange {
    var change = EpisodeChange()
    change.onset = try onset(of: episode, time)
    change.end = try end.map { .ended(try Self.stamp($0, "--end", time)) }
    func set(_ field: EpisodeField, _ text: String?, _ name: String) throws {
      guard let text else { return }
      guard let value = FieldValue(text, field.kind) else {
        throw Failure("\(name) is \(Failure.quoted(text)): \(field.kind.allowed)", status: 64)
      }
      change.fields[field] = value
    }
    try set(.intensity, intensity, "intensity")
    try set(.side, side, "--side")
    try set(.neck, neck.map { $0 ? "yes" : "no" }, "--neck")
    try set(.worst, worst, "--worst")
    try set(.factors, factors, "--factors")
    try set(.note, note, "--note")
    for pair in field {
      let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 else {
        throw Failure("--field is \(Failure.quoted(pair)): NAME=VALUE, for instance light=yes", status: 64)
      }
      try set(try Self.field(parts[0], "--field"), parts[1], "--field \(parts[0])")
    }
    change.moreMedicines = try medicines(of: change.applied(to: episode), time)
    return change
  }

  static func field(_ name: String, _ option: String) throws -> EpisodeField {
    if let field = EpisodeField(rawValue: name) { return field }
    let names = EpisodeField.allCases.map(\.rawValue).joined(separator: ", ")
    throw Failure("\(option) is \(Failure.quoted(name)): one of: \(names)", status: 64)
  }

  static func stamp(_ text: String, _ option: String, _ time: EntryTime) throws -> Stamp {
    if let stamp = time.stamp(text) { return stamp }
    throw Failure("\(option) is \(Failure.quoted(text)): \(EntryTime.allowedTimed)", status: 64)
  }

  private func onset(of episode: Episode, _ time: EntryTime) throws -> Onset? {
    var onset: Onset?
    if let ago {
      onset = Onset(
        at: Stamp(wall: time.now.wall - ago.microseconds, in: time.zone),
        precision: ago.microseconds < .hour ? .quarterHour : .hour)
    } else if let at {
      onset = time.onset(at)
      guard onset != nil else {
        throw Failure("--at is \(Failure.quoted(at)): \(EntryTime.allowed)", status: 64)
      }
    }
    guard let precision else { return onset }
    guard let word = Onset.Precision(rawValue: precision) else {
      let words = Onset.Precision.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure("--precision is \(Failure.quoted(precision)): one of: \(words)", status: 64)
    }
    let known = onset ?? episode.onset
    guard word.minutes >= known.precision.minutes || known.precision.isTimed else {
      throw Failure("--precision is \(precision): the hour must be said with --at", status: 64)
    }
    return time.onset(at: known.at, word)
  }

  private func medicines(of episode: Episode, _ time: EntryTime) throws -> [Medicine] {
    guard !medicine.isEmpty else { return [] }
    let taken = try medicineAt.map { try Self.stamp($0, "--medicine-at", time) }
    if let taken, taken > time.now { throw Failure("--medicine-at is in the future: a time up to now", status: 1) }
    let help = try helped.map { text in
      guard let help = Medicine.Help(rawValue: text) else {
        throw Failure("--helped is \(Failure.quoted(text)): yes, partly or no", status: 64)
      }
      return help
    }
    let table = MedicineTable.builtIn()
    return try medicine.map { text in
      guard let written = Medicine.Written(text) else {
        throw Failure("--medicine is \(Failure.quoted(text)): \(Medicine.Written.allowed)", status: 64)
      }
      return Medicine(
        taken: taken ?? Medicine.usualTime(of: episode, now: time.now), name: written.name,
        medicineClass: table.class(of: written.name), dose: written.dose, helped: help)
    }
  }
}
