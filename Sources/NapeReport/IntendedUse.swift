import NapeCore

/// What nape is for and what it is not; printed with the version and with every review (§1 of the design).
public enum IntendedUse {
  /// One paragraph.
  public static let text =
    "nape is a private diary and reminder. It records time at the desk and the headaches that you enter, reminds you to "
    + "move, and prints your records so that you can discuss them with a health professional. It does not diagnose, "
    + "predict, treat or monitor a disease. If you have a warning sign, get medical help."

  public static let version =
    "nape \(NapeVersion.string)\n\n" + TerminalStyle.wrapped(text, width: 80).joined(separator: "\n")
}
