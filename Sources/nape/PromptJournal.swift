import FoundationEssentials
import Glibc
import NapeCore
import NapeDaemon
import Systemd

/// How prompts ended, as journals tell it: by host, day and kind. Check-ins are left out, and so is everything else that a
/// record says of a person.
struct PromptJournal {
  struct Key: Hashable {
    let host: String
    /// The host's local day on which they were posted.
    let date: LocalDate
    let kind: Prompt.Kind
  }

  private(set) var adherence: [Key: Adherence] = [:]
  /// Records of prompts that could not be read: a field is missing, or has a word that this version does not know.
  private(set) var unreadable = 0
  /// Files that could not be read, or not to their end, and why.
  private(set) var problems: [String] = []

  private let period: ClosedRange<LocalDate>?
  private var seen: Set<Seen> = []

  /// A record may lie in several files, where it was sent twice.
  private struct Seen: Hashable {
    let identity: JournalReader.Identity
    let key: Key
    let outcome: Outcome
  }

  /// - Parameter period: the days that are asked for; `nil` for all.
  init(period: ClosedRange<LocalDate>?) { self.period = period }

  // MARK: Reading

  /// The journal of this machine, as far as this user may read it.
  mutating func readMachine() throws {
    do throws(Errno) {
      let reader = try JournalReader()
      if try reader.usage() > 0 { return try read(reader) }
    } catch {
      throw Failure("the journal cannot be read: \(error)", status: 1)
    }
    throw Failure(
      "no journal of this machine can be read: ask for membership of the group systemd-journal, or name a file",
      status: 1)
  }

  /// A journal file, or all that lie in a folder and in the folders in it, as journald and systemd-journal-remote keep them.
  mutating func read(path: String) throws {
    for file in try Self.files(at: path) {
      do throws(Errno) {
        let reader = try JournalReader(file: file)
        try read(reader)
        if try reader.usage() == 0 {
          problems.append("\(file): it is damaged, and was not read to its end: journalctl --verify --file=\(file)")
        }
      } catch {
        problems.append("\(file): \(Self.why(error))")
      }
    }
  }

  private static func why(_ error: Errno) -> String {
    switch error.code {
    case EBADMSG, ENODATA, EINVAL, EIO, EADDRNOTAVAIL, EBADFD: "this is no journal file, or a damaged one (\(error))"
    case EPROTONOSUPPORT: "this journal file was written by a newer systemd than the one here"
    default: "\(error)"
    }
  }

  private static func files(at path: String) throws -> [String] {
    guard let isFolder = isFolder(path) else {
      throw Failure("\(path): \(String(cString: strerror(errno)))", status: 1)
    }
    guard isFolder else { return [path] }
    let files = try entries(of: path).flatMap { entry in
      self.isFolder(entry) == true ? (try? entries(of: entry)) ?? [] : [entry]
    }.filter { $0.hasSuffix(".journal") || $0.hasSuffix(".journal~") }
    guard !files.isEmpty else { throw Failure("\(path): there is no journal file (*.journal) in it", status: 1) }
    return files
  }

  /// `nil` where there is nothing; `errno` then says why.
  private static func isFolder(_ path: String) -> Bool? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT == S_IFDIR : nil
  }

  private static func entries(of folder: String) throws -> [String] {
    do {
      return try FileManager.default.contentsOfDirectory(atPath: folder).sorted().map { "\(folder)/\($0)" }
    } catch {
      throw Failure("\(folder): it cannot be read: \(String(cString: strerror(errno)))", status: 1)
    }
  }

  private mutating func read(_ reader: JournalReader) throws(Errno) {
    try reader.match("MESSAGE_ID", MessageID.promptEnded.rawValue)
    while try reader.next() {
      let kind = try reader.value(of: "NAPE_PROMPT_KIND").flatMap(Prompt.Kind.init)
      if kind == .checkin { continue }
      guard let kind,
        let outcome = try reader.value(of: "NAPE_OUTCOME").flatMap(Outcome.init),
        let date = try reader.value(of: "NAPE_PROMPT_DATE").flatMap({ LocalDate($0) }),
        let host = try reader.value(of: "_HOSTNAME"), !host.isEmpty
      else {
        unreadable += 1
        continue
      }
      guard period?.contains(date) ?? true else { continue }
      let key = Key(host: host, date: date, kind: kind)
      guard seen.insert(Seen(identity: try reader.identity(), key: key, outcome: outcome)).inserted else { continue }
      adherence[key, default: Adherence(of: kind)].add(outcome)
    }
  }
}

extension PromptJournal {
  /// By host, then by day, then in the order in which prompts are prompted.
  var rows: [(key: Key, adherence: Adherence)] {
    adherence.map { (key: $0.key, adherence: $0.value) }.sorted { left, right in
      (left.key.host, left.key.date, left.key.kind.rank) < (right.key.host, right.key.date, right.key.kind.rank)
    }
  }
}

extension Prompt.Kind {
  fileprivate var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
