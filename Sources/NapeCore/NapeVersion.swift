/// The version of the programs, as `nape --version` and D-Bus tell it.
public enum NapeVersion {
  public static let string = "0.1.0"
}
