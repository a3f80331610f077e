import NapeCore

/// One record of a file that is imported, or what is wrong with it.
struct ImportRow {
  /// Where in the file: `line 12`, `episodes[3]`.
  var place: String
  var item: Result<DiaryItem, Wrong>

  /// What is wrong, and what is allowed.
  struct Wrong: Error {
    let what: String

    init(_ what: String) { self.what = what }
  }

  init(_ place: String, _ read: () throws(Wrong) -> DiaryItem) {
    self.place = place
    do throws(Wrong) { item = .success(try read()) } catch { item = .failure(error) }
  }
}
