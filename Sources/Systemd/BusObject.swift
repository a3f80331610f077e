import CSystemd
import Glibc

/// One interface of an object on the bus, made of Swift values.
///
/// Callers' arguments have been checked against the signatures before a handler sees them. Argument names stand in the
/// introspection.
public final class BusObject {
  /// A named argument and its type.
  public struct Argument {
    public let name: String
    public let type: String

    public init(_ name: String, _ type: String) {
      self.name = name
      self.type = type
    }
  }

  public struct Method {
    let name: String
    let inputs: [Argument]
    let outputs: [Argument]
    let isSensitive: Bool
    let handler: ([BusValue]) throws -> [BusValue]

    /// - Parameters:
    ///   - isSensitive: whether both messages are erased from memory after use.
    ///   - handler: what it throws is sent to the caller: a `BusError` as it is, an `Errno` by its D-Bus name,
    ///     anything else as `BusError.failed`.
    public init(
      _ name: String, _ inputs: [Argument] = [], returns outputs: [Argument] = [], isSensitive: Bool = false,
      _ handler: @escaping ([BusValue]) throws -> [BusValue]
    ) {
      self.name = name
      self.inputs = inputs
      self.outputs = outputs
      self.isSensitive = isSensitive
      self.handler = handler
    }
  }

  public struct Property {
    /// Whether a change of the property is told.
    public enum Change {
      case constant, emitted, invalidated, silent

      fileprivate var flags: UInt64 {
        switch self {
        case .constant: UInt64(SD_BUS_VTABLE_PROPERTY_CONST)
        case .emitted: UInt64(SD_BUS_VTABLE_PROPERTY_EMITS_CHANGE)
        case .invalidated: UInt64(SD_BUS_VTABLE_PROPERTY_EMITS_INVALIDATION)
        case .silent: 0
        }
      }
    }

    let name: String
    let type: String
    let change: Change
    let get: () -> BusValue

    public init(_ name: String, _ type: String, _ change: Change, _ get: @escaping () -> BusValue) {
      self.name = name
      self.type = type
      self.change = change
      self.get = get
    }
  }

  public struct Signal {
    let name: String
    let arguments: [Argument]

    public init(_ name: String, _ arguments: [Argument] = []) {
      self.name = name
      self.arguments = arguments
    }
  }

  public let path: String
  public let interface: String
  private let methods: [String: Method]
  private let properties: [String: Property]
  /// The table and its strings, which libsystemd reads for as long as the object is exported.
  private let table: UnsafeMutableBufferPointer<sd_bus_vtable>
  private let strings: [UnsafeMutablePointer<CChar>]

  public init(path: String, interface: String, methods: [Method], properties: [Property], signals: [Signal]) {
    self.path = path
    self.interface = interface
    self.methods = Dictionary(methods.map { ($0.name, $0) }) { first, _ in first }
    self.properties = Dictionary(properties.map { ($0.name, $0) }) { first, _ in first }

    var strings: [UnsafeMutablePointer<CChar>] = []
    /// A copy that stays; its NULs inside are part of it.
    func keep(_ text: String) -> UnsafePointer<CChar> {
      let copy = UnsafeMutablePointer<CChar>.allocate(capacity: text.utf8.count + 2)
      for (index, byte) in text.utf8.enumerated() { copy[index] = CChar(bitPattern: byte) }
      copy[text.utf8.count] = 0
      copy[text.utf8.count + 1] = 0
      strings.append(copy)
      return UnsafePointer(copy)
    }
    func types(_ arguments: [Argument]) -> UnsafePointer<CChar> { keep(arguments.map(\.type).joined()) }
    func names(_ arguments: [Argument]) -> UnsafePointer<CChar> { keep(arguments.map { $0.name + "\0" }.joined()) }

    var entries = [csystemd_vtable_start()]
    for method in methods {
      let sensitive = method.isSensitive ? UInt64(SD_BUS_VTABLE_SENSITIVE) : 0
      let flags = UInt64(SD_BUS_VTABLE_UNPRIVILEGED) | sensitive
      entries.append(
        csystemd_vtable_method(
          keep(method.name), types(method.inputs), types(method.outputs), names(method.inputs + method.outputs),
          { message, me, error in BusObject.call(message, me, error) }, flags))
    }
    for property in properties {
      entries.append(
        csystemd_vtable_property(
          keep(property.name), keep(property.type),
          { _, _, _, name, reply, me, _ in BusObject.get(name, reply, me) }, property.change.flags))
    }
    for signal in signals {
      entries.append(
        csystemd_vtable_signal(keep(signal.name), types(signal.arguments), names(signal.arguments), 0))
    }
    entries.append(csystemd_vtable_end())
    table = .allocate(capacity: entries.count)
    _ = table.initialize(from: entries)
    self.strings = strings
  }

  deinit {
    table.deallocate()
    for string in strings { string.deallocate() }
  }

  fileprivate var firstEntry: UnsafePointer<sd_bus_vtable>? { UnsafePointer(table.baseAddress) }

  private static func from(_ userdata: UnsafeMutableRawPointer?) -> BusObject? {
    userdata.map { Unmanaged<BusObject>.fromOpaque($0).takeUnretainedValue() }
  }

  private static func call(
    _ raw: OpaquePointer?, _ userdata: UnsafeMutableRawPointer?, _ error: UnsafeMutablePointer<sd_bus_error>?
  ) -> CInt {
    guard let me = from(userdata), let raw else { return -EINVAL }
    let message = Message(sharing: raw)
    guard let method = message.member.flatMap({ me.methods[$0] }) else { return -EBADR }
    do {
      let answer = try method.handler(try message.read())
      var reply: OpaquePointer?
      try check(sd_bus_message_new_method_return(raw, &reply))
      guard let reply else { return -ENOMEM }
      let response = Message(owning: reply)
      try response.append(answer)
      // A reply to somebody who wants none is dropped by libsystemd.
      try check(sd_bus_send(nil, response.raw, nil))
      return 1
    } catch let failure as BusError {
      return sd_bus_error_set(error, failure.name, failure.message)
    } catch let failure as Errno {
      return sd_bus_error_set_errno(error, -failure.code)
    } catch let failure {
      return sd_bus_error_set(error, BusError.failed, String(describing: failure))
    }
  }

  private static func get(
    _ name: UnsafePointer<CChar>?, _ reply: OpaquePointer?, _ userdata: UnsafeMutableRawPointer?
  ) -> CInt {
    guard let me = from(userdata), let name, let reply, let property = me.properties[String(cString: name)] else {
      return -EINVAL
    }
    do throws(Errno) {
      try Message(sharing: reply).append([property.get()])
      return 0
    } catch {
      return -error.code
    }
  }
}

extension Bus {
  /// Makes an object's interface callable. `sd_bus_add_object_vtable(3)`
  public func export(_ object: BusObject) throws(Errno) -> Slot {
    var slot: OpaquePointer?
    let userdata = Unmanaged.passUnretained(object).toOpaque()
    try check(sd_bus_add_object_vtable(raw, &slot, object.path, object.interface, object.firstEntry, userdata))
    guard let slot else { throw Errno.invalidArgument }
    return Slot(owning: slot, keeping: object)
  }
}
