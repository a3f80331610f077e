import Systemd

/// The names under which nape is on the session bus.
public enum BusName {
  public static let service = "io.github.nape.Nape1"
  public static let path = "/io/github/nape/Nape1"

  public static let sitting = service + ".Sitting"
  public static let prompts = service + ".Prompts"
  public static let diary = service + ".Diary"
  public static let daemon = service + ".Daemon"
}

extension BusError {
  /// What was asked cannot be done now; the message says why.
  public static func refused(_ why: String) -> BusError {
    BusError(name: BusName.service + ".Error.Refused", message: why)
  }

  /// A settings file was not taken; the message says where and why. What was in force stays in force.
  public static func badSettings(_ what: String) -> BusError {
    BusError(name: BusName.service + ".Error.BadSettings", message: what)
  }

  /// An argument that is outside what is allowed.
  static func invalid(_ what: String) -> BusError { BusError(name: BusError.invalidArguments, message: what) }
}
