/// A value of any D-Bus type.
public indirect enum BusValue: Hashable, Sendable {
  case byte(UInt8)
  case bool(Bool)
  case int16(Int16)
  case uint16(UInt16)
  case int32(Int32)
  case uint32(UInt32)
  case int64(Int64)
  case uint64(UInt64)
  case double(Double)
  case string(String)
  case objectPath(String)
  case signature(String)
  case fileDescriptor(FileDescriptor)
  /// With the signature of its elements, since it may be empty.
  case array(of: String, [BusValue])
  case structure([BusValue])
  case entry(key: BusValue, value: BusValue)
  case variant(BusValue)

  /// An `as`.
  public static func strings(_ strings: [String]) -> BusValue { .array(of: "s", strings.map { .string($0) }) }

  /// An `a{sv}`.
  public static func dictionary(_ members: KeyValuePairs<String, BusValue>) -> BusValue {
    .array(of: "{sv}", members.map { .entry(key: .string($0), value: .variant($1)) })
  }

  /// The type, as in the D-Bus specification.
  public var typeSignature: String {
    switch self {
    case .byte: "y"
    case .bool: "b"
    case .int16: "n"
    case .uint16: "q"
    case .int32: "i"
    case .uint32: "u"
    case .int64: "x"
    case .uint64: "t"
    case .double: "d"
    case .string: "s"
    case .objectPath: "o"
    case .signature: "g"
    case .fileDescriptor: "h"
    case .array(let element, _): "a" + element
    case .structure(let members): "(" + members.map(\.typeSignature).joined() + ")"
    case .entry(let key, let value): "{" + key.typeSignature + value.typeSignature + "}"
    case .variant: "v"
    }
  }

  /// What a variant holds, else the value itself.
  public var unwrapped: BusValue { if case .variant(let value) = self { value.unwrapped } else { self } }

  /// A string, object path or signature.
  public var string: String? {
    switch self {
    case .string(let text), .objectPath(let text), .signature(let text): text
    default: nil
    }
  }

  public var bool: Bool? { if case .bool(let value) = self { value } else { nil } }
  public var uint32: UInt32? { if case .uint32(let value) = self { value } else { nil } }
  public var uint64: UInt64? { if case .uint64(let value) = self { value } else { nil } }
  public var fileDescriptor: FileDescriptor? { if case .fileDescriptor(let value) = self { value } else { nil } }

  /// The elements of an array or the members of a structure.
  public var elements: [BusValue]? {
    switch self {
    case .array(_, let values), .structure(let values): values
    default: nil
    }
  }

  /// An array of strings.
  public var strings: [String]? {
    guard case .array(_, let values) = self else { return nil }
    let strings = values.compactMap(\.string)
    return strings.count == values.count ? strings : nil
  }

  /// A dictionary with strings as keys; variants are unwrapped.
  public var dictionary: [String: BusValue]? {
    guard case .array(let element, let entries) = self, element.hasPrefix("{") else { return nil }
    var result: [String: BusValue] = [:]
    for case .entry(let key, let value) in entries {
      guard let key = key.string else { return nil }
      result[key] = value.unwrapped
    }
    return result
  }
}
