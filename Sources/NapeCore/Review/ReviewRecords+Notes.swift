extension ReviewRecords {
  /// The same without anything that was written freely: notes, and the names and doses of medicines. What class a medicine
  /// is of, and that there was a visit, stay.
  ///
  /// - Parameter programme: the one in force; by ``Programme/withoutNotes`` it is called what it is called here.
  public func withoutNotes(_ programme: Programme?) -> ReviewRecords {
    var records = self
    records.programmes = programmes.map { record in
      let name = record.name == programme?.identity ? programme?.withoutNotes.identity : nil
      return ProgrammeRecord(name: name ?? "another programme", week: record.week, since: record.since)
    }
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

extension ReviewTerms {
  /// The same without the words of a prescription.
  public var withoutNotes: ReviewTerms {
    var terms = self
    for own in programme?.own ?? [] { terms.exerciseNames[own.id] = nil }
    terms.programme = programme?.withoutNotes
    return terms
  }
}

extension Programme {
  /// The same without what who prescribed it has written, and without their name; a shipped one is as it is.
  public var withoutNotes: Programme {
    guard isPrescribed else { return self }
    var programme = self
    (programme.name, programme.by, programme.own) = ("prescribed programme", "a professional", [])
    for week in programme.weeks.indices {
      (programme.weeks[week].title, programme.weeks[week].goal) = ("", "")
      programme.weeks[week].home = programme.weeks[week].home.map(\.withoutNotes)
      programme.weeks[week].strength = programme.weeks[week].strength.map(\.withoutNotes)
      programme.weeks[week].desk = programme.weeks[week].desk.map { $0.map(\.withoutNotes) }
    }
    return programme
  }
}

extension Programme.Item {
  fileprivate var withoutNotes: Programme.Item {
    var item = self
    item.instruction = ""
    return item
  }
}
