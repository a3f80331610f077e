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
    // The diary. What nobody answered has no row. What is deleted is gone; that it was there, and when it went, is kept.
    Migration(
      version: 4,
      sql: """
        CREATE TABLE episode (
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          onset_utc_usec INTEGER NOT NULL,
          onset_offset_s INTEGER NOT NULL,
          onset_precision TEXT NOT NULL,
          end_word TEXT,
          end_utc_usec INTEGER,
          end_offset_s INTEGER,
          entered_utc_usec INTEGER NOT NULL,
          entered_offset_s INTEGER NOT NULL,
          way TEXT NOT NULL,
          edited_utc_usec INTEGER,
          edited_offset_s INTEGER,
          -- Whether its one card has been shown.
          card_shown INTEGER NOT NULL DEFAULT 0 CHECK (card_shown IN (0, 1))
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX episode_onset ON episode (onset_utc_usec);

        CREATE TABLE episode_field (
          episode BLOB NOT NULL REFERENCES episode ON DELETE CASCADE,
          name TEXT NOT NULL,
          value TEXT NOT NULL,
          PRIMARY KEY (episode, name)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE medicine (
          episode BLOB NOT NULL REFERENCES episode ON DELETE CASCADE,
          number INTEGER NOT NULL,
          taken_utc_usec INTEGER NOT NULL,
          offset_s INTEGER NOT NULL,
          name TEXT NOT NULL,
          class TEXT NOT NULL,
          dose TEXT,
          helped TEXT,
          PRIMARY KEY (episode, number)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE desk_context (
          episode BLOB PRIMARY KEY REFERENCES episode ON DELETE CASCADE,
          sitting_60_usec INTEGER NOT NULL, known_60_usec INTEGER NOT NULL,
          sitting_120_usec INTEGER NOT NULL, known_120_usec INTEGER NOT NULL,
          sitting_240_usec INTEGER NOT NULL, known_240_usec INTEGER NOT NULL,
          bout_usec INTEGER,
          since_break_usec INTEGER,
          longest_bout_120_usec INTEGER NOT NULL,
          ignored_prompts INTEGER NOT NULL,
          part_of_day TEXT NOT NULL,
          complete INTEGER NOT NULL CHECK (complete IN (0, 1))
        ) STRICT, WITHOUT ROWID;

        -- Who changed what: a row a field, and one with the field "deleted" for a record that is gone.
        CREATE TABLE diary_change (
          number INTEGER PRIMARY KEY,
          record BLOB NOT NULL,
          field TEXT NOT NULL,
          old TEXT,
          new TEXT,
          utc_usec INTEGER NOT NULL,
          offset_s INTEGER NOT NULL,
          way TEXT NOT NULL
        ) STRICT;
        CREATE INDEX diary_change_record ON diary_change (record);

        ALTER TABLE day ADD COLUMN offset_s INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE day ADD COLUMN way TEXT NOT NULL DEFAULT 'notification';
        -- What bore on a day, as a list of words or `none`; no row where nobody was asked.
        CREATE TABLE day_factors (
          date INTEGER PRIMARY KEY,
          factors TEXT NOT NULL,
          entered_utc_usec INTEGER NOT NULL,
          offset_s INTEGER NOT NULL,
          way TEXT NOT NULL
        ) STRICT;

        -- What was said of a day before, and what instead; nothing where it was taken back, by the person or by a headache.
        CREATE TABLE day_change (
          number INTEGER PRIMARY KEY,
          date INTEGER NOT NULL,
          old TEXT NOT NULL,
          new TEXT,
          utc_usec INTEGER NOT NULL,
          offset_s INTEGER NOT NULL,
          way TEXT NOT NULL
        ) STRICT;
        CREATE INDEX day_change_date ON day_change (date);

        CREATE TABLE note (
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          kind TEXT NOT NULL,
          date INTEGER NOT NULL,
          text TEXT NOT NULL,
          entered_utc_usec INTEGER NOT NULL,
          entered_offset_s INTEGER NOT NULL,
          way TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE score (
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          instrument TEXT NOT NULL,
          total INTEGER NOT NULL,
          date INTEGER NOT NULL,
          entered_utc_usec INTEGER NOT NULL,
          entered_offset_s INTEGER NOT NULL,
          way TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE desk_check (
          id BLOB NOT NULL CHECK (length(id) = 16),
          date INTEGER NOT NULL,
          question TEXT NOT NULL,
          answer TEXT NOT NULL,
          entered_utc_usec INTEGER NOT NULL,
          entered_offset_s INTEGER NOT NULL,
          way TEXT NOT NULL,
          PRIMARY KEY (id, question)
        ) STRICT, WITHOUT ROWID;

        -- The signs themselves only where the person wants them on the report.
        CREATE TABLE warning_report (
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          level TEXT NOT NULL,
          signs TEXT,
          opened_utc_usec INTEGER NOT NULL,
          opened_offset_s INTEGER NOT NULL,
          closed_utc_usec INTEGER,
          closed_offset_s INTEGER,
          way TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- What the person has read and confirmed, such as the page of warning signs at the first use.
        CREATE TABLE acknowledgement (
          what TEXT PRIMARY KEY,
          utc_usec INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Days that were erased while a daemon may have been running, for it to forget them too; it takes the row away.
        CREATE TABLE erasure (
          number INTEGER PRIMARY KEY,
          -- Without them: everything.
          first INTEGER,
          last INTEGER,
          diary_only INTEGER NOT NULL CHECK (diary_only IN (0, 1))
        ) STRICT;

        -- Days whose spans are kept no longer (store.keep): their totals.
        CREATE TABLE day_total (
          date INTEGER PRIMARY KEY,
          sitting_usec INTEGER NOT NULL,
          standing_usec INTEGER NOT NULL,
          away_usec INTEGER NOT NULL,
          unknown_usec INTEGER NOT NULL,
          bouts INTEGER NOT NULL,
          longest_bout_usec INTEGER NOT NULL,
          breaks INTEGER NOT NULL
        ) STRICT;
        """),
    // What is changed is added, so that it is known what held when; of each key the last one counts.
    Migration(
      version: 5,
      sql: """
        CREATE TABLE setting (
          number INTEGER PRIMARY KEY,
          key TEXT NOT NULL,
          value TEXT NOT NULL,
          since_utc_usec INTEGER NOT NULL,
          offset_s INTEGER NOT NULL
        ) STRICT;
        """),
    // Trials of a break interval: the seed gives the order of the weeks. Days since 1970-01-01.
    Migration(
      version: 6,
      sql: """
        CREATE TABLE trial (
          id BLOB PRIMARY KEY CHECK (length(id) = 16),
          seed INTEGER NOT NULL,
          start INTEGER NOT NULL,
          pairs INTEGER NOT NULL,
          present_usec INTEGER NOT NULL,
          shorter_usec INTEGER NOT NULL,
          planned_utc_usec INTEGER NOT NULL,
          planned_offset_s INTEGER NOT NULL,
          stopped_utc_usec INTEGER,
          stopped_offset_s INTEGER
        ) STRICT, WITHOUT ROWID;
        """),
  ]
}
