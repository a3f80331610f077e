/// Ends the command with a message on standard error and an exit status: 1 refused or failed, 69 the daemon is needed and
/// not there, 78 configuration.
struct Failure: Error {
  let message: String
  let status: Int32

  init(_ message: String, status: Int32) {
    self.message = message
    self.status = status
  }
}
