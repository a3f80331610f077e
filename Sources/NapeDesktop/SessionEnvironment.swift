import Systemd

/// The session's variables: those of this process, and those that the desktop has told the user manager since it was
/// started.
public final class SessionEnvironment {
  private static let manager = "org.freedesktop.systemd1"
  private static let answerLimitUSec: UInt64 = 2_000_000
  /// What says where a display is.
  private static let displays = ["WAYLAND_DISPLAY", "DISPLAY"]

  private let bus: Bus
  private let process: (String) -> String?
  /// What the user manager told last.
  private var told: [String: String] = [:]

  /// - Parameters:
  ///   - bus: the session bus, attached to a loop.
  ///   - process: a variable of this process, as `getenv(3)` gives it.
  public init(bus: Bus, process: @escaping (String) -> String?) {
    self.bus = bus
    self.process = process
  }

  /// A variable's value; this process's own goes first.
  public func value(_ name: String) -> String? {
    if let own = process(name), !own.isEmpty { return own }
    return told[name]
  }

  /// Asks the user manager anew, where this process lacks a display; nothing is started.
  ///
  /// - Parameter done: called once; at once where nothing is asked, else from the loop, within 2 s.
  public func refresh(_ done: @escaping () -> Void) {
    guard Self.displays.contains(where: { (process($0) ?? "").isEmpty }) else { return done() }
    do throws(Errno) {
      let call = try bus.methodCall(
        Self.manager, "/org/freedesktop/systemd1", "org.freedesktop.DBus.Properties", "Get",
        .string(Self.manager + ".Manager"), .string("Environment"))
      try call.setAutoStart(false)
      try bus.send(call, timeoutUSec: Self.answerLimitUSec) { [weak self] reply in
        if let told = (try? reply.get())?.first?.unwrapped.strings { self?.told = Self.variables(told) }
        done()
      }
    } catch {
      done()
    }
  }

  /// Assignments `NAME=value` as a table.
  private static func variables(_ assignments: [String]) -> [String: String] {
    var variables: [String: String] = [:]
    for assignment in assignments {
      guard let sign = assignment.firstIndex(of: "=") else { continue }
      variables[String(assignment[..<sign])] = String(assignment[assignment.index(after: sign)...])
    }
    return variables
  }
}
