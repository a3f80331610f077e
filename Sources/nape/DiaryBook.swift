import Glibc
import NapeBus
import NapeCore
import NapeSettings
import NapeStore

/// What the commands of the diary work on: the person's record and the settings that it is kept by. They work without the
/// daemon, and never start it.
struct DiaryBook {
  /// `nil` where nothing has been recorded yet and the command only reads.
  let store: Store?
  /// Why there is no store, where it could not be opened.
  private let problem: (any Error)?
  let settings: Settings
  let rules: DiaryRules
  let now = Now()

  /// - Parameter writes: makes the store where there is none.
  init(writes: Bool) throws {
    self.init(store: try Self.openStore(writes: writes), problem: nil)
  }

  private init(store: Store?, problem: (any Error)?) {
    settings = LoadedSettings.load(environment: Environment.value).settings
    rules = DiaryRules(settings)
    (self.store, self.problem) = (store, problem)
  }

  /// For what must be shown whatever the record is like: that it cannot be opened is told when it is read.
  static func evenIfDamaged() -> DiaryBook {
    do { return DiaryBook(store: try openStore(writes: false), problem: nil) } catch {
      return DiaryBook(store: nil, problem: error)
    }
  }

  /// The same with a store; it is made where there is none.
  func writable() throws -> DiaryBook { store == nil ? try DiaryBook(writes: true) : self }

  private static func openStore(writes: Bool) throws -> Store? {
    let path = try Ledger.storePath()
    do throws(StoreError) {
      return writes || access(path, F_OK) == 0 ? try Store(path: path, patience: .command) : nil
    } catch {
      throw failure(error)
    }
  }

  private static func failure(_ error: any Error) -> Failure {
    let isRefused = if case .refused? = error as? DiaryError { true } else { false }
    return Failure("\(error)", status: 1, isOfStore: !isRefused)
  }

  /// Writes to the store, and tells the daemon.
  func write<Result, Problem: Error>(_ body: (Store) throws(Problem) -> Result) throws -> Result {
    guard let store else { throw Failure("there is no record yet", status: 1) }
    let result: Result
    do throws(Problem) { result = try body(store) } catch { throw Self.failure(error) }
    DaemonClient.refresh()
    return result
  }

  /// Reads the store; `nil` where there is none.
  func read<Result, Problem: Error>(_ body: (Store) throws(Problem) -> Result) throws -> Result? {
    if let problem { throw problem }
    guard let store else { return nil }
    do throws(Problem) { return try body(store) } catch { throw Self.failure(error) }
  }
}
