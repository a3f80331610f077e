import Glibc

// laws [EVENTS [SEED]]: holds the laws of the ledger against so many generated events (a million, from seed 1). A timeline
// that breaks one is made small and printed as a trace.

let words = CommandLine.arguments.dropFirst().map { UInt64($0) }
guard words.count <= 2, words.allSatisfy({ $0 != nil }) else {
  print("usage: laws [EVENTS [SEED]]")
  exit(64)
}
let wanted = words.first.flatMap { $0 } ?? 1_000_000
let first = words.dropFirst().first.flatMap { $0 } ?? 1
guard let zones = Zones() else {
  print("laws: /usr/share/zoneinfo is missing; install tzdata")
  exit(1)
}

var events = 0
var seed = first
var broken: Set<String> = []
while events < wanted {
  let timeline = Timeline(seed: seed, events: 50 + Int(seed % 7) * 50)
  events += timeline.steps.count
  for law in Law.all where !broken.contains(law.name) {
    guard let what = law.broken(timeline, zones) else { continue }
    broken.insert(law.name)
    let small = Shrinker.shrink(timeline) { law.broken($0, zones) != nil }
    print("✘ \(law.name): seed \(seed): \(what)")
    print("  \(small.steps.count) of \(timeline.steps.count) steps do it: \(law.broken(small, zones) ?? "")")
    print(small.trace)
  }
  seed += 1
}
let timelines = seed - first
print("\(Law.all.count - broken.count) of \(Law.all.count) laws hold over \(events) events in \(timelines) timelines")
exit(broken.isEmpty ? 0 : 1)
