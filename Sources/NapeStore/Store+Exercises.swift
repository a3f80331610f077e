import NapeCore
import SQLite

/// What was done, how it felt, what was answered, and which programme is in force.
extension Store {
  // MARK: Writing; each one transaction

  /// Adds what was done.
  ///
  /// - Parameter entered: UTC in µs, now.
  public func add(_ entries: [ExerciseEntry], entered: Microseconds) throws(StoreError) {
    try write { () throws(SQLiteError) in try insert(entries, entered: entered) }
  }

  /// Within a transaction.
  func insert(_ entries: [ExerciseEntry], entered: Microseconds) throws(SQLiteError) {
    guard !entries.isEmpty else { return }
    let statement = try database.prepare("INSERT INTO exercise_done VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
    for entry in entries {
      try statement.run(
        RecordID.make(utcMicroseconds: entered).bytes, entry.exercise, entry.level, entry.done, entry.offsetSeconds,
        entry.promptID.map { Int64(clamping: $0) }, entry.way.rawValue, entered)
    }
  }

  /// Adds how movements felt the next morning.
  ///
  /// - Parameters:
  ///   - at: UTC in µs, now.
  ///   - offsetSeconds: what local clocks are ahead of it.
  public func add(
    _ ratings: [ExerciseRating], at: Microseconds, offsetSeconds: Int, way: EntryWay
  ) throws(StoreError) {
    try write { () throws(SQLiteError) in
      let statement = try database.prepare("INSERT INTO exercise_rating VALUES (?, ?, ?, ?, ?, ?, ?, ?)")
      for rating in ratings {
        try statement.run(
          RecordID.make(utcMicroseconds: at).bytes, rating.exercise, rating.level, rating.pain, rating.worse, at,
          offsetSeconds, way.rawValue)
      }
    }
  }

  /// Adds answers to the first-use questions, and whether a professional has cleared the person.
  public func add(
    answers: [FirstUse.Question: Bool], isCleared: Bool?, at: Microseconds
  ) throws(StoreError) {
    try write { () throws(SQLiteError) in
      let statement = try database.prepare("INSERT INTO first_use_answer VALUES (NULL, ?, ?, ?)")
      for question in FirstUse.Question.allCases {
        guard let answer = answers[question] else { continue }
        try statement.run(question.rawValue, answer, at)
      }
      if let isCleared { try statement.run(Self.cleared, isCleared, at) }
    }
  }

  /// Stands among the questions; no question has this name.
  private static let cleared = "cleared"

  /// The person's own level of a movement; `nil` for the programme's.
  public func setLevel(of exercise: String, to level: Int?, at: Microseconds) throws(StoreError) {
    try write { () throws(SQLiteError) in
      try database.prepare("INSERT INTO exercise_level VALUES (NULL, ?, ?, ?)").run(exercise, level, at)
    }
  }

  /// A programme is in force: a new one begins, one that was in force before goes on where it was.
  public func noteProgramme(_ programme: Programme, at: Microseconds, offsetSeconds: Int) throws(StoreError) {
    guard try lastProgramme() != programme.identity else { return }
    try write { () throws(SQLiteError) in
      let isKnown = try !database.prepare("SELECT 1 FROM programme WHERE name = ? LIMIT 1")
        .query(programme.identity) { row throws(SQLiteError) in try row.int64(0) }.isEmpty
      try database.prepare("INSERT INTO programme VALUES (NULL, ?, ?, ?, ?)")
        .run(programme.identity, isKnown ? nil : 1, at, offsetSeconds)
    }
  }

  /// A week of the programme begins now, because the person says so.
  public func startWeek(
    _ week: Int, of programme: Programme, at: Microseconds, offsetSeconds: Int
  ) throws(StoreError) {
    try write { () throws(SQLiteError) in
      try database.prepare("INSERT INTO programme VALUES (NULL, ?, ?, ?, ?)")
        .run(programme.identity, week, at, offsetSeconds)
    }
  }

  // MARK: Reading

  /// All that today's exercises depend on.
  public func exerciseHistory(for programme: Programme) throws(StoreError) -> ExerciseHistory {
    try read { () throws(SQLiteError) in
      var history = ExerciseHistory()
      let start = try database.prepare(
        """
        SELECT week, since_utc_usec, offset_s FROM programme WHERE name = ? AND week IS NOT NULL
        ORDER BY number DESC LIMIT 1
        """
      ).first(programme.identity) { row throws(SQLiteError) in
        (week: Int(try row.int64(0)), since: try row.microseconds(1), offset: try row.offset(2))
      }
      if let start {
        let since = WallTime.date(utcMicroseconds: start.since, offsetSeconds: start.offset)
        history.start = ExerciseHistory.Start(week: start.week, since: since)
        // The local day may have begun up to 26 hours before the instant.
        history.days = try days(since: start.since - 26 * .hour)
      }
      history.firstUse = try firstUse()
      history.ratings = try exerciseRatings()
      // A level that was set while another programme was in force was set in place of that one's.
      let levels = try database.prepare(
        """
        SELECT exercise, level FROM exercise_level WHERE coalesce((
          SELECT name FROM programme WHERE since_utc_usec <= set_utc_usec ORDER BY programme.number DESC LIMIT 1
        ), ?1) = ?1 ORDER BY number
        """
      ).query(programme.identity) { row throws(SQLiteError) in (try row.string(0), try row.int64OrNil(1)) }
      for (exercise, level) in levels { history.levels[exercise] = level.map { Int($0) } }
      return history
    }
  }

  /// The last answer to each question, and whether a clearance came after the last yes among them.
  private func firstUse() throws(SQLiteError) -> FirstUse {
    let rows = try database.prepare(
      "SELECT question, answer, answered_utc_usec FROM first_use_answer ORDER BY number"
    ).query { row throws(SQLiteError) in
      (name: try row.string(0), answer: try row.bool(1), answered: try row.int64(2))
    }
    var firstUse = FirstUse()
    var yes: [FirstUse.Question: (place: Int, day: LocalDate)] = [:]
    var clearedAt: Int?
    for (place, row) in rows.enumerated() {
      if row.name == Self.cleared { clearedAt = row.answer ? place : nil }
      guard let question = FirstUse.Question(rawValue: row.name) else { continue }
      firstUse.answers[question] = row.answer
      let day = WallTime.date(utcMicroseconds: row.answered, offsetSeconds: 0)
      yes[question] = row.answer ? (place, day) : nil
    }
    firstUse.lastYes = yes.values.map(\.day).max()
    firstUse.isCleared = clearedAt.map { cleared in yes.values.allSatisfy { $0.place < cleared } } ?? false
    return firstUse
  }

  private func days(since: Microseconds) throws(SQLiteError) -> [ExerciseProgress.Day] {
    let rows = try database.prepare(
      """
      SELECT CAST((done_utc_usec + offset_s * 1000000) / 86400000000 AS INTEGER) AS day, exercise, count(*)
      FROM exercise_done
      WHERE done_utc_usec >= ? GROUP BY day, exercise ORDER BY day
      """
    ).query(since) { row throws(SQLiteError) in
      (date: try Self.date(row, 0), exercise: try row.string(1), count: Int(clamping: try row.int64(2)))
    }
    var days: [ExerciseProgress.Day] = []
    for row in rows {
      if days.last?.date != row.date { days.append(ExerciseProgress.Day(date: row.date, done: [:])) }
      days[days.count - 1].done[row.exercise] = row.count
    }
    return days
  }

  /// What was done in a stretch of wall time, in order.
  public func exercises(from: Microseconds = .min, to: Microseconds = .max) throws(StoreError) -> [ExerciseEntry] {
    try read { () throws(SQLiteError) in try exerciseEntries(from: from, to: to) }
  }

  func exerciseEntries(from: Microseconds, to: Microseconds) throws(SQLiteError) -> [ExerciseEntry] {
    try database.prepare(
      """
      SELECT exercise, level, done_utc_usec, offset_s, prompt_id, way FROM exercise_done
      WHERE done_utc_usec >= ? AND done_utc_usec < ? ORDER BY done_utc_usec, id
      """
    ).query(from, to) { row throws(SQLiteError) in
      ExerciseEntry(
        exercise: try row.string(0), level: Int(try row.int64(1)), done: try row.microseconds(2),
        offsetSeconds: try row.offset(3), promptID: try row.int64OrNil(4).map { UInt64(clamping: $0) },
        way: EntryWay(rawValue: try row.string(5)) ?? .dbus)
    }
  }

  /// The answers that were given in a stretch of wall time, in order.
  func exerciseRatings(
    from: Microseconds = .min, to: Microseconds = .max
  ) throws(SQLiteError) -> [ExerciseRating] {
    try database.prepare(
      """
      SELECT exercise, level, rated_utc_usec, offset_s, pain, worse FROM exercise_rating
      WHERE rated_utc_usec >= ? AND rated_utc_usec < ? ORDER BY rated_utc_usec, id
      """
    ).query(from, to) { row throws(SQLiteError) in
      let day = WallTime.date(utcMicroseconds: try row.int64(2), offsetSeconds: Int(clamping: try row.int64(3)))
      return ExerciseRating(
        exercise: try row.string(0), level: Int(try row.int64(1)), day: day, pain: Int(try row.int64(4)),
        worse: try row.bool(5))
    }
  }

  /// Since when which programmes are in force, in order.
  func programmeRecords() throws(SQLiteError) -> [ProgrammeRecord] {
    try database.prepare("SELECT name, week, since_utc_usec, offset_s FROM programme ORDER BY number").query {
      row throws(SQLiteError) in
      ProgrammeRecord(
        name: try row.string(0), week: try row.int64OrNil(1).map { Int($0) },
        since: Stamp(wall: try row.microseconds(2), offsetSeconds: try row.offset(3)))
    }
  }

  /// When a movement was done last: UTC in µs; `nil` for never.
  public func lastExercise() throws(StoreError) -> Microseconds? {
    try read { () throws(SQLiteError) in
      try database.prepare("SELECT max(done_utc_usec) FROM exercise_done").first { row throws(SQLiteError) in
        try row.microsecondsOrNil(0)
      } ?? nil
    }
  }

  /// The identity of the programme that was in force last.
  public func lastProgramme() throws(StoreError) -> String? {
    try read { () throws(SQLiteError) in
      try database.prepare("SELECT name FROM programme ORDER BY number DESC LIMIT 1").first { row throws(SQLiteError) in
        try row.string(0)
      }
    }
  }

  private func write(_ body: () throws(SQLiteError) -> Void) throws(StoreError) {
    do throws(SQLiteError) { try database.transaction(body) } catch { throw .database(error) }
  }

  private func read<Result>(_ body: () throws(SQLiteError) -> Result) throws(StoreError) -> Result {
    do throws(SQLiteError) { return try body() } catch { throw .database(error) }
  }
}
