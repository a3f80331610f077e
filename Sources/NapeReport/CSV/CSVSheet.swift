/// A table of the export.
public struct CSVSheet {
  /// Without `.csv`.
  public let name: String
  public let columns: [CSVDescription]
  let rows: [[CSVCell]]

  init<Row>(_ name: String, _ columns: [CSVColumn<Row>], of rows: [Row]) {
    self.name = name
    self.columns = columns.map(\.about)
    self.rows = rows.map { row in columns.map { $0.cell(row) } }
  }

  public var fileName: String { name + ".csv" }

  /// The file: RFC 4180, a line of names first. It begins with a byte order mark: without one, Excel takes UTF-8 for the
  /// old character set of the country, and a note with an umlaut is broken; LibreOffice, pandas and R's readr pass it over.
  public var text: String {
    let lines = [columns.map { CSVCell.text($0.name) }] + rows
    return "\u{feff}" + lines.map { $0.map(\.written).joined(separator: ",") + "\r\n" }.joined()
  }
}
