import CSystemd
import Glibc

/// A connection to a message bus (`sd_bus`).
public final class Bus {
  let raw: OpaquePointer

  private init(owning raw: OpaquePointer) { self.raw = raw }

  /// Sends what waits to be sent and closes the connection. `sd_bus_flush_close_unref(3)`
  deinit { sd_bus_flush_close_unref(raw) }

  /// The person's bus. `sd_bus_open_user(3)`
  public static func openUser() throws(Errno) -> Bus {
    var bus: OpaquePointer?
    try check(sd_bus_open_user(&bus))
    return try Bus(opened: bus)
  }

  /// The system's bus. `sd_bus_open_system(3)`
  public static func openSystem() throws(Errno) -> Bus {
    var bus: OpaquePointer?
    try check(sd_bus_open_system(&bus))
    return try Bus(opened: bus)
  }

  /// A bus at an address. `sd_bus_set_address(3)`, `sd_bus_start(3)`
  public static func open(address: String) throws(Errno) -> Bus {
    var raw: OpaquePointer?
    try check(sd_bus_new(&raw))
    let bus = try Bus(opened: raw)
    try check(sd_bus_set_address(bus.raw, address))
    try check(sd_bus_set_bus_client(bus.raw, 1))
    try check(sd_bus_start(bus.raw))
    return bus
  }

  /// A peer at the other end of a socket, without a bus between; the socket is taken over. `sd_bus_set_fd(3)`
  public static func open(fd: CInt) throws(Errno) -> Bus {
    var raw: OpaquePointer?
    try check(sd_bus_new(&raw))
    let bus = try Bus(opened: raw)
    try check(sd_bus_set_fd(bus.raw, fd, fd))
    try check(sd_bus_start(bus.raw))
    return bus
  }

  private convenience init(opened raw: OpaquePointer?) throws(Errno) {
    guard let raw else { throw Errno.notConnected }
    self.init(owning: raw)
  }

  /// Handles its messages in a loop from now on. `sd_bus_attach_event(3)`
  public func attach(to loop: EventLoop) throws(Errno) { try check(sd_bus_attach_event(raw, loop.raw, 0)) }

  public func detach() { sd_bus_detach_event(raw) }

  /// Sends what waits to be sent. `sd_bus_flush(3)`
  public func flush() { sd_bus_flush(raw) }

  public var uniqueName: String? {
    var name: UnsafePointer<CChar>?
    return sd_bus_get_unique_name(raw, &name) >= 0 ? name.map { String(cString: $0) } : nil
  }

  // MARK: Calls

  /// A method call to be sent. `sd_bus_message_new_method_call(3)`
  public func methodCall(
    _ destination: String, _ path: String, _ interface: String, _ member: String, _ arguments: BusValue...
  ) throws(Errno) -> Message {
    var message: OpaquePointer?
    try check(sd_bus_message_new_method_call(raw, &message, destination, path, interface, member))
    guard let message else { throw Errno.invalidArgument }
    let call = Message(owning: message)
    try call.append(arguments)
    return call
  }

  /// Sends a call and waits for its reply. For programs without a loop. `sd_bus_call(3)`
  ///
  /// - Parameter timeoutUSec: 0 is 25 s.
  public func call(_ message: Message, timeoutUSec: UInt64 = 0) throws(BusError) -> [BusValue] {
    var error = csystemd_error_null()
    var reply: OpaquePointer?
    let result = sd_bus_call(raw, message.raw, timeoutUSec, &error, &reply)
    defer { sd_bus_error_free(&error) }
    guard result >= 0, let reply else {
      throw error.name == nil ? BusError(Errno(code: -result)) : BusError(error)
    }
    do throws(Errno) { return try Message(owning: reply).read() } catch { throw BusError(error) }
  }

  /// Sends a call; its reply comes to the closure, once, unless the connection ends first. `sd_bus_call_async(3)`
  ///
  /// - Parameter timeoutUSec: 0 is 25 s.
  public func send(
    _ message: Message, timeoutUSec: UInt64 = 0, _ reply: @escaping (Result<[BusValue], BusError>) -> Void
  ) throws(Errno) {
    let handler = MessageHandler { reply($0.result) }
    var slot: OpaquePointer?
    try check(sd_bus_call_async(raw, &slot, message.raw, MessageHandler.callback, handler.userdata, timeoutUSec))
    if let slot { Slot.float(slot, keeping: handler) }
  }

  // MARK: Signals

  /// Calls the handler for each signal that fits. `sd_bus_match_signal_async(3)`
  ///
  /// - Parameters: `nil` fits all.
  public func match(
    sender: String?, path: String?, interface: String?, member: String?, _ body: @escaping (Message) -> Void
  ) throws(Errno) -> Slot {
    let handler = MessageHandler(body)
    var slot: OpaquePointer?
    try check(
      sd_bus_match_signal_async(
        raw, &slot, sender, path, interface, member, MessageHandler.callback, { _, _, _ in 0 }, handler.userdata))
    guard let slot else { throw Errno.invalidArgument }
    return Slot(owning: slot, keeping: handler)
  }

  /// Calls the handler when the connection has ended.
  public func onDisconnect(_ body: @escaping () -> Void) throws(Errno) -> Slot {
    let local = "org.freedesktop.DBus.Local"
    return try match(sender: local, path: "/org/freedesktop/DBus/Local", interface: local, member: "Disconnected") {
      _ in
      body()
    }
  }

  /// Calls the handler with the unique name of whoever owns a name, now and at each change; `nil` for nobody.
  ///
  /// It starts nobody. `sd_bus_add_match_async(3)`
  public func watchOwner(of name: String, _ body: @escaping (String?) -> Void) throws(Errno) -> Slot {
    let bus = "org.freedesktop.DBus"
    var told: String??
    // A change may come before the answer to the question, which then says it again.
    let tell = { (owner: String?) in
      if let told, told == owner { return }
      told = .some(owner)
      body(owner)
    }
    let handler = MessageHandler { message in
      // Anybody can send such a signal to us, past the match.
      guard message.sender == bus, let values = try? message.read(), values.count == 3,
        let owner = values[2].string
      else { return }
      tell(owner.isEmpty ? nil : owner)
    }
    let rule =
      "type='signal',sender='\(bus)',path='/org/freedesktop/DBus',interface='\(bus)',member='NameOwnerChanged',arg0='\(name)'"
    var slot: OpaquePointer?
    try check(
      sd_bus_add_match_async(raw, &slot, rule, MessageHandler.callback, { _, _, _ in 0 }, handler.userdata))
    guard let slot else { throw Errno.invalidArgument }
    let watch = Slot(owning: slot, keeping: handler)
    let call = try methodCall(bus, "/org/freedesktop/DBus", bus, "GetNameOwner", .string(name))
    try send(call) { [weak handler] reply in
      guard handler != nil else { return }
      tell((try? reply.get())?.first?.string)
    }
    return watch
  }

  /// Sends a signal. `sd_bus_message_new_signal(3)`, `sd_bus_send(3)`
  public func emit(path: String, interface: String, member: String, _ values: [BusValue]) throws(Errno) {
    var message: OpaquePointer?
    try check(sd_bus_message_new_signal(raw, &message, path, interface, member))
    guard let message else { throw Errno.invalidArgument }
    let signal = Message(owning: message)
    try signal.append(values)
    try check(sd_bus_send(raw, signal.raw, nil))
  }

  /// Tells of properties that have changed; each is read through its getter. `sd_bus_emit_properties_changed_strv(3)`
  public func emitPropertiesChanged(path: String, interface: String, _ names: [String]) throws(Errno) {
    var strings: [UnsafeMutablePointer<CChar>?] = names.map { strdup($0) } + [nil]
    defer { for string in strings { free(string) } }
    try check(
      strings.withUnsafeMutableBufferPointer {
        sd_bus_emit_properties_changed_strv(raw, path, interface, $0.baseAddress)
      })
  }

  // MARK: Names

  /// Asks for a well-known name. `sd_bus_request_name(3)`
  ///
  /// - Returns: whether it is ours now, or was before; `false` if somebody else has it.
  public func requestName(_ name: String) throws(Errno) -> Bool {
    do throws(Errno) {
      try check(sd_bus_request_name(raw, name, 0))
      return true
    } catch .already {
      return true
    } catch .exists {
      return false
    }
  }

  /// `sd_bus_release_name(3)`
  public func releaseName(_ name: String) throws(Errno) { try check(sd_bus_release_name(raw, name)) }
}

extension Message {
  /// A reply: its body, or the error that it carries.
  fileprivate var result: Result<[BusValue], BusError> {
    if let error = sd_bus_message_get_error(raw) { return .failure(BusError(error.pointee)) }
    do throws(Errno) { return .success(try read()) } catch { return .failure(BusError(error)) }
  }
}
