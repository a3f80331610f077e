import NapeSimulation
import Testing

/// What a trace must not hold ends the run with the place, what is wrong, and what is allowed.
@Suite struct TraceErrorTests {
  static let header = #"{"trace": 1, "start": "2026-03-02T09:00:00", "zone": "Europe/Berlin"}"#
  private static let when = "ago is no length of time, at no time of the day, or both are there"
  private static let several = "headache has several of end, edit and delete, or one that is not true"

  @Test(
    arguments: [
      (#"{"t": 0, "input": "asleep"}"#, "input has an unknown value"),
      (#"{"t": 0, "inptu": "idle"}"#, #"unknown key "inptu""#),
      (#"{"t": 0, "input": "idle", "sleep": true}"#, "2 events on one line"),
      (#"{"t": 0}"#, "0 events on one line"),
      (#"{"input": "idle"}"#, "t is missing or no time"),
      (#"{"t": -1, "input": "idle"}"#, "t is missing or no time"),
      (#"{"t": 1e300, "input": "idle"}"#, "t is missing or no time"),
      (#"{"t": "0", "input": "idle"}"#, "t is missing or no time"),
      (#"{"t": 0, "sleep": 1}"#, "sleep has an unknown value"),
      (#"{"t": 0, "clock": "noon"}"#, "clock is no number of seconds, or steps too far"),
      (#"{"t": 0, "zone": "Europe/Atlantis"}"#, #"there is no zone "Europe/Atlantis""#),
      (#"{"t": 0, "zone": "../../etc/passwd"}"#, #"there is no zone "../../etc/passwd""#),
      (#"{"t": 0, "command": "pause", "for": "soon"}"#, #""for" is no length of time"#),
      (#"{"t": 0, "command": "resume", "for": "5min"}"#, #""for" with resume"#),
      (#"{"t": 0, "input": "idle", "for": "5min"}"#, #""for" without a command"#),
      (#"{"t": 0, "config": {"prompts.mvoe.after": "5min"}}"#, "there is no key prompts.mvoe.after"),
      (#"{"t": 0, "restart": -1}"#, "restart is no number of seconds"),
      (#"{"t": 0, "end": false}"#, "end is not true"),
      (#"{"t": 0, "headache": true}"#, "headache has an unknown key or is no object"),
      (#"{"t": 0, "headache": {"strength": 6}}"#, "headache has an unknown key or is no object"),
      (#"{"t": 0, "headache": {"intensity": 11}}"#, "intensity has an unknown value"),
      (#"{"t": 0, "headache": {"intensity": 5.5}}"#, "intensity has an unknown value"),
      (#"{"t": 0, "headache": {"intensity": -1}}"#, "intensity has an unknown value"),
      (#"{"t": 0, "headache": {"side": "top"}}"#, "side has an unknown value"),
      (#"{"t": 0, "headache": {"neck": null}}"#, "neck has an unknown value"),
      (#"{"t": 0, "headache": {"ago": 30}}"#, Self.when),
      (#"{"t": 0, "headache": {"ago": "soon"}}"#, Self.when),
      (#"{"t": 0, "headache": {"at": "24:00"}}"#, Self.when),
      (#"{"t": 0, "headache": {"ago": "5min", "at": "09:00"}}"#, Self.when),
      (#"{"t": 0, "headache": {"end": true, "delete": true}}"#, Self.several),
      (#"{"t": 0, "headache": {"edit": false}}"#, Self.several),
      (#"{"t": 0, "headache": {"end": true, "intensity": 4}}"#, "headache has more than end takes"),
      (#"{"t": 0, "headache": {"delete": true, "ago": "5min"}}"#, "headache has more than delete takes"),
      (#"{"t": 0, "answer": "weak"}"#, "answer has an unknown value"),
      (#"[1, 2]"#, "not a JSON object"),
      (#"{"t": 0,"#, "not a JSON object"),
    ])
  func saysWhereAndWhat(line: String, what: String) throws {
    let error = #expect(throws: TraceError.self) { try Run.records(of: Self.header + "\n\n" + line) }
    #expect(error?.line == 3)
    #expect(error?.what == what)
    #expect(error?.description.hasPrefix("trace.jsonl:3: \(what): ") == true)
    #expect(error?.allowed.isEmpty == false)
  }

  @Test func timeNeverGoesBack() {
    let lines = "\n" + #"{"t": 5, "input": "idle"}"# + "\n" + #"{"t": 4, "input": "idle"}"#
    let error = #expect(throws: TraceError.self) { try Run.records(of: Self.header + lines) }
    #expect(error?.what == "t goes back")
  }

  @Test(
    arguments: [
      "", "\n\n", #"{"trace": 2, "start": "2026-03-02T09:00:00", "zone": "UTC"}"#,
      #"{"trace": 1, "start": "yesterday", "zone": "UTC"}"#, #"{"trace": 1, "start": "2026-03-02T09:00:00"}"#,
      #"{"trace": 1, "start": "2026-03-02T09:00:00", "zone": "UTC", "by": "me"}"#,
    ])
  func theHeaderIsChecked(header: String) {
    #expect(throws: TraceError.self) { try Run.records(of: header) }
  }

  @Test func nothingComesAfterTheEnd() {
    let lines = "\n" + #"{"t": 5, "end": true}"# + "\n" + #"{"t": 6, "input": "idle"}"#
    let error = #expect(throws: TraceError.self) { try Run.records(of: Self.header + lines) }
    #expect(error?.what == "a line after the end")
  }
}
