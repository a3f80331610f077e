/// On how many of the last thirty local days a kind of medicine was taken (`clinical.md` §1.4): counts for the person to
/// talk about, without a judgement.
public struct MedicineDays: Hashable, Sendable {
  /// How many days are looked at, today among them.
  public static let window = 30

  /// Days with at least one medicine of the class; a class without one is not in it.
  public let byClass: [Medicine.Class: Int]
  /// Days with at least one medicine of any class.
  public let total: Int

  /// - Parameters:
  ///   - medicines: each counts on the local day on which it was taken, by the clock of that place.
  ///   - today: the last day of the window.
  public init(_ medicines: [Medicine], today: LocalDate) {
    let dates = today.adding(days: 1 - Self.window)...today
    var days: [Medicine.Class: Set<LocalDate>] = [:]
    for medicine in medicines where dates.contains(medicine.taken.date) {
      days[medicine.medicineClass, default: []].insert(medicine.taken.date)
    }
    byClass = days.mapValues(\.count)
    total = days.values.reduce(into: Set()) { $0.formUnion($1) }.count
  }

  public enum Mark: Hashable, Sendable {
    /// Some days below what guidelines name.
    case near
    /// As many as guidelines name for one month, or more.
    case reached
  }

  /// - Returns: how a class stands to what guidelines name for it; `nil` well below, and where they name nothing.
  public func mark(of medicineClass: Medicine.Class) -> Mark? {
    guard let limit = medicineClass.monthlyDays, let count = byClass[medicineClass] else { return nil }
    if count >= limit { return .reached }
    return count * 5 >= limit * 4 ? .near : nil
  }

  /// What is told of a class, without a judgement; `nil` where nothing is.
  public func notice(of medicineClass: Medicine.Class, _ texts: WarningSigns.Texts) -> String? {
    guard let mark = mark(of: medicineClass), let count = byClass[medicineClass],
      let limit = medicineClass.monthlyDays
    else { return nil }
    let told = texts.medicineCount.replacing("{medicine}", with: medicineClass.plural)
      .replacing("{days}", with: String(count))
    switch mark {
    case .near: return told
    case .reached: return told + " " + texts.medicineLimit.replacing("{limit}", with: String(limit))
    }
  }
}

extension Medicine.Class {
  /// The days a month from which on guidelines ask people to talk with a doctor or pharmacist; `nil` for none.
  public var monthlyDays: Int? {
    switch self {
    case .simple: 15
    case .triptan, .combination, .opioid, .ergotamine: 10
    case .other, .unsure: nil
    }
  }

  /// In a sentence: "You have noted triptans".
  public var plural: String {
    switch self {
    case .simple: "simple painkillers"
    case .triptan: "triptans"
    case .combination: "combined painkillers"
    case .opioid: "opioids"
    case .ergotamine: "ergotamines"
    case .other, .unsure: "other medicines"
    }
  }
}
