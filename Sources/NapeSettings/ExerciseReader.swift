import NapeCore
import TOML

/// Reads movements: those of the catalogue, and those that a programme brings along.
struct ExerciseReader {
  let findings: TableReader.Findings
  /// What a programme may override; `nil` for the catalogue itself.
  let catalogue: ExerciseCatalogue?

  private static let levelKeys = ["number", "dose", "each_side", "position", "desk"]
  private static let keys = [
    "id", "name", "term", "kind", "target", "mechanisms", "desk", "times_a_day", "steps", "cautions", "stop", "source",
    "prompt", "picture", "level", "dose", "each_side", "position",
  ]
  /// What only the catalogue says: a file that is written for one person does not make a movement safe for everybody.
  private static let catalogueKeys = ["safe", "during_headache", "needs_clearance", "not_with", "days_a_week"]

  static let longestName = 40
  static let longestPrompt = 60

  /// - Returns: `nil` where nothing can be made of it; what is wrong has been told.
  func exercise(_ table: Table, line: Int) -> Exercise? {
    let isOwn = catalogue != nil
    let reader = TableReader(
      table, line: line, keys: Self.keys + (isOwn ? [] : Self.catalogueKeys), place: "an exercise", findings)
    let id = id(reader)
    let name = reader.text("name", longest: Self.longestName, isNeeded: true)
    let steps = reader.texts("steps", most: Exercise.mostSteps, longest: 160, isNeeded: true)
    let stop = reader.text("stop", longest: 160)
    if !reader.has("stop") {
      reader.missing("stop", "when to stop this movement, in one sentence of at most 160 characters")
    }
    let desk = reader.word("desk", DeskFit.self) ?? (isOwn ? .no : .yes)
    let levels = levels(reader, desk: desk)
    let sources = reader.texts("source", most: 8, longest: 120, isNeeded: !isOwn)
    let term = reader.text("term", longest: 80, isNeeded: !isOwn)
    let picture = picture(reader)
    let prompt = reader.text("prompt", longest: Self.longestPrompt)
    // In another movement's place it has that one's limits, and nothing else of it: what the movement is now is for whoever
    // wrote the file to say, and that it is safe, or suits a headache, is not.
    let replaced = id.flatMap { catalogue?[$0] }
    let exercise = Exercise(
      id: id ?? "", name: name ?? "", term: term ?? "",
      kind: reader.word("kind", Exercise.Kind.self),
      targets: reader.texts("target", most: 6, longest: 40),
      mechanisms: reader.words("mechanisms", Exercise.Mechanism.self), steps: steps, levels: levels,
      timesADay: reader.timesADay(),
      daysAWeek: isOwn ? nil : reader.integer("days_a_week", in: 1...7),
      cautions: reader.texts("cautions", most: 8, longest: 160), stop: stop ?? "", sources: sources,
      isSafe: reader.isTrue("safe", isAllowed: !isOwn),
      suitsHeadache: reader.isTrue("during_headache", isAllowed: !isOwn),
      needsClearance: replaced?.needsClearance ?? reader.isTrue("needs_clearance", isAllowed: !isOwn),
      notWith: replaced?.notWith ?? (isOwn ? [] : reader.words("not_with", FirstUse.Question.self)),
      prompt: prompt ?? (name.map { $0 + ", {dose}" } ?? ""), picture: picture ?? "")
    return id == nil || levels.isEmpty ? nil : exercise
  }

  private func id(_ reader: TableReader) -> String? {
    let allowed = "a capital letter, then at most 15 capital letters, digits and hyphens, such as \"P01\""
    guard reader.has("id") else {
      reader.missing("id", allowed)
      return nil
    }
    guard let id = reader.text("id", longest: 40) else { return nil }
    guard Self.isID(id) else {
      findings.add(reader.line(of: "id"), "id", "is \(ShownText.quoted(id))", allowed)
      return nil
    }
    return id
  }

  static func isID(_ text: String) -> Bool {
    guard (1...16).contains(text.utf8.count), let first = text.utf8.first, (0x41...0x5a).contains(first) else {
      return false
    }
    return text.utf8.allSatisfy { (0x41...0x5a).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2d }
  }

  /// A list of levels, or one dose in their place.
  private func levels(_ reader: TableReader, desk: DeskFit) -> [ExerciseLevel] {
    guard reader.has("level") else {
      let dose = reader.dose("dose", isNeeded: true)
      let eachSide = reader.flag("each_side") ?? false
      let position = reader.text("position", longest: 80) ?? ""
      return dose.map { [ExerciseLevel(number: 1, dose: $0, eachSide: eachSide, position: position, desk: desk)] } ?? []
    }
    for key in ["dose", "each_side", "position"] where reader.has(key) {
      findings.add(reader.line(of: key), key, "stands beside level", "in each level, or without level")
    }
    var levels: [ExerciseLevel] = []
    for (index, (table, line)) in reader.tables("level", most: 10).enumerated() {
      let level = TableReader(table, line: line, keys: Self.levelKeys, place: "a level", findings)
      let number = level.integer("number", in: 1...10, isNeeded: true)
      if let number, number != index + 1 {
        findings.add(
          level.line(of: "number"), "number", "is \(number)", "\(index + 1): levels count from 1 without gaps")
      }
      let dose = level.dose("dose", isNeeded: true)
      let eachSide = level.flag("each_side") ?? false
      let position = level.text("position", longest: 80) ?? ""
      let desk = level.word("desk", DeskFit.self) ?? desk
      guard let dose else { continue }
      levels.append(
        ExerciseLevel(number: index + 1, dose: dose, eachSide: eachSide, position: position, desk: desk))
    }
    return levels
  }

  /// A file name, never a path: pictures come from one folder.
  private func picture(_ reader: TableReader) -> String? {
    guard let name = reader.text("picture", longest: 80) else { return nil }
    let isName = name.utf8.allSatisfy { byte in
      byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a || "-_.".utf8.contains(byte)
    }
    guard isName, name.hasSuffix(".svg"), !name.hasPrefix(".") else {
      findings.add(
        reader.line(of: "picture"), "picture", "is \(ShownText.quoted(name))",
        "a file name of letters, digits and hyphens that ends in .svg")
      return nil
    }
    return name
  }
}

extension TableReader {
  /// A key that has been told as unknown is not read.
  fileprivate func isTrue(_ key: String, isAllowed: Bool) -> Bool { isAllowed && (flag(key) ?? false) }

  /// `2`, or `"1-2"`.
  fileprivate func timesADay() -> ClosedRange<Int>? {
    range("times_a_day", within: 1...10, "is no number of times a day", "1 to 10, or a range such as \"1-2\"")
  }
}
