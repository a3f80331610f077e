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
    #expect(Set(loaded.origins.keys) == Set(KeyTable.keys.map(\.name)))
    #expect(loaded.settings == Settings())
  }

  @Test func noKeyStandsTwice() { #expect(Set(KeyTable.keys.map(\.name)).count == KeyTable.keys.count) }

  @Test func everyWordingIsShortAndAsksForChange() {
    let wordings = Wordings.builtIn()
    for texts in [wordings.posture, wordings.move, wordings.moveAgain] {
      #expect(texts.count >= 2)
      for text in texts {
        #expect(!text.title.isEmpty && !text.body.isEmpty)
        #expect(text.title.count + text.body.count <= 200)
        #expect(!(text.title + text.body).lowercased().contains("straight"))
        #expect(!(text.title + text.body).contains("<"))
      }
    }
  }
}
