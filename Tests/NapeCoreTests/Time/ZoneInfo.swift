import Glibc
import NapeCore

/// The time zone files of this machine, from the package tzdata.
enum ZoneInfo {
  static let directory = "/usr/share/zoneinfo"

  struct Missing: Error, CustomStringConvertible {
    let path: String
    var description: String { "\(path) cannot be read; these tests need the package tzdata" }
  }

  static func bytes(_ name: String) throws -> [UInt8] {
    let path = "\(directory)/\(name)"
    guard let file = fopen(path, "rb") else { throw Missing(path: path) }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
    guard ferror(file) == 0 else { throw Missing(path: path) }
    return bytes
  }

  static func zone(_ name: String) throws -> Zone {
    try Zone(tzif: bytes(name))
  }

  /// Every zone and every link of the database's own list.
  static func names() throws -> [String] {
    try String(decoding: bytes("tzdata.zi"), as: UTF8.self).split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      switch words.first {
      case "Z" where words.count > 1: return String(words[1])
      case "L" where words.count > 2: return String(words[2])
      default: return nil
      }
    }
  }
}
