import JSON

/// Ends the command with a message on standard error and an exit status: 1 refused or failed, 69 the daemon is needed and
/// not there, 78 configuration.
struct Failure: Error {
  let message: String
  let status: Int32
  /// Whether the store could not be read or written: the entry itself was right, and can be made later.
  let isOfStore: Bool

  init(_ message: String, status: Int32, isOfStore: Bool = false) {
    self.message = message
    self.status = status
    self.isOfStore = isOfStore
  }

  /// What was typed, fit to be shown in a message.
  static func quoted(_ text: String) -> String { JSONText.quoted(String(text.prefix(40))) }
}
