import NapeCore
import NapeReport

extension IntendedUse {
  /// Printed with the version.
  static let version = "nape \(NapeVersion.string)\n\n\(WarningSignsText.wrapped(text).joined(separator: "\n"))"
}
