import Glibc

/// An error number of the system, as libsystemd returns it (there negative).
public struct Errno: Error, Hashable, Sendable, CustomStringConvertible {
  /// Positive.
  public let code: CInt

  public init(code: CInt) { self.code = code }

  /// The calling thread's `errno`.
  public static var current: Errno { Errno(code: errno) }

  public static let invalidArgument = Errno(code: EINVAL)
  public static let permissionDenied = Errno(code: EPERM)
  public static let accessDenied = Errno(code: EACCES)
  public static let exists = Errno(code: EEXIST)
  public static let already = Errno(code: EALREADY)
  public static let noSuchEntry = Errno(code: ENOENT)
  public static let badMessage = Errno(code: EBADMSG)
  public static let notConnected = Errno(code: ENOTCONN)

  /// `strerror(3)`
  public var description: String { String(cString: strerror(code)) }
}

/// What a call of libsystemd returned, or the error that it returned as a negative number.
@discardableResult
func check(_ result: CInt) throws(Errno) -> CInt {
  guard result >= 0 else { throw Errno(code: -result) }
  return result
}
