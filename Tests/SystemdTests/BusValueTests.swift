import Testing

@testable import Systemd

@Suite struct BusValueTests {
  @Test func signatures() {
    let basic: [(BusValue, String)] = [
      (.byte(1), "y"), (.bool(true), "b"), (.int16(1), "n"), (.uint16(1), "q"), (.int32(1), "i"), (.uint32(1), "u"),
      (.int64(1), "x"), (.uint64(1), "t"), (.double(1), "d"), (.string(""), "s"), (.objectPath("/"), "o"),
      (.signature(""), "g"), (.variant(.byte(1)), "v"),
    ]
    for (value, signature) in basic { #expect(value.typeSignature == signature) }
    #expect(BusValue.array(of: "(su)", []).typeSignature == "a(su)")
    #expect(BusValue.structure([.string(""), .strings([])]).typeSignature == "(sas)")
    #expect(BusValue.dictionary([:]).typeSignature == "a{sv}")
    #expect(BusValue.entry(key: .uint32(1), value: .dictionary([:])).typeSignature == "{ua{sv}}")
  }

  @Test func accessorsAnswerForTheirOwnTypeOnly() {
    #expect(BusValue.string("x").string == "x")
    #expect(BusValue.objectPath("/x").string == "/x")
    #expect(BusValue.string("x").uint32 == nil)
    #expect(BusValue.uint32(1).uint64 == nil)
    #expect(BusValue.bool(true).bool == true)
    #expect(BusValue.variant(.variant(.uint64(7))).unwrapped.uint64 == 7)
    #expect(BusValue.structure([.byte(1), .byte(2)]).elements?.count == 2)
    #expect(BusValue.strings(["a", "b"]).strings == ["a", "b"])
    #expect(BusValue.array(of: "u", [.uint32(1)]).strings == nil)
    #expect(BusValue.string("x").strings == nil)
  }

  @Test func dictionaries() {
    let value = BusValue.dictionary(["a": .uint32(1), "b": .strings(["x"])])
    #expect(value.dictionary?["a"] == .uint32(1))
    #expect(value.dictionary?["b"]?.strings == ["x"])
    #expect(BusValue.array(of: "{sv}", []).dictionary?.isEmpty == true)
    #expect(BusValue.array(of: "{us}", [.entry(key: .uint32(1), value: .string(""))]).dictionary == nil)
    #expect(BusValue.strings([]).dictionary == nil)
    #expect(BusValue.dictionary(["a": .byte(1), "a": .byte(2)]).dictionary == ["a": .byte(2)])
  }
}
