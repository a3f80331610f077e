import Glibc

/// The variables of this process.
enum Environment {
  /// `nil` where it is not set. `getenv(3)`
  static func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}
