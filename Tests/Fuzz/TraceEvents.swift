/// Traces without a mistake, so that the engine gets further than damaged text takes it: ten days at most. Two
/// bytes make a line: what happens, and when.
@_cdecl("LLVMFuzzerTestOneInput")
public func simulateEvents(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var rest = UnsafeBufferPointer(start: bytes, count: count)[...]
  var t = 0.0
  var lines = [#"{"trace": 1, "start": "2026-03-28T15:00:00", "zone": "Europe/Berlin"}"#]
  while t < 10 * 86400, let happening = rest.popFirst(), let step = rest.popFirst() {
    t += steps[Int(step) % steps.count]
    lines.append(#"{"t": \#(t), \#(happenings[Int(happening) % happenings.count])}"#)
  }
  simulate(lines.map(\.utf8), laws: Laws())
  return 0
}

/// Seconds; the engine's own times, and a little less or more.
private let steps: [Double] = [
  0, 0.000001, 0.5, 1, 4, 5, 20, 29, 30, 59, 60, 61, 119, 120, 121, 299, 300, 301, 599, 600, 1199, 1200, 1799, 1800,
  2999, 3000, 3001, 3600, 14400, 32400, 86400,
]

private let happenings = [
  #""input": "active""#, #""input": "idle""#, #""input": "once""#, #""session": "locked""#, #""session": "unlocked""#,
  #""session": "switched""#, #""session": "active""#, #""sleep": true"#, #""sleep": false"#, #""source": "lost""#,
  #""source": "ok""#, #""posture": "standing""#, #""posture": "sitting""#, #""respond": "going""#,
  #""respond": "done""#, #""respond": "snoozed""#, #""respond": "skipped""#, #""respond": "dismissed""#,
  #""command": "break""#, #""command": "pause""#, #""command": "pause", "for": "20min""#, #""command": "resume""#,
  #""command": "snooze""#, #""command": "snooze", "for": "1min""#, #""clock": -90"#, #""clock": 7200"#,
  #""clock": -86400"#, #""zone": "Asia/Tokyo""#, #""zone": "America/St_Johns""#, #""restart": 0"#, #""restart": 20"#,
  #""restart": 4000"#, #""config": {"prompts.move.after": "5min"}"#, #""config": {"prompts.move.after": "50min"}"#,
  #""config": {"prompts.posture.every": "5min"}"#, #""config": {"prompts.move.enabled": false}"#,
  #""config": {"presence.away_after": "1min", "presence.break_after": "1min"}"#,
  #""inhibited": true"#, #""inhibited": false"#, #""input": "typing""#,
  #""respond": "yes""#, #""answer": "mild""#, #""answer": "left""#, #""headache": {"ago": "30min"}"#,
  #""headache": {"at": "02:30", "intensity": 6}"#, #""headache": {"end": true}"#,
  #""headache": {"edit": true, "ago": "3h"}"#, #""headache": {"delete": true}"#,
]
