import JSON

/// A code with the words that its owner gives it. Only codes that `clinical.md` §6.5 calls verified are here, and none of a
/// diagnosis.
enum FHIRCode: Hashable {
  case snomed(String, String)
  case loinc(String, String)
  /// Of the HL7 Physical Activity guide, which has it for the time being.
  case physicalActivity(String, String)
  /// Ours: ``FHIRCodeSystem``.
  case own(FHIRCodeSystem.Concept)
  /// A word of a field of the diary, in our code system too.
  case word(String)

  static let headache = snomed("25064002", "Headache")
  static let nausea = snomed("422587007", "Nausea")
  static let photophobia = snomed("409668002", "Photophobia")
  static let phonophobia = snomed("313387002", "Phonophobia")
  static let pain = loinc("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
  static let coverage = physicalActivity("DeviceActivePercentage", "Device Active Percentage")

  /// What has to stand beside the codes of others.
  static let notices = [
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright \u{a9} Regenstrief Institute, Inc. and "
      + "the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the license "
      + "at http://loinc.org/license. LOINC\u{ae} is a registered United States trademark of Regenstrief Institute, Inc.",
    "This material includes SNOMED Clinical Terms\u{ae} (SNOMED CT\u{ae}), which is used by permission of the International "
      + "Health Terminology Standards Development Organisation (IHTSDO). All rights reserved. SNOMED CT\u{ae} was originally "
      + "created by The College of American Pathologists.",
  ]

  private var system: String {
    switch self {
    case .snomed: "http://snomed.info/sct"
    case .loinc: "http://loinc.org"
    case .physicalActivity: "http://hl7.org/fhir/us/physical-activity/CodeSystem/pa-temporary-codes"
    case .own, .word: FHIRCodeSystem.url
    }
  }

  private var code: String {
    switch self {
    case .snomed(let code, _), .loinc(let code, _), .physicalActivity(let code, _), .word(let code): code
    case .own(let concept): concept.rawValue
    }
  }

  var display: String {
    switch self {
    case .snomed(_, let display), .loinc(_, let display), .physicalActivity(_, let display): display
    case .own(let concept): concept.display
    case .word(let word): FHIRCodeSystem.display(of: word)
    }
  }

  var coding: String { Self.coding(system, code, display) }

  static func coding(_ system: String, _ code: String, _ display: String? = nil) -> String {
    JSONText.object(
      [("system", JSONText.quoted(system)), ("code", JSONText.quoted(code))]
        + (display.map { [("display", JSONText.quoted($0))] } ?? []))
  }

  /// A CodeableConcept.
  func concept(_ text: String? = nil) -> String {
    JSONText.object(
      [("coding", JSONText.array([coding]))] + [("text", JSONText.quoted(text ?? display))])
  }
}
