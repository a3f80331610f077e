import Testing

@testable import Systemd

@Suite struct JournalTests {
  @Test(arguments: [
    "", "lower", "_TRUSTED", "1ST", "WITH SPACE", "WITH=SIGN", "WITH\nLINE", "ÜBER", String(repeating: "A", count: 65),
  ])
  func badFieldNameThrows(_ name: String) {
    #expect(throws: Errno.invalidArgument) {
      try Journal.send("a message", priority: .debug, fields: [(name: "GOOD", value: ""), (name: name, value: "x")])
    }
  }

  /// Where there is no journal nothing happens.
  @Test func goodRecordIsSent() throws {
    try Journal.send(
      "a message\nof two lines = with a sign", priority: .debug, messageID: "8d45620c1a4348dbb17410da57c60c66",
      fields: [(name: "NAPE_TEST", value: "1"), (name: String(repeating: "A", count: 64), value: "\0\n")])
  }

  @Test func prioritiesAreThoseOfSyslog() {
    #expect(Journal.Priority.emergency.rawValue == 0)
    #expect(Journal.Priority.error.rawValue == 3)
    #expect(Journal.Priority.debug.rawValue == 7)
  }
}
