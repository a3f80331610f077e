import Glibc

/// A folder for one test, removed with the files in it when the last reference is gone.
final class TemporaryFolder {
  struct Failure: Error {
    let call: String
    let code: Int32
  }

  let path: String

  init() throws {
    var template = Array("/tmp/SQLiteTests.XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw Failure(call: "mkdtemp", code: errno) }
    path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
  }

  deinit {
    if let folder = opendir(path) {
      while let entry = readdir(folder) {
        let name = withUnsafeBytes(of: &entry.pointee.d_name) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        if name != ".", name != ".." { unlink("\(path)/\(name)") }
      }
      closedir(folder)
    }
    rmdir(path)
  }

  /// The path of a file in it, made with these bytes.
  @discardableResult
  func file(_ name: String, bytes: [UInt8] = []) throws -> String {
    let path = "\(path)/\(name)"
    let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw Failure(call: "open", code: errno) }
    defer { close(file) }
    guard write(file, bytes, bytes.count) == bytes.count else { throw Failure(call: "write", code: errno) }
    return path
  }

  /// All bytes of a file; none when it does not exist.
  func bytes(_ name: String) throws -> [UInt8] {
    guard let file = fopen("\(path)/\(name)", "rb") else { return [] }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    return bytes
  }
}
