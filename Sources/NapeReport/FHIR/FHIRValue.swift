import JSON
import NapeCore

/// The value of an observation or of one of its components.
enum FHIRValue {
  /// A number as it is written, with its unit as people and as UCUM write it.
  case quantity(String, unit: String, ucum: String)
  /// 0 … 10
  case pain(ClosedRange<Int>)
  case flag(Bool)
  case code(FHIRCode)

  static func count(_ count: Int, _ unit: String) -> FHIRValue { .quantity("\(count)", unit: unit, ucum: "{\(unit)}") }
  static func days(_ count: Int) -> FHIRValue { .quantity("\(count)", unit: "d", ucum: "d") }
  static func minutes(_ length: Microseconds, ucum: String = "min") -> FHIRValue {
    .quantity(ReviewText.minutes(length), unit: "min", ucum: ucum)
  }
  static func hours(_ hours: Double) -> FHIRValue { .quantity(ReviewText.plain(hours), unit: "h", ucum: "h") }
  /// - Parameter share: 0 … 1
  static func percent(_ share: Double) -> FHIRValue {
    .quantity(ReviewText.percent(share).filter(\.isNumber), unit: "%", ucum: "%")
  }

  /// A member of the resource.
  var member: (String, String) {
    switch self {
    case .quantity(let value, let unit, let ucum): ("valueQuantity", Self.quantity(value, unit, ucum))
    case .pain(let range) where range.count == 1:
      ("valueQuantity", Self.quantity("\(range.lowerBound)", "score", "{score}"))
    case .pain(let range):
      (
        "valueRange",
        JSONText.object([
          ("low", Self.quantity("\(range.lowerBound)", "score", "{score}")),
          ("high", Self.quantity("\(range.upperBound)", "score", "{score}")),
        ])
      )
    case .flag(let flag): ("valueBoolean", flag ? "true" : "false")
    case .code(let code): ("valueCodeableConcept", code.concept())
    }
  }

  private static func quantity(_ value: String, _ unit: String, _ ucum: String) -> String {
    JSONText.object([
      ("value", value), ("unit", JSONText.quoted(unit)), ("system", JSONText.quoted("http://unitsofmeasure.org")),
      ("code", JSONText.quoted(ucum)),
    ])
  }
}
