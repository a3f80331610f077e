extension String {
  /// Somebody else's words for a journal: one line of at most 200 characters, without control characters.
  var inJournal: String {
    let scalars = unicodeScalars.prefix(200).map { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: Unicode.Scalar("?")
      default: scalar
      }
    }
    return String(String.UnicodeScalarView(scalars))
  }
}
