import ArgumentParser
import NapeCore
import NapeReport
import NapeSettings

/// What a shell offers where nape knows the words.
extension CompletionKind {
  /// The words of a field of the diary.
  static func words(of field: EpisodeField) -> CompletionKind {
    switch field.kind {
    case .word(let words), .words(let words): .list(words)
    default: .list([])
    }
  }

  static func words<Word: CaseIterable & RawRepresentable>(of type: Word.Type) -> CompletionKind
  where Word.RawValue == String { .list(type.allCases.map(\.rawValue)) }

  static let days: CompletionKind = .list(["today", "yesterday"])

  /// The exercises, those of a prescribed programme included.
  static let exercises: CompletionKind = .custom { _, _, _ in
    let catalogue = (try? ExerciseBook())?.plan.catalogue ?? .builtIn()
    return catalogue.exercises.map(\.id)
  }

  static let warningSigns: CompletionKind = .custom { _, _, _ in WarningSigns.builtIn().signs.map(\.id) }
}
