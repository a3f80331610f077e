import FoundationEssentials
import Glibc

/// A folder for a while, for this user alone.
struct PrivateFolder {
  let path: String

  /// - Parameter prefix: of its name, in `$TMPDIR` or `/tmp`.
  init(prefix: String) throws {
    let parent = Environment.value("TMPDIR").flatMap { $0.hasPrefix("/") ? $0 : nil } ?? "/tmp"
    var name = Array("\(parent)/\(prefix)-XXXXXX".utf8CString)
    guard mkdtemp(&name) != nil else {
      throw Failure("\(parent): no folder can be made there: \(String(cString: strerror(errno)))", status: 1)
    }
    path = String(decoding: name.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  /// With all that is in it.
  func remove() { try? FileManager.default.removeItem(atPath: path) }
}
