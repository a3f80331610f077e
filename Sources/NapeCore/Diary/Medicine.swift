/// An acute medicine that was taken for a headache. Names and doses are as the person wrote them.
public struct Medicine: Hashable, Sendable {
  public enum Class: String, Hashable, Sendable, CaseIterable {
    /// Paracetamol, aspirin, another anti-inflammatory painkiller.
    case simple
    case triptan, combination, opioid, ergotamine
    case other
    /// The name is not in the table; counted in "any".
    case unsure

    /// Whether ten days a month are what guidelines name for it; fifteen for `simple` (ICHD-3 8.2, `clinical.md` §1.4).
    public var isTenDay: Bool { [.triptan, .opioid, .ergotamine, .combination].contains(self) }
  }

  public enum Help: String, Hashable, Sendable, CaseIterable { case yes, partly, no }

  public var taken: Stamp
  public var name: String
  public var medicineClass: Class
  public var dose: String?
  /// Whether it had helped two hours later.
  public var helped: Help?

  public init(taken: Stamp, name: String, medicineClass: Class, dose: String? = nil, helped: Help? = nil) {
    self.taken = taken
    self.name = name
    self.medicineClass = medicineClass
    self.dose = dose
    self.helped = helped
  }
}
