/// Writes TZif files (RFC 9636), sound ones and others.
struct TZifBuilder {
  struct LocalTimeType {
    var offset: Int32
    var isDaylight: UInt8 = 0
    var nameIndex: UInt8 = 0
  }

  var version = UInt8(ascii: "2")
  var types = [LocalTimeType(offset: 0)]
  var transitions: [(time: Int64, type: UInt8)] = []
  var leapSeconds: [(time: Int64, correction: Int32)] = []
  var names = Array("ABC\0".utf8)
  var indicatorCount = 0
  /// nil leaves out the line feeds too.
  var footer: String? = ""

  /// As `zic -b slim` writes them: the first data block of version 2 and later is an empty one.
  var bytes: [UInt8] {
    guard version != 0 else { return block(timeSize: 4) }
    let empty = TZifBuilder(version: version, names: [0])
    return empty.block(timeSize: 4) + block(timeSize: 8) + Array((footer.map { "\n\($0)\n" } ?? "").utf8)
  }

  private func block(timeSize: Int) -> [UInt8] {
    var bytes = Array("TZif".utf8) + [version] + [UInt8](repeating: 0, count: 15)
    for count in [indicatorCount, indicatorCount, leapSeconds.count, transitions.count, types.count, names.count] {
      bytes += TZifBuilder.bigEndian(Int64(count), size: 4)
    }
    for transition in transitions { bytes += TZifBuilder.bigEndian(transition.time, size: timeSize) }
    bytes += transitions.map(\.type)
    for type in types {
      bytes += TZifBuilder.bigEndian(Int64(type.offset), size: 4) + [type.isDaylight, type.nameIndex]
    }
    bytes += names
    for leap in leapSeconds {
      bytes += TZifBuilder.bigEndian(leap.time, size: timeSize)
      bytes += TZifBuilder.bigEndian(Int64(leap.correction), size: 4)
    }
    return bytes + [UInt8](repeating: 0, count: 2 * indicatorCount)
  }

  private static func bigEndian(_ value: Int64, size: Int) -> [UInt8] {
    (0..<size).reversed().map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
  }
}
