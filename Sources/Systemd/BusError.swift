import CSystemd

/// An error as D-Bus carries it: a name and a sentence.
public struct BusError: Error, Hashable, Sendable, CustomStringConvertible {
  public let name: String
  public let message: String

  public init(name: String, message: String) {
    self.name = name
    self.message = message
  }

  /// The D-Bus name of an error number. `sd_bus_error_set_errno(3)`
  public init(_ errno: Errno) {
    var error = csystemd_error_null()
    sd_bus_error_set_errno(&error, -errno.code)
    self.init(error)
    sd_bus_error_free(&error)
  }

  init(_ error: sd_bus_error) {
    name = error.name.map { String(cString: $0) } ?? Self.failed
    message = error.message.map { String(cString: $0) } ?? ""
  }

  public var description: String { message.isEmpty ? name : message }

  public static let failed = "org.freedesktop.DBus.Error.Failed"
  public static let invalidArguments = "org.freedesktop.DBus.Error.InvalidArgs"
  public static let serviceUnknown = "org.freedesktop.DBus.Error.ServiceUnknown"
  public static let nameHasNoOwner = "org.freedesktop.DBus.Error.NameHasNoOwner"
  public static let noReply = "org.freedesktop.DBus.Error.NoReply"
  public static let timeout = "org.freedesktop.DBus.Error.Timeout"
  public static let accessDenied = "org.freedesktop.DBus.Error.AccessDenied"
  public static let unknownMethod = "org.freedesktop.DBus.Error.UnknownMethod"
}
