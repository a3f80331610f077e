/// By which way a record was entered.
public enum EntryWay: String, Hashable, Sendable, CaseIterable {
  case commandLine = "command-line"
  case notification, dbus
  /// From a file, by `nape import`.
  case imported = "import"
}
