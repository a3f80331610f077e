/// A key that equals another only if both have the same code points, as TOML has it.
///
/// Swift's own `String` holds é (U+00E9) and é (U+0065 and U+0301) equal, which would make two keys one.
struct ExactKey: Hashable, Sendable {
  private let text: String

  init(_ text: String) {
    self.text = text
  }

  static func == (left: ExactKey, right: ExactKey) -> Bool {
    left.text.utf8.elementsEqual(right.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    var text = text
    text.withUTF8 { hasher.combine(bytes: UnsafeRawBufferPointer($0)) }
  }
}
