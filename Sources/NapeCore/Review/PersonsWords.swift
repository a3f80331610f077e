/// What the person has noted in their own words: of each kind the last.
public struct PersonsWords: Hashable, Sendable {
  public let helps: DiaryNote?
  public let worsens: DiaryNote?
  public let advice: DiaryNote?
  /// For the visit.
  public let question: DiaryNote?

  public var isEmpty: Bool { helps == nil && worsens == nil && advice == nil && question == nil }

  /// - Parameter notes: by date, then as they were entered.
  init(_ notes: [DiaryNote]) {
    func last(_ kind: DiaryNote.Kind) -> DiaryNote? { notes.last { $0.kind == kind && !$0.text.isEmpty } }
    helps = last(.helps)
    worsens = last(.worsens)
    advice = last(.advice)
    question = last(.question)
  }
}
