import NapeCore
import Systemd

/// The calls of a program that talks to the daemon. It never starts it.
public final class DaemonClient {
  public enum Failure: Error, CustomStringConvertible {
    /// There is no session bus to be reached.
    case noBus(Errno)
    /// Nobody owns the name.
    case notRunning
    case answered(BusError)

    public var description: String {
      switch self {
      case .noBus(let error): "the session bus cannot be reached: \(error)"
      case .notRunning: "naped is not running"
      case .answered(let error): error.description
      }
    }
  }

  private let bus: Bus

  public init() throws(Failure) {
    do throws(Errno) { bus = try Bus.openUser() } catch { throw .noBus(error) }
  }

  /// Calls a method of the daemon.
  @discardableResult
  public func call(_ interface: String, _ member: String, _ arguments: [BusValue] = []) throws(Failure) -> [BusValue] {
    let message: Message
    do throws(Errno) {
      message = try bus.methodCall(BusName.service, BusName.path, interface, member)
      try message.append(arguments)
      try message.setAutoStart(false)
    } catch {
      throw .answered(BusError(error))
    }
    do throws(BusError) {
      return try bus.call(message)
    } catch {
      throw Self.failure(error)
    }
  }

  /// All properties of an interface.
  public func properties(of interface: String) throws(Failure) -> [String: BusValue] {
    try call("org.freedesktop.DBus.Properties", "GetAll", [.string(interface)]).first?.dictionary ?? [:]
  }

  /// How long a daemon may take to say that it has read what is new, in microseconds.
  private static let refreshLimitUSec: UInt64 = 2_000_000

  /// Tells the daemon that the store has new records. Where there is none, or no bus, it will read them at its start.
  ///
  /// - Returns: whether it has read them, `nil` where there is no daemon.
  @discardableResult
  public static func refresh() -> Bool? {
    do throws(Failure) {
      try askToRefresh()
      return true
    } catch {
      if case .answered = error { return false }
      return nil
    }
  }

  /// As ``refresh()``, with what stood in the way.
  public static func askToRefresh() throws(Failure) {
    let client = try DaemonClient()
    let message: Message
    do throws(Errno) {
      message = try client.bus.methodCall(BusName.service, BusName.path, BusName.daemon, "Refresh")
      try message.setAutoStart(false)
    } catch {
      throw .answered(BusError(error))
    }
    do throws(BusError) { _ = try client.bus.call(message, timeoutUSec: refreshLimitUSec) } catch {
      throw Self.failure(error)
    }
  }

  private static func failure(_ error: BusError) -> Failure {
    [BusError.serviceUnknown, BusError.nameHasNoOwner].contains(error.name) ? .notRunning : .answered(error)
  }
}
