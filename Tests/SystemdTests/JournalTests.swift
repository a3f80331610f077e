import Testing

@testable import Systemd

@Suite struct JournalTests {
  @Test(arguments: [
    "", "lower", "_TRUSTED", "1ST", "WITH SPACE", "A=B", "Ä", "A\nB", String(repeating: "A", count: 65),
  ])
  func badNamesOfFieldsAreRefused(_ name: String) {
    #expect(throws: Errno.invalidArgument) { try Journal.send("x", priority: .debug, fields: [(name, "x")]) }
  }

  @Test func prioritiesAreThoseOfSyslog() {
    #expect(Journal.Priority.emergency.rawValue == 0)
    #expect(Journal.Priority.debug.rawValue == 7)
  }
}
