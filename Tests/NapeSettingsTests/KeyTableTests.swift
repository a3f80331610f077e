import NapeCore
import NapeSettings
import Testing

@testable import NapeSettings

/// `Config/nape.toml`, the key table and the engine's defaults are one.
@Suite struct KeyTableTests {
  @Test func theShippedFileHasEveryKeyAndNoOther() {
    var loaded = LoadedSettings()
    loaded.apply(PackageResources.nape_toml, file: "nape.toml")
    #expect(loaded.diagnostics.isEmpty)
    #expect(loaded.assigned == Set(KeyTable.keys.map(\.name)))
    #expect(loaded.settings == Settings())
  }

  @Test func noKeyStandsTwice() { #expect(Set(KeyTable.keys.map(\.name)).count == KeyTable.keys.count) }
}
