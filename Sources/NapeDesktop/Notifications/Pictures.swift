import Glibc

/// Where the pictures of exercises are: `nape/pictures/e01.svg` and so on, in the folders of data of the person and of the
/// machine. `basedir-spec`
public struct Pictures {
  private let folders: [String]

  /// - Parameter environment: of this process.
  public init(environment: (String) -> String?) {
    func value(_ name: String) -> String? { environment(name).flatMap { $0.isEmpty ? nil : $0 } }
    let own = value("XDG_DATA_HOME") ?? value("HOME").map { $0 + "/.local/share" }
    let shared = value("XDG_DATA_DIRS") ?? "/usr/local/share:/usr/share"
    // A path that is not absolute is to be passed over.
    folders = ([own].compactMap { $0 } + shared.split(separator: ":").map(String.init)).filter { $0.hasPrefix("/") }
  }

  private init() { folders = [] }

  /// There are none.
  public static var none: Pictures { Pictures() }

  /// The path of the picture of an exercise; `nil` where there is none that can be read.
  public func path(of exercise: String) -> String? {
    let name = exercise.lowercased()
    guard !name.isEmpty, name.utf8.allSatisfy({ Self.isPlain($0) }) else { return nil }
    return path(file: name + ".svg")
  }

  /// The path of a picture by its file name; `nil` where there is none that can be read.
  public func path(file name: String) -> String? {
    guard !name.isEmpty, !name.contains("/") else { return nil }
    return folders.lazy.map { "\($0)/nape/pictures/\(name)" }.first { access($0, R_OK) == 0 }
  }

  /// Letters, digits and hyphens: an id is no path.
  private static func isPlain(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"): true
    default: false
    }
  }

  /// A path as a URI. RFC 8089, RFC 3986 §2.3
  static func uri(_ path: String) -> String {
    let digits = Array("0123456789ABCDEF".utf8)
    var bytes = Array("file://".utf8)
    for byte in path.utf8 {
      switch byte {
      case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
        UInt8(ascii: "~"), UInt8(ascii: "/"):
        bytes.append(byte)
      case _ where isPlain(byte): bytes.append(byte)
      default: bytes += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
