import ArgumentParser
import NapeBus
import NapeCore
import NapeSettings
import Systemd

/// A length of time on the command line.
struct Length: ExpressibleByArgument {
  let microseconds: Microseconds

  init?(argument: String) {
    guard let length = DurationText.parse(argument), length > 0 else { return nil }
    microseconds = length
  }

  /// As the bus takes it; 0 for none.
  static func value(_ length: Length?) -> BusValue { .uint64(UInt64(length?.microseconds ?? 0)) }
}

struct Pause: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Pause prompts; the sitting record goes on.",
    discussion: """
      Without a length the pause lasts until `nape resume`, or midnight.

      Example:
        nape pause 30min
      """)

  @Argument(help: ArgumentHelp("How long, for instance 30min or \"1h 30min\"; at most 7 days.", valueName: "duration"))
  var length: Length?

  func run() throws {
    try Client.with { (client) throws(DaemonClient.Failure) in
      try client.call(BusName.prompts, "Pause", [Length.value(length)])
    }
  }
}

struct Resume: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "End a pause.",
    discussion: """
      Example:
        nape resume
      """)

  func run() throws {
    try Client.with { (client) throws(DaemonClient.Failure) in try client.call(BusName.prompts, "Resume") }
  }
}
