import JSON
import NapeCore

/// The members of an object, as they are written on one line.
struct JSONObject {
  private var parts: [(String, String)] = []

  mutating func add(_ name: String, _ json: String) { parts.append((name, json)) }

  /// Nothing without a text.
  mutating func add(_ name: String, text: String?) { if let text { add(name, JSONText.quoted(text)) } }

  mutating func add(_ name: String, number: (some BinaryInteger)?) { if let number { add(name, "\(number)") } }

  /// Nothing where it is no number.
  mutating func add(_ name: String, number: Double?) {
    if let number, number.isFinite { add(name, "\(number)") }
  }

  mutating func add(_ name: String, flag: Bool) { add(name, flag ? "true" : "false") }

  mutating func add(entered: Stamp, _ way: EntryWay) {
    add("entered_at", text: entered.iso8601)
    add("way", text: way.rawValue)
  }

  var json: String { JSONText.object(parts) }
}
