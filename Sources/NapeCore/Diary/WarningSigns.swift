/// The page of warning signs: `Config/warning-signs.toml`, so that a clinician can review it without reading code
/// (`clinical.md` §2).
public struct WarningSigns: Hashable, Sendable {
  /// One sign, in words for the person who has it.
  public struct Sign: Hashable, Sendable {
    public enum About: String, Hashable, Sendable, CaseIterable { case headache, neck }

    public var id: String
    public var level: WarningReport.Level
    public var about: About
    /// Its number in SNNOOP10, 1 … 15.
    public var item: Int?
    /// Sentences in the second person, of at most ``mostWords`` words each.
    public var text: String
    /// The same for a page that all signs share: at most ``longestShort`` characters, with every condition.
    public var short: String
    /// Tags of ``WarningSigns/sources``.
    public var sources: [String]

    public init(
      id: String, level: WarningReport.Level, about: About, item: Int?, text: String, short: String,
      sources: [String]
    ) {
      (self.id, self.level, self.about, self.item) = (id, level, about, item)
      (self.text, self.short, self.sources) = (text, short, sources)
    }
  }

  /// Whom to call where.
  public struct Region: Hashable, Sendable {
    /// `any`, or letters as in `CA-BC`.
    public var id: String
    public var name: String
    /// As it is printed: `911 / 999 / 112`.
    public var emergency: String
    /// Medical advice by phone for the same day; `nil` where there is none that is known.
    public var advice: String?

    public init(id: String, name: String, emergency: String, advice: String?) {
      (self.id, self.name, self.emergency, self.advice) = (id, name, emergency, advice)
    }
  }

  /// What is said besides the signs.
  public struct Texts: Hashable, Sendable {
    /// With the place of the emergency numbers: `{emergency}`.
    public var emergency = ""
    public var sameDay = ""
    public var days = ""
    /// When to read the emergency list: above everything.
    public var opening = ""
    /// Ends every list: it cannot tell that somebody is safe.
    public var closing = ""
    /// What the signs of the neck do not tell.
    public var caution = ""
    /// With the place of the advice number: `{advice}`.
    public var adviceLine = ""
    /// What an open sign does to prompts.
    public var pausing = ""
    /// How often a medicine was taken, with the places `{medicine}` and `{days}`.
    public var medicineCount = ""
    /// What guidelines say of that many days, with the place `{limit}`.
    public var medicineLimit = ""
    /// What nape is for, before the first use.
    public var intendedUse = ""

    public init() {}
  }

  /// Of the file: a date.
  public var version = ""
  public var texts = Texts()
  /// In the order of the file.
  public var signs: [Sign] = []
  public var regions: [Region] = []
  /// What the tags stand for.
  public var sources: [String: String] = [:]

  /// A sentence that has more is too hard to read while in pain (`clinical.md` §2.3).
  public static let mostWords = 20
  /// In characters: a line and a half of a narrow column.
  public static let longestShort = 90

  public init() {}

  /// As they are shown and counted: the gravest first.
  public var inOrder: [Sign] { WarningReport.Level.allCases.flatMap { level in signs.filter { $0.level == level } } }

  public subscript(id: String) -> Sign? { signs.first { $0.id == id } }

  /// - Returns: the region of that name, in capital letters or small; `any` where there is none, and whether there is.
  public func region(named id: String) -> (region: Region, isKnown: Bool) {
    let id = id.lowercased()
    if let region = regions.first(where: { $0.id.lowercased() == id }) { return (region, true) }
    let any = regions.first { $0.id == "any" } ?? Region(id: "any", name: "", emergency: "112", advice: nil)
    return (any, false)
  }

  /// What to do at a sign of this level.
  public func advice(for level: WarningReport.Level, in region: Region) -> String {
    switch level {
    case .emergency: texts.emergency.replacing("{emergency}", with: region.emergency)
    case .sameDay: texts.sameDay
    case .days: texts.days
    }
  }

  /// Whom to ask the same day, where there is a number.
  public func adviceLine(in region: Region) -> String? {
    region.advice.map { texts.adviceLine.replacing("{advice}", with: $0) }
  }
}
