/// A record of the diary with what the store keeps beside it.
public struct DiaryEntry<Content: Hashable & Sendable>: Hashable, Sendable {
  public let id: RecordID
  public var content: Content
  public let entered: Stamp
  public let way: EntryWay

  public init(id: RecordID, content: Content, entered: Stamp, way: EntryWay) {
    self.id = id
    self.content = content
    self.entered = entered
    self.way = way
  }
}
