extension Zone {
  /// Why bytes are not a TZif file.
  public enum FormatError: Error, Hashable, Sendable, CustomStringConvertible {
    /// They do not begin with `TZif`, or their second header does not.
    case notTZif
    /// The version is none of those that RFC 9636 knows (1 to 4), nor a later digit. The byte as found.
    case unknownVersion(UInt8)
    /// They end before what their header announces, or before the end of the footer.
    case truncated
    /// Counts, indices, offsets or times contradict each other or RFC 9636 section 3.2.
    case inconsistent
    /// The footer is not a POSIX TZ string.
    case invalidFooter

    public var description: String {
      switch self {
      case .notTZif: "not a TZif file"
      case .unknownVersion(let byte): "TZif version byte \(byte) is unknown"
      case .truncated: "the TZif file is truncated"
      case .inconsistent: "the TZif file contradicts itself"
      case .invalidFooter: "the footer of the TZif file is not a POSIX TZ string"
      }
    }
  }
}
