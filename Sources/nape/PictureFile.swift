import Glibc
import NapeDesktop

/// Where pictures are: installed, or in the checkout that the program was built in.
enum PictureFile {
  /// - Parameter name: a file name; empty for none.
  /// - Returns: `nil` where there is no such file.
  static func path(_ name: String) -> String? {
    guard !name.isEmpty else { return nil }
    let installed = Pictures(environment: Environment.value)
    return installed.path(file: name) ?? checkout().map { "\($0)/\(name)" }.flatMap { access($0, R_OK) == 0 ? $0 : nil }
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
