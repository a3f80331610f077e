import SQLite

/// The tables, as migrations by `user_version`. A migration that has been released is never changed.
///
/// Times ending in `utc_usec` are wall time; `offset_s` is what local clocks were ahead of UTC; `boottime_usec` is
/// CLOCK_BOOTTIME in the boot `boot_id`; other `_usec` are lengths. Spans follow each other by `number`, whatever the wall
/// clock did; their `id` is unique across machines.
enum Schema {
  static let migrations = [
    Migration(
      version: 1,
      sql: """
        CREATE TABLE span (
          number INTEGER PRIMARY KEY,
          id BLOB NOT NULL UNIQUE CHECK (length(id) = 16),
          kind TEXT NOT NULL,
          evidence TEXT NOT NULL,
          begin_utc_usec INTEGER NOT NULL,
          offset_s INTEGER NOT NULL,
          boot_id TEXT NOT NULL,
          boottime_usec INTEGER NOT NULL,
          length_usec INTEGER NOT NULL CHECK (length_usec > 0)
        ) STRICT;
        CREATE INDEX span_begin ON span (begin_utc_usec);

        CREATE TABLE prompt (
          id INTEGER PRIMARY KEY,
          kind TEXT NOT NULL,
          posted_utc_usec INTEGER NOT NULL,
          offset_s INTEGER NOT NULL,
          sat_usec INTEGER NOT NULL,
          outcome TEXT,
          ended_utc_usec INTEGER
        ) STRICT;

        CREATE TABLE clock_step (
          utc_usec INTEGER NOT NULL,
          step_usec INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE checkpoint (
          name TEXT PRIMARY KEY,
          value ANY NOT NULL
        ) STRICT, WITHOUT ROWID;
        """),
    // Days since 1970-01-01 on the local calendar; what is not there is unknown.
    Migration(
      version: 2,
      sql: """
        CREATE TABLE day (
          date INTEGER PRIMARY KEY,
          state TEXT NOT NULL,
          entered_utc_usec INTEGER NOT NULL
        ) STRICT;
        """),
    // Exercises. What is answered, set or begun anew is added, so that it is known what held when; the last one counts.
    Migration(
      version: 3,
      sql: """
        CREATE TABLE exercise_done (
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          exercise TEXT NOT NULL,
          level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 10),
          done_utc_usec INTEGER NOT NULL,
          offset_s INTEGER NOT NULL,
          prompt_id INTEGER,
          way TEXT NOT NULL,
          entered_utc_usec INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX exercise_done_when ON exercise_done (done_utc_usec);

        CREATE TABLE exercise_rating (
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          exercise TEXT NOT NULL,
          level INTEGER NOT NULL CHECK (level BETWEEN 1 AND 10),
          pain INTEGER NOT NULL CHECK (pain BETWEEN 0 AND 10),
          worse INTEGER NOT NULL CHECK (worse IN (0, 1)),
          rated_utc_usec INTEGER NOT NULL,
          offset_s INTEGER NOT NULL,
          way TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE first_use_answer (
          number INTEGER PRIMARY KEY,
          question TEXT NOT NULL,
          answer INTEGER NOT NULL CHECK (answer IN (0, 1)),
          answered_utc_usec INTEGER NOT NULL
        ) STRICT;

        -- Without a level: the programme's holds again.
        CREATE TABLE exercise_level (
          number INTEGER PRIMARY KEY,
          exercise TEXT NOT NULL,
          level INTEGER CHECK (level BETWEEN 1 AND 10),
          set_utc_usec INTEGER NOT NULL
        ) STRICT;

        -- Without a week: it is in force again, and goes on where it was.
        CREATE TABLE programme (
          number INTEGER PRIMARY KEY,
          name TEXT NOT NULL,
          week INTEGER CHECK (week BETWEEN 1 AND 52),
          since_utc_usec INTEGER NOT NULL,
          offset_s INTEGER NOT NULL
        ) STRICT;
        """),
  ]
}
