import Glibc
import NapeCore

/// The ten-second entry on this terminal.
enum QuickEntryDialogue {
  /// - Throws: ``Failure`` with 1 where the person leaves it, 130 where they interrupt it; nothing is kept then.
  static func ask() throws -> EpisodeChange {
    let now = Now()
    var entry = QuickEntry(now: now.second, zone: now.zone, offersWarningSigns: true)
    while true {
      switch try outcome(of: &entry) {
      case .store: return EpisodeChange(onset: entry.episode.onset, fields: entry.episode.fields.mapValues { $0 })
      case .leave: throw Failure("left; nothing was stored", status: 1)
      case .interrupted: throw Failure("interrupted; nothing was stored", status: 130)
      case .warningSigns:
        // A record that cannot be written is no reason to lose the answers.
        do { try WarningSignsDialogue.run(.evenIfDamaged()) } catch let failure as Failure {
          StandardError.write("\nnape: \(failure.message)\n")
        }
        print("\nEnter goes back to the entry. ", terminator: "")
        fflush(nil)
        guard readLine() != nil else { throw Failure("interrupted; nothing was stored", status: 130) }
      }
    }
  }

  private static func outcome(of entry: inout QuickEntry) throws -> QuickEntry.Outcome {
    if Terminal.takesKeys {
      return try Terminal.ask(screen: { entry.screen(width: $0, height: $1) }, key: { entry.handle($0) })
    }
    return LineTerminal.ask(
      intro: "A headache. Enter: go on; < back; q stop, nothing is kept; ? help.",
      screen: { entry.question(width: $0) }, line: { entry.handle(line: $0) }, end: .interrupted)
  }
}
