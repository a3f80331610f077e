/// A name of one or more parts, such as `a."b c".d`.
struct DottedName {
  /// All parts but the last: the tables that the last one is in.
  private(set) var path: [KeyPart] = []

  private(set) var last: KeyPart

  init(_ first: KeyPart) {
    last = first
  }

  mutating func append(_ part: KeyPart) {
    path.append(last)
    last = part
  }
}
