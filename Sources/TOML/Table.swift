/// Keys and their values, in the order in which the keys first appear in the document.
public struct Table: Sendable {
  /// A key and what stands for it.
  public struct Entry: Sendable {
    public let key: String

    /// Where the key first appears; in a dotted name, where this part of the name begins.
    public let position: Position

    public let node: Node
  }

  /// All entries. No two keys are the same.
  public let entries: [Entry]

  private let offsets: [ExactKey: Int]

  /// A table of `entries`, where `offsets` gives the place of every key among them.
  init(entries: [Entry], offsets: [ExactKey: Int]) {
    self.entries = entries
    self.offsets = offsets
  }

  /// The value of `key`, in constant time. Keys are the same only if they are spelled with the same code points.
  public subscript(_ key: String) -> Node? {
    offsets[ExactKey(key)].map { entries[$0].node }
  }
}
