/// A column of a table: what stands in it and what that means, in one place.
struct CSVColumn<Row>: Sendable {
  let about: CSVDescription
  let cell: @Sendable (Row) -> CSVCell

  /// - Parameters:
  ///   - unit: empty where there is none.
  ///   - allowed: what values there are; an empty cell is always one.
  init(
    _ name: String, _ type: CSVDescription.Kind, unit: String = "", _ meaning: String, allowed: String = "",
    _ cell: @escaping @Sendable (Row) -> CSVCell
  ) {
    about = CSVDescription(name: name, type: type, unit: unit, meaning: meaning, allowed: allowed)
    self.cell = cell
  }
}
