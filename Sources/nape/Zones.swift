import Glibc
import NapeCore

/// Files of the time zone database.
enum Zones {
  /// The zone of this machine: that of `TZ`, else of `/etc/localtime`.
  static func local() -> Zone {
    var name = Environment.value("TZ") ?? ""
    if name.first == ":" { name.removeFirst() }
    let bytes = name.isEmpty ? try? Files.read("/etc/localtime") : file(named: name)
    return bytes.flatMap { try? Zone(tzif: $0) } ?? Zone(posix: name) ?? .utc
  }

  /// The TZif file of a zone; `nil` for a name that is none.
  static func file(named name: String) -> [UInt8]? {
    let isPlain = name.utf8.allSatisfy { byte in
      byte >= 0x30 && byte <= 0x39 || byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7a || "/_+-".utf8.contains(byte)
    }
    guard isPlain, !name.isEmpty, !name.hasPrefix("/") else { return nil }
    return try? Files.read("/usr/share/zoneinfo/\(name)")
  }
}
