import Glibc
import NapeCore
import NapeSimulation

/// What became of a timeline.
struct Run {
  /// A span of the ledger, in seconds from the start.
  struct Span: Hashable {
    var kind: NapeCore.Span.Kind
    var evidence: Evidence
    var from: Microseconds
    var to: Microseconds
  }

  /// What the engine said of itself after a step; `nil` while the daemon was down.
  struct Reading {
    var t: Microseconds
    var kind: NapeCore.Span.Kind?
  }

  var spans: [Span] = []
  var bouts: [Bout] = []
  var readings: [Reading] = []
  var prompts: [(id: UInt64, outcome: Outcome?)] = []
  /// When it was over.
  var end: Microseconds = 0

  /// - Parameters:
  ///   - steps: how many steps are made; the timeline is over after the last, else it is cut off.
  ///   - prompts: whether any are enabled.
  init(_ timeline: Timeline, steps: Int = .max, prompts: Bool, zones: Zones) {
    var settings = Settings()
    settings.prompts.move.enabled = prompts
    settings.prompts.posture.enabled = prompts
    var driver = Driver(
      settings: settings, wordings: Wordings(), exercises: [ExerciseSet(exercises: ["E14"], text: "")],
      zone: zones[.berlin],
      startWall: .seconds(zones[.berlin].utc(local: Timeline.startLocal)))
    for step in timeline.steps.prefix(steps) {
      driver.advance(to: .seconds(step.t))
      note(driver.takeTold())
      switch step.what {
      case .event(let event): driver.handle(event)
      case .clock(let by): driver.stepClock(by: by)
      case .zone(let name): driver.change(zone: zones[name])
      case .presence(let limits):
        settings.presence.awayAfter = limits.awayAfter
        settings.presence.breakAfter = limits.breakAfter
        settings.presence.passiveLimit = limits.passiveLimit
        driver.change(settings: settings)
      case .restart(let length): driver.goDown(for: length)
      }
      note(driver.takeTold())
      readings.append(Reading(t: driver.t, kind: driver.status?.kind))
    }
    guard steps >= timeline.steps.count else { return }
    driver.advance(to: .seconds(timeline.end))
    driver.end()
    note(driver.takeTold())
    end = driver.t
  }

  private mutating func note(_ told: [Driver.Told]) {
    for told in told {
      switch told.effect {
      case .span(let span):
        spans.append(Span(kind: span.kind, evidence: span.evidence, from: span.begin.boot, to: span.end))
      case .bout(let bout): bouts.append(bout)
      case .post(let prompt): prompts.append((prompt.id, nil))
      case .outcome(let id, _, let outcome, _):
        if let index = prompts.lastIndex(where: { $0.id == id }), prompts[index].outcome == nil {
          prompts[index].outcome = outcome
        } else {
          prompts.append((id, outcome))
        }
      default: break
      }
    }
  }

  /// The spans without the cuts that clocks make.
  var uncut: [Span] {
    spans.reduce(into: []) { result, span in
      if let last = result.last, last.kind == span.kind, last.evidence == span.evidence, last.to == span.from {
        result[result.count - 1].to = span.to
      } else {
        result.append(span)
      }
    }
  }

  func total(_ kind: NapeCore.Span.Kind) -> Microseconds {
    spans.reduce(0) { $1.kind == kind ? $0 + $1.to - $1.from : $0 }
  }
}

/// The zones of the timelines, read once.
struct Zones: Sendable {
  private var zones: [Timeline.ZoneName: Zone] = [:]

  init?() {
    for name in Timeline.ZoneName.allCases {
      guard let file = fopen("/usr/share/zoneinfo/\(name.rawValue)", "r") else { return nil }
      defer { fclose(file) }
      var bytes = [UInt8](repeating: 0, count: 1 << 16)
      let count = fread(&bytes, 1, bytes.count, file)
      guard let zone = try? Zone(tzif: Array(bytes[..<count])) else { return nil }
      zones[name] = zone
    }
  }

  subscript(name: Timeline.ZoneName) -> Zone { zones[name] ?? .utc }
}
