import NapeCore
import TOML

extension WarningSigns {
  /// What `Config/warning-signs.toml` says.
  public static func builtIn() -> WarningSigns {
    read(PackageResources.warning_signs_toml).signs
  }

  /// - Returns: the page, and what is wrong with the file; a test holds that nothing is.
  static func read(_ bytes: [UInt8]) -> (signs: WarningSigns, diagnostics: [Diagnostic]) {
    let findings = TableReader.Findings(file: "warning-signs.toml")
    var page = WarningSigns()
    do throws(SyntaxError) {
      let root = try TOML.parse(bytes)
      let keys = ["version", "text", "sign", "region", "source"]
      let reader = TableReader(root, line: 1, keys: keys, place: "the page", findings)
      page.version = reader.text("version", longest: 20, isNeeded: true) ?? ""
      if let node = reader.node("text"), case .table(let table) = node.value {
        page.texts = texts(table, line: node.position.line, findings)
      } else {
        reader.missing("text", "a table with what is said at each level")
      }
      for (table, line) in reader.tables("source", most: 50) {
        let source = TableReader(table, line: line, keys: ["tag", "text"], place: "a source", findings)
        guard let tag = source.text("tag", longest: 20, isNeeded: true),
          let text = source.text("text", longest: 200, isNeeded: true)
        else { continue }
        if page.sources.updateValue(text, forKey: tag) != nil { twice(tag, "tag", source, findings) }
      }
      for (table, line) in reader.tables("sign", most: 100) {
        guard let sign = sign(table, line: line, sources: page.sources, findings) else { continue }
        if page[sign.id] != nil { findings.add(line, "id", "\(sign.id) stands twice", "each id once") }
        page.signs.append(sign)
      }
      for (table, line) in reader.tables("region", most: 100) {
        let region = TableReader(
          table, line: line, keys: ["id", "name", "emergency", "advice"], place: "a region", findings)
        guard let id = region.text("id", longest: 10, isNeeded: true),
          let name = region.text("name", longest: 60, isNeeded: true),
          let emergency = region.text("emergency", longest: 40, isNeeded: true)
        else { continue }
        if page.regions.contains(where: { $0.id == id }) { twice(id, "id", region, findings) }
        page.regions.append(
          Region(id: id, name: name, emergency: emergency, advice: region.text("advice", longest: 60)))
      }
      for level in WarningReport.Level.allCases where !page.signs.contains(where: { $0.level == level }) {
        reader.missing("sign", "a sign of level \"\(level.rawValue)\"")
      }
      if !page.regions.contains(where: { $0.id == "any" }) { reader.missing("region", "one with the id \"any\"") }
    } catch {
      findings.add(error.position.line, "", error.message, "TOML 1.0")
    }
    return (page, findings.inOrder)
  }

  private static func texts(_ table: Table, line: Int, _ findings: TableReader.Findings) -> Texts {
    let keys: [(String, WritableKeyPath<Texts, String>, places: [String])] = [
      ("emergency", \.emergency, ["{emergency}"]), ("same_day", \.sameDay, []), ("days", \.days, []),
      ("advice_line", \.adviceLine, ["{advice}"]), ("opening", \.opening, []), ("closing", \.closing, []),
      ("caution", \.caution, []), ("pausing", \.pausing, []), ("intended_use", \.intendedUse, []),
      ("medicine_count", \.medicineCount, ["{medicine}", "{days}"]),
      ("medicine_limit", \.medicineLimit, ["{limit}"]),
    ]
    let reader = TableReader(table, line: line, keys: keys.map(\.0), place: "text", findings)
    var texts = Texts()
    for (key, path, places) in keys {
      guard let text = reader.text(key, longest: 300, isNeeded: true) else { continue }
      texts[keyPath: path] = text
      for place in places where !text.contains(place) {
        findings.add(reader.line(of: key), key, "does not hold \(place)", "text with \(place) where that goes")
      }
      if !["intended_use", "medicine_limit"].contains(key) { checkLength(text, key, reader, findings) }
    }
    return texts
  }

  private static func sign(
    _ table: Table, line: Int, sources: [String: String], _ findings: TableReader.Findings
  ) -> Sign? {
    let keys = ["id", "level", "about", "item", "text", "short", "source"]
    let reader = TableReader(table, line: line, keys: keys, place: "a sign", findings)
    for key in ["level", "about"] where !reader.has(key) {
      reader.missing(key, key == "level" ? "\"E\", \"S\" or \"D\"" : "\"headache\" or \"neck\"")
    }
    let id = reader.id()
    let level = reader.word("level", WarningReport.Level.self)
    let about = reader.word("about", Sign.About.self)
    let text = reader.text("text", longest: 200, isNeeded: true)
    let short = reader.text("short", longest: longestShort, isNeeded: true)
    let tags = reader.texts("source", most: 8, longest: 20, isNeeded: true)
    for tag in tags where sources[tag] == nil {
      findings.add(
        reader.line(of: "source"), "source", "\(ShownText.quoted(tag)) stands for nothing",
        "tags of [[source]]: \(sources.keys.sorted().joined(separator: ", "))")
    }
    let item = reader.integer("item", in: 1...15)
    if let text { checkLength(text, "text", reader, findings) }
    guard let id, let level, let about, let text, let short else { return nil }
    return Sign(id: id, level: level, about: about, item: item, text: text, short: short, sources: tags)
  }

  private static func checkLength(
    _ text: String, _ key: String, _ reader: TableReader, _ findings: TableReader.Findings
  ) {
    for sentence in sentences(of: text) {
      let count = sentence.split(separator: " ").count
      guard count > mostWords else { continue }
      findings.add(
        reader.line(of: key), key, "has a sentence of \(count) words", "sentences of at most \(mostWords) words")
    }
  }

  static func sentences(of text: String) -> [String] {
    text.split { ".!?".contains($0) }.map { String($0) }.filter { $0.contains { $0 != " " } }
  }

  private static func twice(_ id: String, _ key: String, _ reader: TableReader, _ findings: TableReader.Findings) {
    findings.add(reader.line(of: key), key, "\(id) stands twice", "each once")
  }
}

extension TableReader {
  /// What a record refers to: typed by people, and in the store with commas between several.
  func id() -> String? {
    guard let id = text("id", longest: 30, isNeeded: true) else { return nil }
    guard id.utf8.allSatisfy({ $0 >= 0x61 && $0 <= 0x7a || $0 >= 0x30 && $0 <= 0x39 || $0 == 0x2d }) else {
      findings.add(
        line(of: "id"), "id", "is \(ShownText.quoted(id))", "small letters, digits and hyphens")
      return nil
    }
    return id
  }
}
