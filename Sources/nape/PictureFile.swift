import Glibc

/// Where pictures are: installed, or in the checkout that the program was built in.
enum PictureFile {
  /// - Parameter name: a file name; empty for none.
  /// - Returns: `nil` where there is no such file.
  static func path(_ name: String) -> String? {
    guard !name.isEmpty else { return nil }
    return folders().map { $0 + "/" + name }.first { access($0, R_OK) == 0 }
  }

  private static func folders() -> [String] {
    func value(_ name: String) -> String? { getenv(name).map { String(cString: $0) }.flatMap { $0.isEmpty ? nil : $0 } }
    let own = value("XDG_DATA_HOME") ?? value("HOME").map { $0 + "/.local/share" }
    let system = (value("XDG_DATA_DIRS") ?? "/usr/local/share:/usr/share").split(separator: ":").map(String.init)
    let data = ([own].compactMap { $0 } + system).filter { $0.hasPrefix("/") }
    return data.map { $0 + "/nape/pictures" } + [checkout()].compactMap { $0 }
  }

  /// `Pictures` of the checkout whose `.build` this program is in.
  private static func checkout() -> String? {
    guard let target = realpath("/proc/self/exe", nil) else { return nil }
    defer { free(target) }
    let parts = String(cString: target).split(separator: "/")
    guard let build = parts.lastIndex(of: ".build") else { return nil }
    return "/" + parts[..<build].joined(separator: "/") + "/Pictures"
  }
}
