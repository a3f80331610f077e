/// Makes a timeline that breaks a law smaller, for as long as it still breaks it.
enum Shrinker {
  static func shrink(_ timeline: Timeline, _ isBroken: (Timeline) -> Bool) -> Timeline {
    var best = timeline
    var size = best.steps.count / 2
    while size > 0 {
      var start = 0
      while start < best.steps.count {
        var smaller = best
        smaller.steps.removeSubrange(start..<min(start + size, best.steps.count))
        if isBroken(smaller) { best = smaller } else { start += size }
      }
      size /= 2
    }
    if let last = best.steps.last {
      var shorter = best
      shorter.end = last.t + 1000
      if isBroken(shorter) { best = shorter }
    }
    return best
  }
}
