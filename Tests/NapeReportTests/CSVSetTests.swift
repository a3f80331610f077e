import NapeCore
import Testing

@testable import NapeReport

@Suite("Tables")
struct CSVSetTests {
  private let set = CSVSet(Juniper.review)

  private func table(_ name: String) throws -> CSVSheet { try #require(set.tables.first { $0.name == name }) }

  /// `clinical.md` §6.3, word for word.
  @Test(
    arguments: [
      (
        "days",
        "date,weekday,state,confirmed_at,confirm_lag_h,headache_count,peak_nrs,acute_med_any,acute_med_10day_class,desk_minutes,"
          + "desk_known_pct,bouts,longest_bout_min,bouts_ge30,bouts_ge60,min_in_ge60,breaks_ge2,breaks_ge5,prompts_move,"
          + "prompts_followed,exercise_sets"
      ),
      (
        "headaches",
        "episode_id,onset,onset_precision_min,end,end_known,duration_min,peak_nrs,onset_nrs,side,start_place,quality,neck_with,"
          + "neck_provoked,worse_activity,nausea,vomiting,light,sound,aura,eased_by_move,activity_effect,woke_with,"
          + "at_desk_onset,desk_min_prev_60,desk_min_prev_120,desk_min_prev_240,longest_bout_prev_120,entered_at,entry_lag_min,"
          + "recalled,note"
      ),
      ("medicines", "episode_id,time,name_as_written,class,dose_text,helped_2h"),
      ("bouts", "start,end,minutes,kind,end_reason"),
      ("exercises", "date_time,exercise_id,level,sets,reps,hold_s,done,next_day_light"),
      ("scores", "date,instrument,total,entered_by"),
      ("dictionary", "table,column,type,unit,meaning,allowed"),
    ])
  func columns(_ name: String, _ expected: String) throws {
    let table = name == "dictionary" ? set.dictionary : try table(name)
    #expect(table.columns.map(\.name).joined(separator: ",") == expected)
  }

  @Test("the dictionary describes each column of each table once, in order")
  func dictionary() {
    let described = set.dictionary.rows.map { [$0[0].written, $0[1].written] }
    let there = (set.tables + [set.dictionary]).flatMap { table in table.columns.map { [table.name, $0.name] } }
    #expect(described == there)
    #expect(set.dictionary.rows.allSatisfy { !$0[2].written.isEmpty && !$0[4].written.isEmpty })
  }

  @Test("the files are those that an export may replace")
  func names() { #expect(set.files.map(\.name) == CSVSet.fileNames) }

  @Test("28 days: 7 with a headache, 17 without, 4 unknown; what is not known is empty")
  func days() throws {
    let rows = try table("days").rows
    let states = rows.map { $0[2].written }
    #expect(rows.count == 28)
    #expect(states.count { $0 == "H" } == Juniper.review.diary.headacheDays)
    #expect(states.count { $0 == "N" } == Juniper.review.diary.noneDays)
    #expect(states.count { $0 == "U" } == 4)
    let silent = try #require(rows.first { $0[0].written == "2026-09-12" })
    #expect(silent[2...4].map(\.written) == ["U", "", ""])
    #expect(silent[5].written == "")
    let confirmed = try #require(rows.first { $0[0].written == "2026-09-07" })
    #expect(confirmed[3].written == "2026-09-07T17:30:00-07:00")
    #expect(confirmed[4].written == "-6.5")
  }

  @Test("a headache that is not over has no end; one whose end is known has its length")
  func headaches() throws {
    let table = try table("headaches")
    func cell(_ row: Int, _ column: String) throws -> String {
      table.rows[row][try #require(table.columns.firstIndex { $0.name == column })].written
    }
    #expect(table.rows.count == 7)
    #expect(try cell(0, "duration_min") == "270")
    #expect(try cell(0, "onset") == "2026-09-09T14:40:00-07:00")
    #expect(try cell(1, "end_known") == "asleep")
    #expect(try cell(1, "neck_provoked") == "none")
    #expect(try cell(4, "end") == "")
    #expect(try cell(4, "duration_min") == "")
    #expect(try cell(4, "nausea") == "")
    #expect(try cell(4, "note") == "\"'=SUM(A1) said \"\"it\"\"; Übung,\nnew line\"")
  }

  @Test(
    arguments: [
      ("plain", "plain"), ("a,b", "\"a,b\""), ("a\"b", "\"a\"\"b\""), ("=1+1", "'=1+1"), ("+49", "'+49"), ("-3", "'-3"),
      ("@x", "'@x"), ("\tx", "\"'\tx\""), ("\rx", "\"'\rx\""), ("a\nb", "\"a\nb\""), (" x", "\" x\""),
      // A quote with an accent is one character and two scalars.
      ("a \"\u{301},x", "\"a \"\"\u{301},x\""), ("ok;=1", "\"ok;'=1\""), ("a\n=1", "\"a\n'=1\""),
    ])
  func text(_ text: String, _ written: String) { #expect(CSVCell.text(text).written == written) }

  @Test("numbers are no text, and a range of pain is no day in June")
  func numbers() {
    #expect(CSVCell.number("-3").written == "-3")
    #expect(CSVCell.pain(4...6).written == "4 to 6")
    #expect(CSVCell.pain(5...5).written == "5")
    #expect(CSVCell.pain(nil).written == "")
  }

  @Test("each file is UTF-8 with a byte order mark, and its lines end with CR LF")
  func bytes() throws {
    let bytes = Array(try table("scores").text.utf8)
    #expect(bytes.starts(with: [0xef, 0xbb, 0xbf]))
    #expect(
      try table("scores").text.dropFirst() == "date,instrument,total,entered_by\r\n2026-09-22,hit-6,58,command-line\r\n"
    )
  }

  @Test("without notes there are neither notes nor names, but classes and visits")
  func withoutNotes() throws {
    let review = Review(
      Juniper.records().withoutNotes(Juniper.terms(), Shipped(exercises: [:], programmes: [], programmeSettings: []))
        .records, Juniper.terms())
    let texts = CSVSet(review).files.map(\.text) + [FHIRBundle(review).json]
    for text in texts {
      for word in ["ibuprofen", "sumatriptan", "400 mg", "SUM(A1)", "wall head", "laptop", "desk, or first"] {
        #expect(!text.contains(word))
      }
    }
    #expect(review.medicine30 == Juniper.review.medicine30)
    #expect(review.visits.map(\.kind) == [.physiotherapy])
  }
}
