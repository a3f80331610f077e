import NapeCore
import NapeSimulation

/// What holds for the records of every trace; the laws of Tests/Laws ask for more.
struct Laws {
  private var last: Microseconds = 0
  private var recorded: Microseconds = 0
  private var open: Record.Value?

  mutating func check(_ record: Record) {
    if case .time(let t)? = record["t"] {
      require(t >= last, "told before what came before it")
      last = t
    }
    if record["span"] != nil, case .time(let from)? = record["from"], case .time(let to)? = record["to"] {
      require(from == recorded && to > from, "a gap or an overlap")
      recorded = to
    }
    if record["outcome"] != nil {
      require(open != nil && record["id"] == open, "an outcome of no open prompt")
      open = nil
    } else if record["prompt"] != nil {
      require(open == nil, "two prompts at a time")
      open = record["id"]
    }
    if record["summary"] != nil { require(open == nil && recorded == last, "something is left over") }
  }
}

/// Holds in an optimised build, too, and says what did not hold.
func require(_ condition: Bool, _ law: @autoclosure () -> String) {
  if !condition { fatalError(law()) }
}
