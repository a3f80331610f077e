import Glibc
import NapeCore
import NapeStore

/// The record of the person who runs the command.
enum Ledger {
  /// Where it is, whether there is one or not.
  static func storePath() throws -> String {
    guard let path = StoreLocation.path(environment: Environment.value) else {
      throw Failure("neither XDG_DATA_HOME nor HOME says where the record is", status: 78)
    }
    return path
  }

  /// Its spans of so many weeks up to now, with the one that is open as it was stored last.
  static func spans(weeks: Int) throws -> [Span] {
    let path = try storePath()
    guard access(path, F_OK) == 0 else { throw Failure("there is no record yet: \(path) does not exist", status: 1) }
    do throws(StoreError) {
      let store = try Store(path: path, patience: .command)
      let now = Microseconds(time(nil)) * .second
      let open = try store.checkpoint()?.open ?? []
      let spans = try store.spans(from: now - Microseconds(weeks) * 7 * 24 * .hour)
      // What was open may have been closed between the two readings.
      return spans
        + open.filter { span in
          spans.last.map { $0.bootID != span.bootID || $0.end <= span.begin.boot } ?? true
        }
    } catch {
      throw Failure("\(error)", status: 1)
    }
  }
}
