extension ReviewRecords {
  /// The same without anything that was written freely: notes, the names and doses of medicines, and what a programme that
  /// is a file calls itself and its movements. What class a medicine is of, and that there was a visit, stay.
  ///
  /// - Parameter terms: of their review.
  public func withoutNotes(_ terms: ReviewTerms, _ shipped: Shipped) -> (records: ReviewRecords, terms: ReviewTerms) {
    let ids = movementIDs(terms, shipped)
    let programme = terms.programme.map { shipped.holds($0) ? $0 : $0.withoutNotes(ids) }
    var records = self
    records.programmes = programmes.map { record in
      var name = "another programme"
      if let programme, record.name == terms.programme?.identity {
        name = programme.identity
      } else if shipped.programmes.contains(where: { $0.identity == record.name }) {
        name = record.name
      }
      return ProgrammeRecord(name: name, week: record.week, since: record.since)
    }
    records.exercises = exercises.map { entry in
      ExerciseEntry(
        exercise: ids[entry.exercise] ?? entry.exercise, level: entry.level, done: entry.done,
        offsetSeconds: entry.offsetSeconds, promptID: entry.promptID, way: entry.way)
    }
    records.ratings = ratings.map { rating in
      ExerciseRating(
        exercise: ids[rating.exercise] ?? rating.exercise, level: rating.level, day: rating.day, pain: rating.pain,
        worse: rating.worse)
    }
    records.settings = settings.map { setting in
      guard setting.key == "exercises.programme", !shipped.programmeSettings.contains(setting.value) else {
        return setting
      }
      return SettingRecord(key: setting.key, value: "a file", since: setting.since)
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

    var bare = terms
    bare.programme = programme
    bare.exerciseNames = terms.exerciseNames.filter { shipped.exercises[$0.key] == $0.value }
    bare.exerciseDoses = terms.exerciseDoses.filter { shipped.exercises[$0.key] != nil }
    return (records, bare)
  }

  /// What movements are called that nape does not come with: `own-1` and so on, in the order of their ids.
  private func movementIDs(_ terms: ReviewTerms, _ shipped: Shipped) -> [String: String] {
    let known = Set(exercises.map(\.exercise)).union(ratings.map(\.exercise))
      .union(terms.programme?.exercises ?? []).union(terms.exerciseNames.keys).union(terms.exerciseDoses.keys)
    let own = known.filter { shipped.exercises[$0] == nil }.sorted()
    return Dictionary(uniqueKeysWithValues: zip(own, (1...).lazy.map { "own-\($0)" }))
  }
}

extension Programme {
  /// The same without what who wrote it has written, and without their name.
  ///
  /// - Parameter ids: what movements are called in place of their ids.
  fileprivate func withoutNotes(_ ids: [String: String]) -> Programme {
    var programme = self
    (programme.name, programme.by) = isPrescribed ? ("prescribed programme", "a professional") : ("own programme", "")
    programme.own = []
    for week in programme.weeks.indices {
      (programme.weeks[week].title, programme.weeks[week].goal) = ("", "")
      programme.weeks[week].home = programme.weeks[week].home.map { $0.withoutNotes(ids) }
      programme.weeks[week].strength = programme.weeks[week].strength.map { $0.withoutNotes(ids) }
      programme.weeks[week].desk = programme.weeks[week].desk.map { $0.map { $0.withoutNotes(ids) } }
    }
    return programme
  }
}

extension Programme.Item {
  fileprivate func withoutNotes(_ ids: [String: String]) -> Programme.Item {
    var item = self
    item.exercise = ids[exercise] ?? exercise
    item.instruction = ""
    return item
  }
}
