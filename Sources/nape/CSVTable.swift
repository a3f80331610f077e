import NapeReport

/// A table as text (RFC 4180), with a line of names first. The sign between cells (`,`, `;` or a tab) is the one that is
/// most often in that line; a byte order mark is passed over; lines end as any system ends them.
struct CSVTable {
  let names: [String]
  /// Lines without any text are left out.
  let rows: [Row]

  struct Row {
    /// The line on which it begins, from 1.
    let line: Int
    let cells: [String]
  }

  static let mostRows = 100_000
  static let mostColumns = 200

  init(_ bytes: [UInt8]) throws(ImportRow.Wrong) {
    let bytes = bytes.starts(with: [0xef, 0xbb, 0xbf]) ? bytes[3...] : bytes[...]
    guard String(validating: bytes, as: UTF8.self) != nil else {
      throw .init("it is not UTF-8: save it as \"CSV UTF-8\"")
    }
    var rows = try Self.rows(bytes, separator: Self.separator(bytes))
    guard let head = rows.first else { throw .init("it is empty: a line of names, then a headache a line") }
    rows.removeFirst()
    guard head.cells.count <= Self.mostColumns else { throw .init("too many columns: at most \(Self.mostColumns)") }
    names = head.cells
    self.rows = rows
  }

  private static func separator(_ bytes: ArraySlice<UInt8>) -> UInt8 {
    var counts: [UInt8: Int] = [:]
    var isQuoted = false
    for byte in bytes {
      if byte == quote { isQuoted.toggle() }
      if !isQuoted, byte == newline || byte == carriageReturn { break }
      if !isQuoted { counts[byte, default: 0] += 1 }
    }
    let signs = [UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t")]
    return signs.max { counts[$0, default: 0] < counts[$1, default: 0] } ?? signs[0]
  }

  private static let quote = UInt8(ascii: "\"")
  private static let newline = UInt8(ascii: "\n")
  private static let carriageReturn = UInt8(ascii: "\r")

  private static func rows(_ bytes: ArraySlice<UInt8>, separator: UInt8) throws(ImportRow.Wrong) -> [Row] {
    var rows: [Row] = []
    var cells: [String] = []
    var (line, begin) = (1, 1)
    var index = bytes.startIndex
    while index < bytes.endIndex {
      var cell: [UInt8] = []
      if bytes[index] == quote {
        let opened = line
        index += 1
        while true {
          guard index < bytes.endIndex else { throw .init("line \(opened): the quotes that open here never close") }
          let byte = bytes[index]
          index += 1
          if byte == newline { line += 1 }
          if byte == carriageReturn {
            // Lines within a cell end as everywhere.
            if index == bytes.endIndex || bytes[index] != newline { cell.append(newline) }
          } else if byte != quote {
            cell.append(byte)
          } else if index < bytes.endIndex, bytes[index] == quote {
            cell.append(quote)
            index += 1
          } else {
            break
          }
        }
        guard index == bytes.endIndex || [separator, newline, carriageReturn].contains(bytes[index]) else {
          throw .init("line \(line): text after closing quotes: quotes inside a cell are written twice")
        }
      } else {
        while index < bytes.endIndex, ![separator, newline, carriageReturn].contains(bytes[index]) {
          cell.append(bytes[index])
          index += 1
        }
      }
      cells.append(trimmed(String(decoding: cell, as: UTF8.self)))
      if index < bytes.endIndex, bytes[index] == separator {
        index += 1
        // A line that ends with the sign has an empty cell at its end.
        if index < bytes.endIndex, ![newline, carriageReturn].contains(bytes[index]) { continue }
        cells.append("")
      }
      if cells.contains(where: { !$0.isEmpty }) { rows.append(Row(line: begin, cells: cells)) }
      guard rows.count <= mostRows else { throw .init("too many lines: at most \(mostRows)") }
      cells = []
      if index < bytes.endIndex, bytes[index] == carriageReturn { index += 1 }
      if index < bytes.endIndex, bytes[index] == newline { index += 1 }
      line += 1
      begin = line
    }
    return rows
  }

  /// Without spaces at its ends.
  static func trimmed(_ text: String) -> String {
    String(text.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
