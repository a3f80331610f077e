import NapeCore
import TOML

extension Wordings {
  /// What `Config/wordings.toml` says. A text that it should not hold is left out; a test holds that there is none.
  public static func builtIn() -> Wordings {
    let root = try? TOML.parse(PackageResources.wordings_toml)
    func texts(_ name: String) -> [Wording] {
      guard case .array(let items) = root?[name]?.value else { return [] }
      return items.compactMap { item in
        guard case .table(let table) = item.value, case .string(let title) = table["title"]?.value,
          case .string(let body) = table["body"]?.value
        else { return nil }
        return Wording(title: title, body: body)
      }
    }
    return Wordings(posture: texts("posture"), move: texts("move"), moveAgain: texts("move_again"))
  }
}
