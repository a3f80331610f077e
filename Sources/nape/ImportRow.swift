import NapeCore

/// One record of a file that is imported, or what is wrong with it.
struct ImportRow {
  /// Where in the file: `line 12`, `episodes[3]`.
  var place: String
  var item: Result<DiaryItem, Wrong>

  /// What is wrong, and what is allowed.
  struct Wrong: Error {
    let what: String
    /// Whether it is the way in which it was asked, and not the file.
    let isOfOption: Bool

    init(_ what: String) { (self.what, isOfOption) = (what, false) }

    init(ofOption what: String) { (self.what, isOfOption) = (what, true) }
  }

  init(_ place: String, _ read: () throws(Wrong) -> DiaryItem) {
    self.place = place
    do throws(Wrong) { item = .success(try read()) } catch { item = .failure(error) }
  }
}
