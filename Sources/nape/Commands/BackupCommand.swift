import ArgumentParser
import Glibc
import JSON
import NapeStore

struct BackupCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "backup",
    abstract: "Copy the whole record, diary and sitting time, into a file.",
    discussion: """
      The copy is of one moment, also while naped runs, and is checked before it gets its name. It is readable by you \
      alone (0600), as far as its file system has such rights, and it is not encrypted.

      To go back to a copy: stop naped, put the copy in the place of $XDG_DATA_HOME/nape/nape.db (or \
      ~/.local/share/nape/nape.db), remove nape.db-wal and nape.db-shm beside it, and start naped.

      Example:
        nape backup ~/nape-2026-03-02.db
      """)

  @Argument(help: "The file; its folder must be there.", completion: .file())
  var file: String

  @Flag(name: .long, help: "Replace a file that is there already.")
  var force = false

  @Flag(name: .long, help: "Print what the copy holds as a JSON object.")
  var json = false

  func run() throws {
    let path = try Ledger.storePath()
    guard access(path, F_OK) == 0 else { throw Failure("there is no record yet: \(path) does not exist", status: 1) }
    // An interrupt takes effect when nothing is left behind.
    var signals = sigset_t()
    sigemptyset(&signals)
    for signal in [SIGINT, SIGTERM, SIGHUP, SIGQUIT] { sigaddset(&signals, signal) }
    sigprocmask(SIG_BLOCK, &signals, nil)
    do throws(StoreError) {
      let store = try Store(path: path, patience: .command)
      let counts = try Backup.make(of: store, in: file, replacing: force)
      if json { return print(Self.json(counts, file: file)) }
      let held = counts.filter { $0.count > 0 }.map { "\($0.count) \($0.what)" }.joined(separator: ", ")
      print("\(file): \(held.isEmpty ? "nothing has been recorded yet" : held)")
    } catch {
      if case .file(_, _, EEXIST) = error {
        throw Failure("\(file): there is a file already: another name, or --force to replace it", status: 1)
      }
      throw Failure("\(error)", status: 1)
    }
  }

  private static func json(_ counts: [Backup.Count], file: String) -> String {
    let holds = JSONText.object(counts.map { ($0.what.map { $0 == " " ? "_" : String($0) }.joined(), "\($0.count)") })
    return JSONText.object([("file", JSONText.quoted(file)), ("holds", holds)])
  }
}
