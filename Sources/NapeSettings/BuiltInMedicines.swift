import NapeCore
import TOML

extension MedicineTable {
  /// What `Config/medicines.toml` says.
  public static func builtIn() -> MedicineTable { read(PackageResources.medicines_toml).table }

  /// - Returns: the table, and what is wrong with the file; a test holds that nothing is.
  static func read(_ bytes: [UInt8]) -> (table: MedicineTable, diagnostics: [Diagnostic]) {
    let findings = TableReader.Findings(file: "medicines.toml")
    var medicines = MedicineTable()
    do throws(SyntaxError) {
      let known = Medicine.Class.allCases.filter { $0 != .unsure }
      let root = try TOML.parse(bytes)
      let reader = TableReader(root, line: 1, keys: known.map(\.rawValue), place: "the table of medicines", findings)
      for medicineClass in known {
        for name in reader.texts(medicineClass.rawValue, most: 100, longest: 40, isNeeded: true) {
          guard name == name.lowercased() else {
            findings.add(
              reader.line(of: medicineClass.rawValue), medicineClass.rawValue, "holds \(ShownText.quoted(name))",
              "generic names in small letters")
            continue
          }
          if let other = medicines.classes.updateValue(medicineClass, forKey: name) {
            findings.add(
              reader.line(of: medicineClass.rawValue), medicineClass.rawValue,
              "\(ShownText.quoted(name)) stands in \(other.rawValue) too", "each name once")
          }
        }
      }
    } catch {
      findings.add(error.position.line, "", error.message, "TOML 1.0")
    }
    return (medicines, findings.inOrder)
  }
}
