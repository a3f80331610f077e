import NapeCore
import TOML

extension Wordings {
  /// What `Config/wordings.toml` says. A text that it should not hold is left out; a test holds that there is none.
  public static func builtIn() -> Wordings {
    let root = try? TOML.parse(PackageResources.wordings_toml)
    var wordings = Wordings()
    for list in List.allCases {
      guard case .array(let items) = root?[list.rawValue]?.value else { continue }
      wordings[list] = items.compactMap(wording)
    }
    return wordings
  }

  private static func wording(_ item: Node) -> Wording? {
    guard case .table(let table) = item.value, case .string(let title) = table["title"]?.value,
      case .string(let body) = table["body"]?.value
    else { return nil }
    return Wording(title: title, body: body)
  }
}
