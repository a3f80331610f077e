import NapeCore

/// One record of a file that is imported, or what is wrong with it.
public struct ImportRow {
  /// Where in the file: `line 12`, `episodes[3]`.
  public var place: String
  public var item: Result<DiaryItem, Wrong>

  /// What is wrong, and what is allowed.
  public struct Wrong: Error {
    public let what: String
    /// Whether it is the way in which it was asked, and not the file.
    public let isOfOption: Bool

    public init(_ what: String) { (self.what, isOfOption) = (what, false) }

    public init(ofOption what: String) { (self.what, isOfOption) = (what, true) }
  }

  public init(_ place: String, _ read: () throws(Wrong) -> DiaryItem) {
    self.place = place
    do throws(Wrong) { item = .success(try read()) } catch { item = .failure(error) }
  }
}
