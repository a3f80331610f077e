import Glibc
import Testing

@testable import Systemd

/// Whole journals are read in Tests/Integration/test_adherence.py.
@Suite struct JournalReaderTests {
  @Test func aFileThatIsNotThere() throws {
    let folder = try TemporaryFolder()
    #expect(throws: Errno.noSuchEntry) { try JournalReader(file: folder.path + "/none.journal") }
  }

  @Test(arguments: ["", "LPKSHHRH", String(repeating: "no journal\n", count: 1000)])
  func aFileThatIsNoJournal(_ text: String) throws {
    let folder = try TemporaryFolder()
    let file = try folder.write(text, to: "foreign.journal")
    do throws(Errno) {
      _ = try JournalReader(file: file)
      Issue.record("it was opened")
    } catch {
      #expect([EBADMSG, ENODATA, EINVAL, EIO].contains(error.code), "\(error)")
    }
  }

  @Test func theMachinesOwnJournalMayHaveNoRecordOfAnId() throws {
    let reader = try JournalReader()
    try reader.match("MESSAGE_ID", "00000000000000000000000000000000")
    #expect(try !reader.next())
  }
}
