import NapeCore

/// Where the programme of `exercises.programme` comes from.
public enum ProgrammeLocation {
  /// The names of the shipped ones.
  public static let shipped = ["neck-headache"]

  /// The one that holds where no other does.
  public static func standard(_ catalogue: ExerciseCatalogue) -> Programme? {
    try? ProgrammeFile.read(
      PackageResources.neck_headache_toml, file: "neck-headache.toml", catalogue: catalogue)
  }

  /// What holds while a programme that somebody has chosen cannot be read: every movement that is marked safe, at its
  /// lowest level or the one that the person has set. Weeks of another programme are no replacement for what was prescribed.
  public static func standIn(_ catalogue: ExerciseCatalogue) -> Programme {
    let desk = catalogue.exercises.filter { $0.isSafe && !$0.needsClearance && $0.levels[0].desk.suitsPrompts }
      .map { [Programme.Item(exercise: $0.id, level: 1)] }
    let week = Programme.Week(number: 1, title: "", home: [], strength: [], desk: desk, goal: "")
    return Programme(
      name: "movements marked safe", by: "", date: nil, review: nil, isCleared: false, sessionsADay: 2, goOnAfter: 8,
      weeks: [week], own: [])
  }

  /// - Parameters:
  ///   - value: what the setting holds.
  ///   - environment: a variable's value, as `getenv` gives it.
  /// - Returns: the path of the file, or `nil` for a shipped programme.
  public static func path(_ value: String, environment: (String) -> String?) -> String? {
    if shipped.contains(value) || value.hasPrefix("/") { return value.hasPrefix("/") ? value : nil }
    let home = environment("HOME")
    if value.hasPrefix("~/") { return home.map { $0 + value.dropFirst(1) } ?? value }
    return SettingsFolders(environment: environment).own.map { "\($0)/\(value)" } ?? value
  }

  /// Reads the programme of a setting.
  ///
  /// - Throws: all that is wrong with it.
  public static func load(
    _ value: String, catalogue: ExerciseCatalogue, environment: (String) -> String?
  ) throws(ProgrammeFile.Mistakes) -> Programme {
    guard let path = path(value, environment: environment) else {
      return try ProgrammeFile.read(
        PackageResources.neck_headache_toml, file: "neck-headache.toml", catalogue: catalogue)
    }
    let bytes: [UInt8]?
    do throws(Diagnostic) { bytes = try RegularFile.read(path) } catch {
      throw ProgrammeFile.Mistakes(diagnostics: [error])
    }
    guard let bytes else {
      let what = "there is no such file"
      let allowed = "the path of a programme, or the name of a shipped one: \(shipped.joined(separator: ", "))"
      throw ProgrammeFile.Mistakes(
        diagnostics: [Diagnostic(file: path, line: 0, key: "exercises.programme", what: what, allowed: allowed)])
    }
    return try ProgrammeFile.read(bytes, file: path, catalogue: catalogue)
  }
}
