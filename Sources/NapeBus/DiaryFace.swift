import NapeCore
import Systemd

/// What `io.github.nape.Nape1.Diary` asks of the daemon.
///
/// Members throw ``BusError/refused(_:)`` where the diary does not take something; the message names no headache and no
/// figure, since others may listen.
public protocol DiaryFace: AnyObject {
  /// How points of time are read here and now.
  var entryTime: EntryTime { get }
  /// The class that a medicine's name has.
  func medicineClass(of name: String) -> Medicine.Class

  func logHeadache(_ episode: Episode) throws(BusError) -> RecordID
  /// - Parameter change: what is to be changed in it as it is stored.
  func editHeadache(_ id: RecordID, by change: (Episode) throws(BusError) -> EpisodeChange) throws(BusError)
  func deleteHeadache(_ id: RecordID) throws(BusError)
  /// - Parameter state: `none` or `unknown`.
  func setDay(_ date: LocalDate, to state: DayState) throws(BusError)
  /// - Parameter level: without it, the person's own.
  func logExercise(_ exercise: String, level: Int?, done: Stamp) throws(BusError)
  func addNote(_ note: DiaryNote) throws(BusError) -> RecordID
}
