import NapeCore
import Systemd

/// What the interfaces show of the daemon.
public protocol DaemonFace: AnyObject {
  var status: Status { get }
  /// The presence source in use; empty for none.
  var sourceName: String { get }
  var quality: Quality { get }
  /// One line, as in the unit's status.
  var statusText: String { get }
  /// What does not work as it should, a sentence each.
  var problems: [String] { get }
  /// Keys of the settings that the administrator has locked.
  var lockedKeys: [String] { get }
  var why: String { get }

  /// Hands an event to the engine.
  ///
  /// - Throws: ``BusError/refused(_:)``.
  func perform(_ event: Event) throws(BusError)
  /// Reads the settings anew.
  ///
  /// - Throws: ``BusError/badSettings(_:)``.
  func reload() throws(BusError)
  /// Another program has written to the store: reads what it wrote.
  ///
  /// - Throws: ``BusError/refused(_:)`` where it cannot be read now.
  func refresh() throws(BusError)
}
