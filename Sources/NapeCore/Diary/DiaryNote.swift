/// A dated note: a visit, what was advised, or anything else.
public struct DiaryNote: Hashable, Sendable {
  public enum Kind: String, Hashable, Sendable, CaseIterable {
    case note
    case physiotherapy
    case manualTherapy = "manual-therapy"
    case acupuncture, doctor, dentist
    /// One line of advice from a professional.
    case advice
    /// What the person wants to ask at the next visit.
    case question

    /// Whether it says enough without a text.
    public var isVisit: Bool { ![.note, .advice, .question].contains(self) }
  }

  /// In characters.
  public static let longestText = 1000

  public var kind: Kind
  /// The day it is about.
  public var date: LocalDate
  /// At most 1,000 characters; a visit may have none.
  public var text: String

  public init(kind: Kind, date: LocalDate, text: String) {
    self.kind = kind
    self.date = date
    self.text = text
  }
}

/// The total of a licensed questionnaire, as a clinic gave it; its items are not ours to ship (`clinical.md` §1.3).
public struct Score: Hashable, Sendable {
  public enum Instrument: String, Hashable, Sendable, CaseIterable {
    case hit6 = "hit-6"
    case midas, ndi

    /// The totals that there are.
    public var range: ClosedRange<Int> {
      switch self {
      case .hit6: 36...78
      case .midas: 0...270
      case .ndi: 0...50
      }
    }

    /// As its owners write it.
    public var title: String {
      switch self {
      case .hit6: "HIT-6"
      case .midas: "MIDAS"
      case .ndi: "NDI"
      }
    }
  }

  public var instrument: Instrument
  public var total: Int
  public var date: LocalDate

  public init(instrument: Instrument, total: Int, date: LocalDate) {
    self.instrument = instrument
    self.total = total
    self.date = date
  }
}

/// A short look at the desk, dated, so that it can be compared later. The questions are in `Config/desk-check.toml`.
public struct DeskCheck: Hashable, Sendable {
  public var date: LocalDate
  /// The word that was chosen by the id of the question; what was not answered is not in it.
  public var answers: [String: String]

  public init(date: LocalDate, answers: [String: String]) {
    self.date = date
    self.answers = answers
  }
}

/// A warning sign that the person said they have. Which one is kept only where they want it on their report.
public struct WarningReport: Hashable, Sendable {
  /// `clinical.md` §2.1: E emergency, S same day, D within days.
  public enum Level: String, Hashable, Sendable, CaseIterable {
    case emergency = "E"
    case sameDay = "S"
    case days = "D"

    /// Whether exercise and posture prompts pause while it is open.
    public var pausesPrompts: Bool { self != .days }
  }

  public var level: Level
  /// Ids of `Config/warning-signs.toml`; empty where the person did not want them kept.
  public var signs: [String]
  public var opened: Stamp
  /// When the person said that prompts may go on.
  public var closed: Stamp?

  public init(level: Level, signs: [String], opened: Stamp, closed: Stamp? = nil) {
    self.level = level
    self.signs = signs
    self.opened = opened
    self.closed = closed
  }

  public var isOpen: Bool { closed == nil }
}

/// A record of the diary with what the store keeps beside it.
public struct DiaryEntry<Content: Hashable & Sendable>: Hashable, Sendable {
  public let id: RecordID
  public var content: Content
  public let entered: Stamp
  public let way: EntryWay

  public init(id: RecordID, content: Content, entered: Stamp, way: EntryWay) {
    self.id = id
    self.content = content
    self.entered = entered
    self.way = way
  }
}
