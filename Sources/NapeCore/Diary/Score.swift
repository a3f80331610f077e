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
