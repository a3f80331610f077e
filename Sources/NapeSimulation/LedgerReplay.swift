import NapeCore

/// One's own record, run through the rules for prompts with other settings: what would have been prompted.
///
/// The spans are taken as they are. Nobody answers, and nothing is known of what was typed meanwhile.
public struct LedgerReplay {
  /// What of the settings a replay may change: absences that were too short for the old limits were not recorded.
  public static let sections = ["prompts.", "sitting.", "hours.", "exercises."]

  private let spans: [Span]
  private let local: Zone
  private let settings: Settings
  private let wordings: Wordings
  private let exercises: [ExerciseSet]

  /// - Parameters:
  ///   - spans: in order.
  ///   - zone: the local one, used wherever the record does not say otherwise.
  ///   - exercises: what exercise prompts may ask for.
  public init(spans: [Span], zone: Zone, settings: Settings, wordings: Wordings, exercises: [ExerciseSet]) {
    (self.spans, self.local, self.settings, self.wordings) = (spans, zone, settings, wordings)
    self.exercises = exercises
  }

  /// - Parameter emit: takes each record as it comes; times count from the first span.
  public func run(_ emit: (Record) -> Void) {
    guard let first = spans.first else { return }
    var summary = Summary()
    var zone = zone(of: first)
    var driver = Driver(
      settings: settings, wordings: wordings, exercises: exercises, zone: zone, startWall: first.begin.wall)
    func tell() {
      for told in driver.takeTold() {
        // The zone's and the clock's changes are the record's, and are known.
        if case .clockStep = told.effect { continue }
        summary.count(told.effect)
        if let record = Record(told.effect, at: told.t, fractions: false) { emit(record) }
      }
    }
    var t: Microseconds = 0
    for span in spans {
      driver.advance(to: t)
      // Reboots and steps of the clock.
      let ahead = span.begin.wall - driver.now.wall
      if abs(ahead) >= .second { driver.stepClock(by: ahead) }
      let its = self.zone(of: span)
      if its != zone {
        zone = its
        driver.change(zone: zone)
      }
      driver.handle(.recorded(span.kind, span.evidence))
      tell()
      t += span.length
    }
    driver.advance(to: t)
    driver.end()
    tell()
    emit(Record(summary, at: t, fractions: false))
  }

  private func zone(of span: Span) -> Zone {
    let offset = span.begin.offsetSeconds
    return local.offset(atUTC: span.begin.wall / .second) == offset ? local : .fixed(offsetSeconds: offset)
  }
}
