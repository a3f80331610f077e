extension ReviewRecords {
  /// The same without anything that was written freely: notes, and the names and doses of medicines. What class a medicine
  /// is of, and that there was a visit, stay.
  public var withoutNotes: ReviewRecords {
    var records = self
    for place in records.diary.episodes.indices {
      records.diary.episodes[place].episode.fields[.note] = nil
      for medicine in records.diary.episodes[place].episode.medicines.indices {
        records.diary.episodes[place].episode.medicines[medicine].name = ""
        records.diary.episodes[place].episode.medicines[medicine].dose = nil
      }
    }
    records.diary.notes.removeAll { !$0.content.kind.isVisit }
    for place in records.diary.notes.indices { records.diary.notes[place].content.text = "" }
    return records
  }
}
