import JSON
import NapeCore

/// What a line of a trace enters into the diary; what it changes, ends or deletes is the headache that was entered last.
struct HeadacheLine: Hashable {
  enum Action: String, Hashable, CaseIterable { case log, end, edit, delete }

  /// When it began or ended.
  enum When: Hashable {
    case ago(Microseconds)
    /// A second of the local day that it is now.
    case at(second: Int)
  }

  var action = Action.log
  var fields: [EpisodeField: FieldValue] = [:]
  var when: When?
}

extension HeadacheLine {
  private static let fieldKeys: [(key: String, field: EpisodeField)] = [
    ("intensity", .intensity), ("side", .side), ("neck", .neck),
  ]
  static let keys = fieldKeys.map(\.key) + ["ago", "at", "end", "edit", "delete"]

  /// What is wrong with a line, and what is allowed instead.
  struct Mistake: Error {
    let what: String
    let allowed: String
  }

  init(_ members: [String: JSON], length: (String) -> Microseconds?) throws(Mistake) {
    let actions = Action.allCases.filter { members[$0.rawValue] != nil }
    guard actions.count <= 1, actions.allSatisfy({ members[$0.rawValue] == .flag(true) }) else {
      throw Mistake(
        what: "headache has several of end, edit and delete, or one that is not true",
        allowed: "one of them, such as {\"end\": true, \"ago\": \"10min\"}")
    }
    action = actions.first ?? .log
    when = try Self.when(members, length)
    for (key, field) in Self.fieldKeys {
      guard let value = members[key] else { continue }
      guard let value = value.fieldText.flatMap({ FieldValue($0, field.kind) }) else {
        throw Mistake(
          what: "\(key) has an unknown value", allowed: field == .neck ? "true or false" : field.kind.allowed)
      }
      fields[field] = value
    }
    guard action != .end || fields.isEmpty, action != .delete || members.count == 1 else {
      throw Mistake(
        what: "headache has more than \(action.rawValue) takes",
        allowed: action == .end ? "ago or at beside it" : "nothing beside it")
    }
  }

  private static func when(
    _ members: [String: JSON], _ length: (String) -> Microseconds?
  ) throws(Mistake) -> When? {
    switch (members["ago"], members["at"]) {
    case (nil, nil): return nil
    case (.text(let text)?, nil):
      guard let length = length(text) else { break }
      return .ago(length)
    case (nil, .text(let text)?):
      guard let second = WallTime.secondOfDay(text) else { break }
      return .at(second: second)
    default: break
    }
    throw Mistake(
      what: "ago is no length of time, at no time of the day, or both are there",
      allowed: "for instance \"ago\": \"30min\", or \"at\": \"14:30\" of the day that it is")
  }
}

extension JSON {
  /// As the diary's fields are written.
  fileprivate var fieldText: String? {
    switch self {
    case .text(let text): text
    case .number(let number): Int64(exactly: number).map(String.init)
    case .flag(let flag): flag ? "yes" : "no"
    case .null, .list, .object: nil
    }
  }
}
