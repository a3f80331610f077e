import Systemd
import Testing

/// A service with one object, one interface, and answers that the test gives.
final class FakeService {
  let bus: Bus
  private let name: String
  private let path: String
  private let interface: String
  private var slot: Slot?
  /// How often a question was asked.
  let asked = Kept(0)

  /// - Parameters:
  ///   - methods: names and signatures of the arguments, of the results, and answers.
  ///   - properties: names, types and values.
  ///   - more: methods that look at what they are asked; they are not counted.
  init(
    _ bus: Bus, name: String, path: String, interface: String? = nil,
    methods: [(name: String, arguments: String, result: String, answer: () throws -> BusValue)] = [],
    properties: [(name: String, type: String, value: () -> BusValue)] = [], more: [BusObject.Method] = [],
    signals: [(String, [String])] = []
  ) throws {
    (self.bus, self.name, self.path, self.interface) = (bus, name, path, interface ?? name)
    let asked = asked
    slot = try bus.export(
      BusObject(
        path: path, interface: self.interface,
        methods: methods.map { method in
          BusObject.Method(
            method.name, method.arguments.isEmpty ? [] : [.init("argument", method.arguments)],
            returns: [.init("result", method.result)]
          ) { _ in
            asked.value += 1
            return [try method.answer()]
          }
        } + more,
        properties: properties.map { property in
          BusObject.Property(property.name, property.type, .emitted) {
            asked.value += 1
            return property.value()
          }
        },
        signals: signals.map { signal in
          BusObject.Signal(signal.0, signal.1.enumerated().map { .init("argument\($0.offset)", $0.element) })
        }))
  }

  func appear() throws { #expect(try bus.requestName(name)) }
  func vanish() throws { try bus.releaseName(name) }

  func emit(_ member: String, _ values: BusValue...) throws {
    try bus.emit(path: path, interface: interface, member: member, values)
  }

  /// A property has changed, and to what.
  func tell(_ property: String) throws { try bus.emitPropertiesChanged(path: path, interface: interface, [property]) }
}
