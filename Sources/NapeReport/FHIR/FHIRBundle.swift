import JSON
import NapeCore

/// The review as a FHIR R4 document (`clinical.md` §6.4): what was noted and counted, and no Condition.
///
/// The same review gives the same bytes. It claims no profile: none that is public has a measure of desk time.
public struct FHIRBundle {
  public static let fileName = "bundle.fhir.json"

  let review: Review
  private var entries: [(url: String, resource: String)] = []
  private var sections: [(title: String, text: String, urls: [String])] = []
  private let patient: String
  private let device: String

  public init(_ review: Review) {
    self.review = review
    patient = Self.url("patient", review)
    device = Self.url("device", review)
    entries = [(patient, patientResource), (device, deviceResource)]
    addObservations("Summary", summary)
    addObservations("Headaches", review.episodes.map(Self.episode) + review.days.compactMap(Self.day))
    addMedicines()
    addObservations("Desk time", [pattern] + review.days.compactMap(Self.desk))
  }

  /// The whole file.
  public var json: String {
    let document = [(Self.url("composition", review), composition)] + entries
    let listed = document.map { url, resource in
      JSONText.object([("fullUrl", JSONText.quoted(url)), ("resource", resource)])
    }
    return Self.lines([
      ("resourceType", JSONText.quoted("Bundle")),
      (
        "identifier",
        JSONText.object([
          ("system", JSONText.quoted("urn:ietf:rfc:3986")), ("value", JSONText.quoted(Self.url("bundle", review))),
        ])
      ),
      ("type", JSONText.quoted("document")), ("timestamp", JSONText.quoted(review.terms.made.iso8601)),
      ("entry", "[\n    " + listed.joined(separator: ",\n    ") + "\n  ]"),
    ])
  }

  static func lines(_ members: [(String, String)]) -> String {
    "{\n" + members.map { "  \(JSONText.quoted($0)): \($1)" }.joined(separator: ",\n") + "\n}\n"
  }

  static func reference(_ url: String) -> String { JSONText.object([("reference", JSONText.quoted(url))]) }

  /// A UUID of version 8 (RFC 9562) from what the resource is of, so that the same review gives the same one.
  private static func url(_ name: String, _ review: Review) -> String {
    let terms = review.terms
    let text =
      "\(FHIRCodeSystem.url) \(terms.pseudonym ?? "") \(terms.period.lowerBound) \(terms.period.upperBound) "
      + "\(terms.made.iso8601) \(name)"
    var bytes = Array(SHA256.hash(Array(text.utf8))[..<16])
    bytes[6] = bytes[6] & 0x0f | 0x80
    bytes[8] = bytes[8] & 0x3f | 0x80
    return "urn:uuid:\(RecordID(bytes: bytes)?.description ?? "")"
  }

  private mutating func addObservations(_ section: String, _ observations: [FHIRObservation]) {
    var urls: [String] = []
    for (place, observation) in observations.enumerated() {
      let url = Self.url("\(section) \(place)", review)
      entries.append((url, observation.json(patient: patient, device: device)))
      urls.append(url)
    }
    sections.append((section, observations.map(\.narrative).joined(separator: ". "), urls))
  }

  // MARK: Who and what

  private var patientResource: String {
    let name = review.terms.pseudonym
    return JSONText.object(
      [
        ("resourceType", JSONText.quoted("Patient")),
        (
          "text",
          FHIRNarrative.json(name.map { "Keeper of the diary, called \($0)" } ?? "Keeper of the diary, without a name")
        ),
      ]
        + (name.map {
          [
            (
              "identifier",
              JSONText.array([
                JSONText.object([
                  ("system", JSONText.quoted("https://nape.github.io/fhir/pseudonym")), ("value", JSONText.quoted($0)),
                ])
              ])
            )
          ]
        } ?? []))
  }

  private var deviceResource: String {
    JSONText.object([
      ("resourceType", JSONText.quoted("Device")),
      ("text", FHIRNarrative.json("nape, software for a diary that one keeps oneself; not a medical device")),
      (
        "deviceName",
        JSONText.array([
          JSONText.object([("name", JSONText.quoted("nape")), ("type", JSONText.quoted("user-friendly-name"))])
        ])
      ),
      ("version", JSONText.array([JSONText.object([("value", JSONText.quoted(NapeVersion.string))])])),
      ("patient", Self.reference(patient)),
    ])
  }

  private var composition: String {
    let title = "Headache and desk diary, kept by the person (not a diagnosis)"
    let told = sections.map { section in
      JSONText.object(
        [
          ("title", JSONText.quoted(section.title)),
          ("text", FHIRNarrative.json(section.text.isEmpty ? "Nothing noted" : section.text)),
        ]
          + (section.urls.isEmpty ? [] : [("entry", JSONText.array(section.urls.map(Self.reference)))]))
    }
    let about = [("About this document", IntendedUse.text), ("Code systems", FHIRCode.notices.joined(separator: " "))]
      .map {
        JSONText.object([("title", JSONText.quoted($0)), ("text", FHIRNarrative.json($1))])
      }
    return JSONText.object([
      ("resourceType", JSONText.quoted("Composition")),
      ("text", FHIRNarrative.json("\(title), \(ReviewText.period(review.terms.period)). \(IntendedUse.text)")),
      ("status", JSONText.quoted("final")), ("type", FHIRCode.own(.diarySummary).concept()),
      ("subject", Self.reference(patient)), ("date", JSONText.quoted(review.terms.made.iso8601)),
      ("author", JSONText.array([Self.reference(patient), Self.reference(device)])), ("title", JSONText.quoted(title)),
      ("section", JSONText.array(told + about)),
    ])
  }

  // MARK: Medicines

  private mutating func addMedicines() {
    var urls: [String] = []
    var texts: [String] = []
    for episode in review.episodes {
      for (place, medicine) in episode.episode.medicines.enumerated() {
        let url = Self.url("medicine \(episode.record.id) \(place)", review)
        let text = Self.name(medicine)
        entries.append((url, statement(medicine, text)))
        urls.append(url)
        texts.append("\(text), \(ReviewText.day(medicine.taken.date)) \(medicine.taken.clock)")
      }
    }
    sections.append(("Acute medicine", texts.joined(separator: ". "), urls))
  }

  /// As the person wrote it, with its class; without notes the class alone.
  private static func name(_ medicine: Medicine) -> String {
    let written = [medicine.name, medicine.dose ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
    let group = "class: \(medicine.medicineClass.rawValue)"
    return written.isEmpty ? group : "\(written) (\(group))"
  }

  private func statement(_ medicine: Medicine, _ text: String) -> String {
    JSONText.object([
      ("resourceType", JSONText.quoted("MedicationStatement")),
      (
        "text",
        FHIRNarrative.json(
          "\(text), taken \(ReviewText.day(medicine.taken.date, withYear: true)) \(medicine.taken.clock)")
      ),
      ("status", JSONText.quoted("completed")),
      ("medicationCodeableConcept", JSONText.object([("text", JSONText.quoted(text))])),
      ("subject", Self.reference(patient)), ("effectiveDateTime", JSONText.quoted(medicine.taken.iso8601)),
      ("informationSource", Self.reference(patient)),
    ])
  }
}
