/// Where settings are looked for (UAPI.6, the configuration files specification).
public struct SettingsFolders: Sendable {
  /// The system's, the one that stands above the others first.
  public var system = ["/etc/nape", "/run/nape", "/usr/lib/nape"]
  /// The person's; `nil` where neither `XDG_CONFIG_HOME` nor `HOME` says where it is.
  public var own: String?

  /// - Parameter environment: a variable's value, as `getenv` gives it.
  public init(environment: (String) -> String?) {
    if let home = environment("XDG_CONFIG_HOME"), home.hasPrefix("/") {
      own = home + "/nape"
    } else {
      own = environment("HOME").map { $0 + "/.config/nape" }
    }
  }

  /// Those of a test.
  init(system: [String], own: String?) { (self.system, self.own) = (system, own) }
}
