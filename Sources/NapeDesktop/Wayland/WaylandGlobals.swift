/// What nape uses of what a compositor offers: its seats and its idle notifier.
final class WaylandGlobals {
  enum Change: Hashable, Sendable {
    /// All that the compositor offers is known, and is enough.
    case ready
    /// By the numbers of the seats' objects; not told before `ready`.
    case seatAdded(UInt32)
    case seatRemoved(UInt32)
  }

  /// An idle notifier in the registry, by its name there.
  private struct Offer {
    var name: UInt32
    var interface: WaylandIdleInterface
  }

  /// More than anybody has.
  static let seatLimit = 16

  let connection: WaylandConnection
  /// Called from the loop.
  var changed: (Change) -> Void

  private var registry: UInt32 = 0
  /// The objects of the seats by their names in the registry.
  private var seatsByName: [UInt32: UInt32] = [:]
  private var extOffer: Offer?
  private var kdeOffer: Offer?
  private var isReady = false

  /// Which way of telling idle time is in use, and the object that offers it; `nil` until ready.
  private(set) var notifier: (interface: WaylandIdleInterface, object: UInt32)?

  /// The objects of the seats that there are.
  var seats: [UInt32] { seatsByName.values.sorted() }

  /// Asks the compositor what it has. Where that is not enough, ``WaylandError/noSeat`` or ``WaylandError/noNotifier`` end
  /// the connection.
  init(_ connection: WaylandConnection, changed: @escaping (Change) -> Void) {
    self.connection = connection
    self.changed = changed
    registry = connection.newObject { [weak self] event throws(WaylandError) in try self?.take(event) }
    connection.send(WaylandRequest(WaylandConnection.display, 1, .uint(registry)))
    connection.sync { [weak self] () throws(WaylandError) in try self?.conclude() }
  }

  private func take(_ event: WaylandEvent) throws(WaylandError) {
    switch event.opcode {
    case 0:
      let (name, interface, version) = try event.read { arguments throws(WaylandError) in
        (try arguments.uint(), try arguments.string(), try arguments.uint())
      }
      try add(name, interface, version: version)
    case 1: try remove(try event.read { arguments throws(WaylandError) in try arguments.uint() })
    default: throw .unknownEvent(interface: "wl_registry", opcode: event.opcode)
    }
  }

  private func add(_ name: UInt32, _ interface: String, version: UInt32) throws(WaylandError) {
    guard version >= 1 else { return }
    switch interface {
    case "wl_seat": try addSeat(name)
    case WaylandIdleInterface.extName where extOffer == nil:
      extOffer = Offer(name: name, interface: version >= 2 ? .extInput : .ext)
    case WaylandIdleInterface.kdeName where kdeOffer == nil: kdeOffer = Offer(name: name, interface: .kde)
    default: break
    }
  }

  private func addSeat(_ name: UInt32) throws(WaylandError) {
    guard seatsByName[name] == nil else { return }
    guard seatsByName.count < Self.seatLimit else { throw .tooManySeats(Self.seatLimit) }
    // At version 1 a seat tells only what devices it has, and cannot be released.
    let seat = bind(name, "wl_seat", version: 1)
    seatsByName[name] = seat
    if isReady { changed(.seatAdded(seat)) }
  }

  private func remove(_ name: UInt32) throws(WaylandError) {
    if let seat = seatsByName.removeValue(forKey: name) {
      guard isReady else { return }
      guard !seatsByName.isEmpty else { throw .noSeat }
      changed(.seatRemoved(seat))
    } else if name == extOffer?.name {
      extOffer = nil
      if isReady, notifier?.interface != .kde { throw .noNotifier }
    } else if name == kdeOffer?.name {
      kdeOffer = nil
      if isReady, notifier?.interface == .kde { throw .noNotifier }
    }
  }

  private func conclude() throws(WaylandError) {
    guard let offer = extOffer ?? kdeOffer else { throw .noNotifier }
    guard !seatsByName.isEmpty else { throw .noSeat }
    notifier = (offer.interface, bind(offer.name, offer.interface.name, version: offer.interface.version))
    isReady = true
    changed(.ready)
  }

  /// Makes an object of a global; its events, if it has any, say nothing that is needed.
  private func bind(_ name: UInt32, _ interface: String, version: UInt32) -> UInt32 {
    let object = connection.newObject { _ in }
    connection.send(WaylandRequest(registry, 0, .uint(name), .string(interface), .uint(version), .uint(object)))
    return object
  }
}
