import NapeCore
import Testing

@testable import NapeSettings

/// `Config/medicines.toml`, and what is made of names as people write them.
@Suite struct MedicineTableTests {
  private let table = MedicineTable.builtIn()

  @Test func nothingIsWrongWithTheFile() {
    #expect(MedicineTable.read(PackageResources.medicines_toml).diagnostics == [])
  }

  @Test(arguments: [
    ("ibuprofen", Medicine.Class.simple), ("Ibuprofen 400 mg", .simple), ("PARACETAMOL", .simple),
    ("acetylsalicylic acid 500", .simple), ("sumatriptan", .triptan), ("codeine", .opioid),
    ("dihydroergotamine", .ergotamine), ("metoclopramide", .other), ("paracetamol + codeine", .combination),
    ("aspirin/paracetamol/caffeine", .combination), ("co-codamol", .combination),
    ("paracetamol with metoclopramide", .simple), ("ibuprofen ibuprofen", .simple), ("Kopfweh-Ex", .unsure),
    ("", .unsure),
  ])
  func classes(name: String, expected: Medicine.Class) {
    #expect(table.class(of: name) == expected)
  }

  @Test func everyClassHasNames() {
    for medicineClass in Medicine.Class.allCases where medicineClass != .unsure {
      #expect(table.classes.values.contains(medicineClass))
    }
  }

  @Test(arguments: [
    ("ibuprofen 400 mg", "ibuprofen", "400 mg"), ("ibuprofen", "ibuprofen", nil),
    ("acetylsalicylic acid 2 x 500 mg", "acetylsalicylic acid", "2 x 500 mg"), ("400", "400", nil), ("", "", nil),
  ])
  func nameAndDose(text: String, name: String, dose: String?) {
    let parts = MedicineTable.parts(of: text)
    #expect(parts.name == name && parts.dose == dose)
  }

  @Test func damageIsToldWithLineAndKey() {
    let text = """
      simple = ["one", "Two"]
      triptan = ["one"]
      combination = ["three"]
      opioid = 4
      ergotamine = ["five"]
      """
    #expect(
      MedicineTable.read(Array(text.utf8)).diagnostics.map(\.description) == [
        "medicines.toml:1: simple: holds \"Two\": generic names in small letters",
        "medicines.toml:1: other: is missing: a list of 1 to 100 texts, each on one line and of at most 40 characters",
        "medicines.toml:2: triptan: \"one\" stands in simple too: each name once",
        "medicines.toml:4: opioid: is an integer: a list of 1 to 100 texts, each on one line and of at most 40 characters",
      ])
  }
}
