import JSON
import NapeCore
import Testing

@testable import NapeReport

#if canImport(FoundationEssentials)
  import FoundationEssentials
#endif

@Suite("FHIR")
struct FHIRBundleTests {
  private let text = FHIRBundle(Juniper.review).json

  private func resources() throws -> [[String: JSON]] {
    guard case .object(let bundle) = try JSONDecoder().decode(JSON.self, from: Data(text.utf8)),
      case .list(let entries)? = bundle["entry"]
    else { return [] }
    return entries.compactMap { entry in
      if case .object(let entry) = entry, case .object(let resource)? = entry["resource"] { resource } else { nil }
    }
  }

  private func observations(_ code: FHIRCode) throws -> [[String: JSON]] {
    try resources().filter { resource in
      guard resource["resourceType"] == .text("Observation"), case .object(let concept)? = resource["code"],
        case .list(let codings)? = concept["coding"], case .object(let coding)? = codings.first
      else { return false }
      return coding["display"] == .text(code.display)
    }
  }

  @Test("no word breaks out of a narrative, and XML has a place for all that is in it")
  func narratives() {
    let text = FHIRNarrative.json("a <\u{301}b &\u{200D}c \u{FFFF}\u{7} d")
    #expect(text.contains("a &lt;\u{301}b &amp;\u{200D}c  d</div>"))
  }

  @Test("a document: a composition first, then one patient and one device; no condition")
  func shape() throws {
    let types = try resources().map { $0["resourceType"] }
    #expect(types.prefix(3) == [.text("Composition"), .text("Patient"), .text("Device")])
    #expect(types.count { $0 == .text("MedicationStatement") } == 6)
    #expect(!types.contains(.text("Condition")))
    #expect(try resources().allSatisfy { $0["text"] != nil })
  }

  @Test("seven headaches, seventeen days without, four of which nothing is said")
  func days() throws {
    let days = try observations(.headache)
    let diary = Juniper.review.diary
    #expect(days.count { $0["valueBoolean"] == .flag(true) } == 7)
    #expect(days.count { $0["valueBoolean"] == .flag(false) } == diary.noneDays)
    #expect(days.count { $0["dataAbsentReason"] != nil && $0["valueBoolean"] == nil } == diary.unknownDays)
  }

  @Test("the same review gives the same bytes; another moment gives other ids")
  func bytes() {
    #expect(FHIRBundle(Juniper.review).json == text)
    var terms = Juniper.terms()
    terms.made.wall += .second
    #expect(FHIRBundle(Review(Juniper.records(), terms)).json != text)
  }

  @Test("a peak of which only words were asked for is a range")
  func range() {
    #expect(FHIRValue.pain(4...6).member.0 == "valueRange")
    #expect(FHIRValue.pain(5...5).member.0 == "valueQuantity")
  }

  @Test("what the person wrote cannot break out of a narrative")
  func escaped() { #expect(FHIRNarrative.json("<b>&").contains("&lt;b&gt;&amp;</div>")) }

  @Test("each code of ours is listed once")
  func codes() {
    let codes = FHIRCodeSystem.json.split(separator: "{\"code\": \"").dropFirst().map { $0.prefix { $0 != "\"" } }
    #expect(codes.count == Set(codes).count)
    #expect(codes.contains("neck-pain-before-or-with") && codes.contains("base-of-skull") && codes.contains("asleep"))
  }
}
