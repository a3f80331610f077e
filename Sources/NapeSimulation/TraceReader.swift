import FoundationEssentials
import JSON
import NapeCore
import NapeSettings

/// Reads the JSON Lines of a trace. Empty lines are passed over.
struct TraceReader {
  let file: String
  private(set) var number = 0
  private var last: Microseconds = 0
  /// By how much the wall clock has been stepped so far, in seconds.
  private var stepped = 0.0
  private let decoder = JSONDecoder()
  /// Whether a time of the trace is no whole number of seconds.
  private(set) var hasFractions = false

  /// Ten years in seconds: no `t` and no length may be greater.
  private static let longest = 320_000_000.0

  init(file: String) { self.file = file }

  private func error(_ what: String, _ allowed: String) -> TraceError {
    TraceError(file: file, line: number, what: what, allowed: allowed)
  }

  /// The members of the next line, or `nil` for an empty one.
  private mutating func object(_ bytes: some Sequence<UInt8>) throws(TraceError) -> [String: JSON]? {
    number += 1
    let data = Data(bytes)
    if data.allSatisfy({ $0 == 0x20 || $0 == 0x09 || $0 == 0x0d }) { return nil }
    guard let members = try? decoder.decode(Members.self, from: data).values else {
      throw error("not a JSON object", "one object a line, such as {\"t\": 0, \"input\": \"active\"}")
    }
    return members
  }

  private struct Members: Decodable {
    let values: [String: JSON]

    private struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      var values: [String: JSON] = [:]
      for key in container.allKeys {
        // Most of what a trace holds; each miss of a type costs an error.
        if key.stringValue == "t", let number = try? container.decode(Double.self, forKey: key) {
          values["t"] = .number(number)
        } else {
          values[key.stringValue] = try container.decode(JSON.self, forKey: key)
        }
      }
      self.values = values
    }
  }

  struct Header {
    /// Local time, in seconds as if it were UTC.
    let start: Int64
    let zone: String
  }

  /// The first line.
  mutating func header(_ bytes: some Sequence<UInt8>) throws(TraceError) -> Header? {
    guard let members = try object(bytes) else { return nil }
    let example = "{\"trace\": 1, \"start\": \"2026-03-02T09:00:00\", \"zone\": \"Europe/Berlin\"}"
    if let unknown = members.keys.filter({ !["trace", "start", "zone"].contains($0) }).min() {
      throw error("the header has an unknown key \"\(unknown)\"", example)
    }
    guard members["trace"] == .number(1) else { throw error("no header of version 1", example) }
    guard case .text(let start)? = members["start"], let seconds = WallTime.localSeconds(start) else {
      throw error("start is no local time", "for instance \"2026-03-02T09:00:00\"")
    }
    guard case .text(let zone)? = members["zone"] else {
      throw error("zone is missing", "a name such as \"Europe/Berlin\"")
    }
    return Header(start: seconds, zone: zone)
  }

  /// Any further line.
  mutating func line(_ bytes: some Sequence<UInt8>) throws(TraceError) -> TraceLine? {
    guard var members = try object(bytes) else { return nil }
    guard case .number(let seconds)? = members.removeValue(forKey: "t"), let t = length(seconds) else {
      throw error("t is missing or no time", "seconds from the start, from 0 to \(Int(Self.longest))")
    }
    guard t >= last else { throw error("t goes back", "lines in order of t") }
    last = t
    let event = try event(of: members)
    return TraceLine(number: number, t: t, event: event)
  }

  private mutating func length(_ seconds: Double) -> Microseconds? {
    guard (0...Self.longest).contains(seconds) else { return nil }
    let length = Microseconds((seconds * 1_000_000).rounded())
    if length % .second != 0 { hasFractions = true }
    return length
  }

  private static let keys = [
    "input", "session", "sleep", "inhibited", "source", "dnd", "posture", "clock", "zone", "respond", "answer",
    "command", "headache", "day", "config", "restart", "end",
  ]

  private mutating func event(of members: [String: JSON]) throws(TraceError) -> TraceEvent {
    let names = members.keys.sorted()
    if let unknown = names.first(where: { !Self.keys.contains($0) && $0 != "for" }) {
      throw error("unknown key \"\(unknown)\"", "one of: \(Self.keys.joined(separator: ", "))")
    }
    let kinds = names.filter { $0 != "for" }
    guard kinds.count == 1, let kind = kinds.first, let value = members[kind] else {
      throw error("\(kinds.count) events on one line", "exactly one of: \(Self.keys.joined(separator: ", "))")
    }
    if members["for"] != nil && kind != "command" {
      throw error("\"for\" without a command", "it belongs to pause or snooze")
    }
    switch kind {
    case "input": return .input(try word(value, kind))
    case "session": return .session(try word(value, kind))
    case "sleep": return .sleep(try flag(value, kind))
    case "inhibited": return .inhibited(try flag(value, kind))
    case "source": return .source(try word(value, kind))
    case "dnd": return .doNotDisturb(try flag(value, kind))
    case "posture": return .posture(try word(value, kind))
    case "clock":
      guard case .number(let seconds) = value, abs(seconds) <= Self.longest,
        abs(stepped + seconds) <= 100 * Self.longest
      else {
        throw error(
          "clock is no number of seconds, or steps too far",
          "by how much the wall clock is stepped, such as -90; ten years at most, all steps together a thousand")
      }
      stepped += seconds
      return .clock(Microseconds((seconds * 1_000_000).rounded()))
    case "zone":
      guard case .text(let name) = value else { throw error("zone is no text", "a name such as \"Asia/Tokyo\"") }
      return .zone(name)
    case "respond": return .respond(try word(value, kind))
    case "answer": return .answer(try word(value, kind))
    case "command": return try command(value, for: members["for"])
    case "headache":
      try check(value, kind, keys: HeadacheLine.keys)
      return .headache(try headache(value))
    case "day":
      try check(value, kind, keys: ["date", "state"])
      return try day(value)
    case "config": return .config(try settings(value))
    case "restart":
      guard case .number(let seconds) = value, let length = length(seconds) else {
        throw error("restart is no number of seconds", "how long the daemon is down, such as 20")
      }
      return .restart(length)
    default:
      guard value == .flag(true) else { throw error("end is not true", "{\"t\": …, \"end\": true}") }
      return .end
    }
  }

  private func word<Word: RawRepresentable & CaseIterable>(_ value: JSON, _ key: String) throws(TraceError) -> Word
  where Word.RawValue == String {
    if case .text(let text) = value, let word = Word(rawValue: text) { return word }
    let allowed = Word.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
    throw error("\(key) has an unknown value", "one of: \(allowed)")
  }

  private func flag(_ value: JSON, _ key: String) throws(TraceError) -> Bool {
    guard case .flag(let flag) = value else { throw error("\(key) has an unknown value", "true or false") }
    return flag
  }

  private func check(_ value: JSON, _ key: String, keys: [String]) throws(TraceError) {
    guard case .object(let members) = value, members.keys.allSatisfy(keys.contains) else {
      throw error(
        "\(key) has an unknown key or is no object", "an object with some of: \(keys.joined(separator: ", "))")
    }
  }

  private func headache(_ value: JSON) throws(TraceError) -> HeadacheLine {
    guard case .object(let members) = value else { return HeadacheLine() }
    do throws(HeadacheLine.Mistake) {
      return try HeadacheLine(members) { DurationText.parse($0) }
    } catch {
      throw self.error(error.what, error.allowed)
    }
  }

  private func day(_ value: JSON) throws(TraceError) -> TraceEvent {
    guard case .object(let members) = value, case .text(let text)? = members["date"], let date = LocalDate(text) else {
      throw error("day has no date", "for instance {\"date\": \"2026-03-02\", \"state\": \"none\"}")
    }
    guard let state = members["state"] else {
      throw error("day has no state", "for instance {\"date\": \"2026-03-02\", \"state\": \"none\"}")
    }
    return .day(date, try word(state, "state"))
  }

  private func command(_ value: JSON, for length: JSON?) throws(TraceError) -> TraceEvent {
    let command: TraceEvent.Command = try word(value, "command")
    guard let length else { return .command(command, for: nil) }
    guard command == .pause || command == .snooze else {
      throw error("\"for\" with \(command.rawValue)", "it belongs to pause or snooze")
    }
    guard case .text(let text) = length, let length = DurationText.parse(text), length > 0 else {
      throw error("\"for\" is no length of time", "for instance \"30min\"")
    }
    return .command(command, for: length)
  }

  private func settings(_ value: JSON) throws(TraceError) -> [(key: String, literal: String)] {
    guard case .object(let members) = value else {
      throw error("config is no object", "for instance {\"prompts.move.after\": \"30min\"}")
    }
    var result: [(key: String, literal: String)] = []
    for (key, value) in members.sorted(by: { $0.key < $1.key }) {
      guard KeyTable.key(named: key) != nil else { throw error("there is no key \(key)", "a key of nape.toml") }
      // TOML has no null and no key holds a table; either is refused as a wrong value when it is applied.
      result.append((key, value.tomlLiteral ?? "{}"))
    }
    return result
  }
}
