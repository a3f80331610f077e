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
    /// What the person finds to help, or to make it worse.
    case helps, worsens

    /// Whether it says enough without a text.
    public var isVisit: Bool { ![.note, .advice, .question, .helps, .worsens].contains(self) }
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
