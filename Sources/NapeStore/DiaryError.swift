import NapeCore

/// Why something was not entered into the diary.
public enum DiaryError: Error, Hashable, Sendable, CustomStringConvertible {
  case refused(EntryRules.Refusal)
  case store(StoreError)

  public var description: String {
    switch self {
    case .refused(let refusal): refusal.description
    case .store(let error): error.description
    }
  }
}
