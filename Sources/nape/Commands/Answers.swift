import ArgumentParser
import NapeBus
import Systemd

struct Snooze: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Ask for the prompt that is shown again, later.",
    discussion: """
      Later means after so much more sitting; without a length it is prompts.snooze.

      Example:
        nape snooze 15min
      """)

  @Argument(help: ArgumentHelp("How much more sitting, for instance 15min; at most 4 h.", valueName: "duration"))
  var length: Length?

  func run() throws {
    try Client.with { (client) throws(DaemonClient.Failure) in
      try client.call(BusName.prompts, "Snooze", [Length.value(length)])
    }
  }
}

struct Break: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say that you take a break now.",
    discussion: """
      Leaving the desk is enough; with this, nape knows sooner that you left.

      Example:
        nape break
      """)

  func run() throws {
    try Client.with { (client) throws(DaemonClient.Failure) in try client.call(BusName.prompts, "TakeBreak") }
  }
}

struct Standing: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say that you stand at the desk now.",
    discussion: """
      Example:
        nape standing
      """)

  func run() throws { try setPosture("standing") }
}

struct Sitting: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Say that you sit down again.",
    discussion: """
      Example:
        nape sitting
      """)

  func run() throws { try setPosture("sitting") }
}

private func setPosture(_ posture: String) throws {
  try Client.with { (client) throws(DaemonClient.Failure) in
    try client.call(BusName.sitting, "SetPosture", [.string(posture)])
  }
}
