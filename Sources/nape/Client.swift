import NapeBus
import NapeCore
import Systemd

/// The daemon, as the commands talk to it.
enum Client {
  /// Does something with the daemon; what goes wrong ends the command: 69 if it is not there, 1 if it refused.
  @discardableResult
  static func with<Result>(
    _ body: (DaemonClient) throws(DaemonClient.Failure) -> Result
  ) throws -> Result {
    do throws(DaemonClient.Failure) {
      return try body(try DaemonClient())
    } catch {
      switch error {
      case .answered(let error): throw Failure(error.description, status: 1)
      case .noBus(let reason): throw noBus(reason)
      case .notRunning:
        throw Failure("naped is not running; start it with: systemctl --user start nape", status: 69)
      }
    }
  }

  static func noBus(_ reason: Errno) -> Failure {
    Failure(
      "\(DaemonClient.Failure.noBus(reason)): call nape in your own session, since su and sudo take it away; "
        + "nape doctor says more", status: 69)
  }
}
