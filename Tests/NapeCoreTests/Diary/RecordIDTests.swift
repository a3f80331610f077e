import NapeCore
import Testing

@Suite struct RecordIDTests {
  private static let text = "018f3a5e-7c2b-7d41-9a6e-0123456789ab"

  @Test func readsWhatItWrites() throws {
    let id = try #require(RecordID(Self.text))
    #expect(id.description == Self.text)
    #expect(id == RecordID(high: 0x018f_3a5e_7c2b_7d41, low: 0x9a6e_0123_4567_89ab))
    #expect(RecordID(Self.text.uppercased()) == id)
    #expect(RecordID(bytes: id.bytes) == id)
    #expect(id.short == "6789ab")
    #expect(RecordID(high: 0, low: 0).description == "00000000-0000-0000-0000-000000000000")
  }

  @Test(
    arguments: [
      "", "018f3a5e", "018f3a5e7c2b7d419a6e0123456789ab", "018f3a5e-7c2b-7d41-9a6e-0123456789a",
      "018f3a5e-7c2b-7d41-9a6e-0123456789abc", "018f3a5e-7c2b-7d41-9a6e-0123456789ag",
      "018f3a5e-7c2b-7d41-9a6e_0123456789ab", "018f3a5e-7c2b7-d41-9a6e-0123456789ab",
      " 18f3a5e-7c2b-7d41-9a6e-0123456789ab",
      "０18f3a5e-7c2b-7d41-9a6e-0123456789ab",
    ])
  func refusesAnythingElse(text: String) { #expect(RecordID(text) == nil) }

  @Test func hasSixteenBytes() {
    #expect(RecordID(bytes: []) == nil)
    #expect(RecordID(bytes: Array(repeating: 1, count: 17)) == nil)
  }
}
