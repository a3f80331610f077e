import NapeStore

extension DiaryBook {
  /// Deletes a note, score or desk check that a person names, and says so.
  static func delete(_ name: String, from table: Store.NoteTable) throws {
    try checkNameToDelete(name)
    let book = try DiaryBook(writes: false)
    try book.write { (store) throws(DiaryError) in
      try store.delete(name, from: table, at: book.now.stamp, way: .commandLine)
    }
    print("Deleted.")
  }

  /// A slip of the finger must not name an entry.
  ///
  /// - Throws: 64 for less than four digits of an id.
  static func checkNameToDelete(_ name: String) throws {
    guard name.utf8.count >= 4 else {
      throw Failure(
        "\(Failure.quoted(name)): at least the last 4 digits of an id are needed to delete", status: 64)
    }
  }
}
