/// Where the X server of this desk listens, by the name of its display.
struct X11Display: Hashable, Sendable {
  /// The number of the display, as an authority file gives it.
  var number: String
  /// The addresses of sockets to try, best first, as ``LocalSocket/init(path:)`` takes them.
  var sockets: [String]

  static let folder = "/tmp/.X11-unix"

  /// - Parameter name: as `$DISPLAY` gives it: `:0`, `:0.1`, `unix:0`, `unix/:0`, or the path of a socket, perhaps with
  ///   `unix:` in front and a screen's number behind.
  /// - Throws: ``X11Error/badDisplayName``, ``X11Error/otherMachine``.
  init(_ name: String) throws(X11Error) {
    let path = name.hasPrefix("unix:/") ? name.dropFirst("unix:".count) : name[...]
    if path.hasPrefix("/") {
      // The server of a path is the only one there, and its number is 0 by agreement.
      number = "0"
      sockets = [String(path), Self.withoutScreen(path)].compactMap { $0 }
      return
    }
    guard let colon = name.lastIndex(of: ":") else { throw .badDisplayName }
    let parts = name[name.index(after: colon)...].split(separator: ".", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count <= 2, parts.allSatisfy(Self.isNumber), let display = UInt16(first) else {
      throw .badDisplayName
    }
    guard ["", "unix", "unix/"].contains(name[..<colon]) else { throw .otherMachine }
    number = String(display)
    sockets = ["\(Self.folder)/X\(display)", "@\(Self.folder)/X\(display)"]
  }

  private static func withoutScreen(_ path: Substring) -> String? {
    guard let point = path.lastIndex(of: "."), isNumber(path[path.index(after: point)...]) else { return nil }
    return String(path[..<point])
  }

  private static func isNumber(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}
