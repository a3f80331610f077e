import Foundation
import NapeCore
import Testing

/// The worked examples of `Tests/Support/stats`: invented inputs, and numbers that numpy, scipy, statsmodels and R gave.
enum WorkedExample {
  private static func file(_ name: String) throws -> Data {
    let tests = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return try Data(contentsOf: tests.appending(path: "Support/stats").appending(path: name))
  }

  /// The rows below the heading.
  static func rows(_ name: String) throws -> [[String]] {
    String(decoding: try file(name), as: UTF8.self).split(whereSeparator: \.isNewline).dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
  }

  static func json(_ name: String = "expected.json") throws -> Numbers {
    Numbers(value: try JSONSerialization.jsonObject(with: try file(name)))
  }

  /// The strata of a file with the columns stratum, is_case and, at a place, the exposure.
  static func strata(_ name: String, exposure column: Int) throws -> [Stratum] {
    let rows = try rows(name)
    return Set(rows.map { $0[0] }).map { name in
      let windows = rows.filter { $0[0] == name }
      let referents = windows.filter { $0[1] == "0" }
      return Stratum(
        isCaseExposed: windows.contains { $0[1] == "1" && $0[column] == "1" }, referents: referents.count,
        exposedReferents: referents.count { $0[column] == "1" })
    }
  }

  /// A value of a JSON document, and what is within it.
  struct Numbers {
    let value: Any

    subscript(_ path: String...) -> Numbers {
      get throws {
        try path.reduce(self) { part, key in
          Numbers(value: try #require((part.value as? [String: Any])?[key], "\(key)"))
        }
      }
    }

    var isNull: Bool { value is NSNull }
    var number: Double { get throws { try #require((value as? NSNumber)?.doubleValue) } }
    var int: Int { get throws { try #require(value as? Int) } }
    var text: String { get throws { try #require(value as? String) } }
    var list: [Numbers] { get throws { try #require(value as? [Any]).map(Numbers.init) } }
    var numbers: [Double] { get throws { try #require(value as? [NSNumber]).map(\.doubleValue) } }
  }
}

/// The tolerances of the worked examples.
func isNear(_ left: Double?, _ right: Double, absolute: Double) -> Bool {
  left.map { abs($0 - right) <= absolute } ?? false
}

func isNear(_ left: Double?, _ right: Double, relative: Double) -> Bool {
  left.map { abs($0 - right) <= relative * abs(right) } ?? false
}
