import NapeCore
import Testing

@Suite struct EntryKeyReaderTests {
  private func keys(_ text: String) -> [EntryKey] {
    var reader = EntryKeyReader()
    return reader.keys(text.utf8) + [reader.rest()].compactMap { $0 }
  }

  @Test(arguments: [
    ("6", EntryKey.character("6")), ("é", .character("é")), ("頭", .character("頭")), ("😖", .character("😖")),
    ("\r", .enter), ("\n", .enter), ("\t", .tab), ("\u{7f}", .erase), ("\u{8}", .erase), ("\u{3}", .interrupt),
    ("\u{4}", .interrupt), ("\u{1a}", .suspend), ("\u{1b}", .escape), ("\u{1b}[D", .back), ("\u{1b}OD", .back),
    ("\u{1b}[A", .other), ("\u{1b}[3~", .other), ("\u{1b}[1;5D", .other), ("\u{1b}x", .other), ("\u{1}", .other),
    ("\u{1b}[", .other),
  ])
  func eachKeyIsKnown(text: String, key: EntryKey) {
    #expect(keys(text) == [key])
  }

  @Test func keysThatComeTogetherAreSeveral() {
    #expect(keys("6l\u{1b}[Dy\r") == [.character("6"), .character("l"), .back, .character("y"), .enter])
    #expect(keys("\u{1b}\u{1b}") == [.escape, .escape])
  }

  @Test func whatComesInPiecesIsPutTogether() {
    var reader = EntryKeyReader()
    #expect(reader.keys([0x1b]).isEmpty)
    #expect(reader.isWaiting)
    #expect(reader.keys([0x5b]).isEmpty)
    #expect(reader.keys([0x44]) == [.back])
    #expect(!reader.isWaiting)
    #expect(reader.keys([0xc3]).isEmpty)
    #expect(reader.keys([0xa9]) == [.character("é")])
    #expect(reader.rest() == nil)
  }

  @Test func damagedTextIsNoKey() {
    var reader = EntryKeyReader()
    #expect(reader.keys([0xff, 0x80, 0xc3, 0x28, 0x36]) == [.other, .other, .other, .character("6")])
  }
}
