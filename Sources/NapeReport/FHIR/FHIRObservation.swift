import JSON
import NapeCore

/// Something that the person noted or that nape counted.
struct FHIRObservation {
  /// Said by the person, or counted by the program.
  enum Category: String { case survey, activity }

  /// `effectivePeriod` or `effectiveDateTime`
  enum When {
    case day(LocalDate)
    case period(from: String, to: String?)

    var member: (String, String) {
      switch self {
      case .day(let date): ("effectiveDateTime", JSONText.quoted("\(date)"))
      case .period(let from, let to):
        (
          "effectivePeriod",
          JSONText.object([("start", JSONText.quoted(from))] + (to.map { [("end", JSONText.quoted($0))] } ?? []))
        )
      }
    }
  }

  let category: Category
  let code: FHIRCode
  /// What it is called here.
  let title: String
  var narrative: String
  let when: When
  /// When it was entered.
  var issued: Stamp?
  /// `nil`: nobody said it.
  var value: FHIRValue?
  var components: [(FHIRCode, FHIRValue)] = []

  func json(patient: String, device: String) -> String {
    let list = FHIRCode.coding("http://terminology.hl7.org/CodeSystem/observation-category", category.rawValue)
    var members: [(String, String)] = [
      ("resourceType", JSONText.quoted("Observation")), ("text", FHIRNarrative.json(narrative)),
      ("status", JSONText.quoted("final")),
      ("category", JSONText.array([JSONText.object([("coding", JSONText.array([list]))])])),
      ("code", code.concept(title)), ("subject", FHIRBundle.reference(patient)), when.member,
    ]
    if let issued { members.append(("issued", JSONText.quoted(issued.iso8601))) }
    members.append(("performer", JSONText.array([FHIRBundle.reference(patient)])))
    if let value {
      members.append(value.member)
    } else if components.isEmpty {
      let unknown = FHIRCode.coding("http://terminology.hl7.org/CodeSystem/data-absent-reason", "unknown", "Unknown")
      members.append(("dataAbsentReason", JSONText.object([("coding", JSONText.array([unknown]))])))
    }
    if category == .activity { members.append(("device", FHIRBundle.reference(device))) }
    if !components.isEmpty {
      members.append(
        (
          "component",
          JSONText.array(components.map { JSONText.object([("code", $0.concept()), $1.member]) })
        ))
    }
    return JSONText.object(members)
  }
}
