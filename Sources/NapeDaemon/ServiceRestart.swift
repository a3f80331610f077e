import Glibc
import Systemd

/// Has the user manager start this service anew, which takes in what the confinement withholds from the running one.
enum ServiceRestart {
  private static let manager = "org.freedesktop.systemd1"

  /// Asks once; the manager then stops this process in its usual way. Nothing happens where it has not started this very
  /// process as a service: a terminal or a desktop that naped runs in is not ours to end.
  static func ask(on bus: Bus, environment: (String) -> String?) {
    // systemd.exec(5); it is inherited, and so may be another process's.
    guard environment("SYSTEMD_EXEC_PID") == String(getpid()) else { return }
    do throws(Errno) {
      let question = try bus.methodCall(
        manager, "/org/freedesktop/systemd1", manager + ".Manager", "GetUnitByPID", .uint32(UInt32(getpid())))
      try question.setAutoStart(false)
      try bus.send(question) { reply in
        guard let path = (try? reply.get())?.first?.string, path.hasSuffix("_2eservice") else { return }
        do throws(Errno) {
          let call = try bus.methodCall(manager, path, manager + ".Unit", "TryRestart", .string("replace"))
          try bus.send(call) { _ in }
        } catch {
          // The sentence among the problems says what the person can do.
        }
      }
    } catch {
      // As above.
    }
  }
}
