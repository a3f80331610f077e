import NapeStore

extension DiaryBook {
  /// Deletes a note, score or desk check that a person names, and says so.
  static func delete(_ name: String, from table: Store.NoteTable) throws {
    let book = try DiaryBook(writes: false)
    try book.write { (store) throws(DiaryError) in
      try store.delete(name, from: table, at: book.now.stamp, way: .commandLine)
    }
    print("Deleted.")
  }
}
