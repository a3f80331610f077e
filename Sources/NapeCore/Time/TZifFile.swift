/// What a TZif file says (RFC 9636), as far as offsets go; names of zones are not kept.
struct TZifFile {
  /// Seconds east of Greenwich before the first transition: the first local time type (section 3.2).
  let initialOffset: Int32
  /// In strictly ascending order, in POSIX seconds.
  let transitions: [Zone.Transition]
  /// The footer, which holds from the last transition on; nil when it is empty or in version 1, which has none.
  let rule: PosixRule?

  /// - Parameter bytes: the whole file.
  /// - Throws: ``Zone/FormatError``, for every file that does not hold what its header promises.
  init(_ bytes: [UInt8]) throws(Zone.FormatError) {
    let first = try Header(bytes, at: 0)
    let block: DataBlock
    if first.version == 0 {
      block = try DataBlock(bytes, first, timeSize: 4)
      rule = nil
    } else {
      // Version 2 and later hold everything twice; the second time with 64 bits.
      let second = try Header(bytes, at: first.end + first.blockSize(timeSize: 4))
      block = try DataBlock(bytes, second, timeSize: 8)
      rule = try TZifFile.footer(bytes, from: second.end + second.blockSize(timeSize: 8))
    }
    initialOffset = block.initialOffset
    transitions = block.transitions
  }

  /// The TZ string between two line feeds (section 3.3); nil when there is nothing between them.
  private static func footer(_ bytes: [UInt8], from start: Int) throws(Zone.FormatError) -> PosixRule? {
    let newline = UInt8(ascii: "\n")
    guard start < bytes.count else { throw .truncated }
    guard bytes[start] == newline else { throw .invalidFooter }
    let text = bytes[(start + 1)...]
    guard let end = text.firstIndex(of: newline) else { throw .truncated }
    if end == text.startIndex { return nil }
    guard let rule = PosixRule(text[..<end]) else { throw .invalidFooter }
    return rule
  }

  /// The header of a data block: section 3.1.
  private struct Header {
    static let size = 44
    /// 0 for version 1, else an ASCII digit.
    let version: UInt8
    let utIndicatorCount: Int
    let standardIndicatorCount: Int
    let leapCount: Int
    let transitionCount: Int
    let typeCount: Int
    let nameSize: Int
    /// Where the data block begins.
    let end: Int

    init(_ bytes: [UInt8], at start: Int) throws(Zone.FormatError) {
      guard bytes.count >= start + 4 else { throw .truncated }
      guard bytes[start..<start + 4].elementsEqual("TZif".utf8) else { throw .notTZif }
      end = start + Header.size
      guard bytes.count >= end else { throw .truncated }
      version = bytes[start + 4]
      guard version == 0 || (UInt8(ascii: "2")...UInt8(ascii: "9")).contains(version) else {
        throw .unknownVersion(version)
      }
      func count(_ index: Int) -> Int {
        Int(UInt32(truncatingIfNeeded: TZifFile.integer(bytes, at: start + 20 + 4 * index, size: 4)))
      }
      (utIndicatorCount, standardIndicatorCount, leapCount) = (count(0), count(1), count(2))
      (transitionCount, typeCount, nameSize) = (count(3), count(4), count(5))
    }

    /// The size in bytes of the data block; at most some 2^37, so that it cannot overflow.
    func blockSize(timeSize: Int) -> Int {
      transitionCount * (timeSize + 1) + typeCount * 6 + nameSize + leapCount * (timeSize + 4)
        + standardIndicatorCount + utIndicatorCount
    }
  }

  /// A data block: section 3.2.
  private struct DataBlock {
    let initialOffset: Int32
    let transitions: [Zone.Transition]

    init(_ bytes: [UInt8], _ header: Header, timeSize: Int) throws(Zone.FormatError) {
      guard bytes.count >= header.end + header.blockSize(timeSize: timeSize) else { throw .truncated }
      guard (1...256).contains(header.typeCount), header.nameSize > 0,
        [0, header.typeCount].contains(header.standardIndicatorCount),
        [0, header.typeCount].contains(header.utIndicatorCount)
      else { throw .inconsistent }
      let times = header.end
      let indices = times + header.transitionCount * timeSize
      let types = indices + header.transitionCount
      let leaps = types + header.typeCount * 6 + header.nameSize

      let offsets = try DataBlock.offsets(bytes, header, at: types)
      let leapSeconds = try DataBlock.leapSeconds(bytes, header, at: leaps, timeSize: timeSize)
      var transitions: [Zone.Transition] = []
      transitions.reserveCapacity(header.transitionCount)
      var nextLeap = 0
      var correction: Int64 = 0
      for index in 0..<header.transitionCount {
        let time = TZifFile.integer(bytes, at: times + index * timeSize, size: timeSize)
        while nextLeap < leapSeconds.count, leapSeconds[nextLeap].time <= time {
          correction = leapSeconds[nextLeap].correction
          nextLeap += 1
        }
        let instant = time.saturatingSubtract(correction)
        let type = Int(bytes[indices + index])
        guard type < offsets.count, transitions.last.map({ $0.instant < instant }) ?? true else { throw .inconsistent }
        transitions.append(Zone.Transition(instant: instant, offset: offsets[type]))
      }
      self.initialOffset = offsets[0]
      self.transitions = transitions
    }

    /// The offset of each local time type, in seconds east of Greenwich.
    private static func offsets(
      _ bytes: [UInt8], _ header: Header, at start: Int
    ) throws(Zone.FormatError) -> [Int32] {
      var offsets: [Int32] = []
      for type in stride(from: start, to: start + header.typeCount * 6, by: 6) {
        let offset = TZifFile.integer(bytes, at: type, size: 4)
        let isDaylight = bytes[type + 4]
        let nameIndex = Int(bytes[type + 5])
        guard Zone.offsetRange.contains(Int(offset)), isDaylight <= 1, nameIndex < header.nameSize else {
          throw .inconsistent
        }
        offsets.append(Int32(offset))
      }
      return offsets
    }

    /// From each `time` on, counted with leap seconds, `correction` of them are counted in.
    private static func leapSeconds(
      _ bytes: [UInt8], _ header: Header, at start: Int, timeSize: Int
    ) throws(Zone.FormatError) -> [(time: Int64, correction: Int64)] {
      var leapSeconds: [(time: Int64, correction: Int64)] = []
      for index in 0..<header.leapCount {
        let record = start + index * (timeSize + 4)
        let time = TZifFile.integer(bytes, at: record, size: timeSize)
        guard leapSeconds.last.map({ $0.time < time }) ?? true else { throw .inconsistent }
        leapSeconds.append((time, TZifFile.integer(bytes, at: record + timeSize, size: 4)))
      }
      return leapSeconds
    }
  }

  /// A signed big-endian integer of 4 or 8 bytes, all of which must be there.
  private static func integer(_ bytes: [UInt8], at start: Int, size: Int) -> Int64 {
    var value: UInt64 = 0
    for byte in bytes[start..<start + size] { value = value << 8 | UInt64(byte) }
    return size == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
  }
}
