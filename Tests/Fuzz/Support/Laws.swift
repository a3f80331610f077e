import NapeCore
import NapeSimulation

/// What holds for the records of every trace, as LawTests shows for a few.
struct Laws {
  private var last: Microseconds = 0
  private var recorded: Microseconds = 0
  private var open: Record.Value?

  mutating func check(_ record: Record) {
    _ = (record.json(), record.text())
    if case .time(let t)? = record["t"] {
      precondition(t >= last, "told before what came before it")
      last = t
    }
    if record["span"] != nil, case .time(let from)? = record["from"], case .time(let to)? = record["to"] {
      precondition(from == recorded && to > from, "a gap or an overlap")
      recorded = to
    }
    if record["outcome"] != nil {
      precondition(open != nil && record["id"] == open, "an outcome of no open prompt")
      open = nil
    } else if record["prompt"] != nil {
      precondition(open == nil, "two prompts at a time")
      open = record["id"]
    }
    if record["summary"] != nil { precondition(open == nil && recorded == last, "something is left over") }
  }
}
