import NapeCore

/// A made-up stretch of somebody's life with a desk.
struct Timeline {
  /// Something that happens, in a form that a trace can say too.
  enum Happening: Hashable {
    case event(Event)
    case clock(Microseconds)
    case zone(ZoneName)
    case presence(Limits)
    case typing(Bool)
    /// To the question of the diary that is shown.
    case answer(DiaryQuestion.Choice)
    case hours(HoursChoice)
    case restart(Microseconds)
  }

  enum ZoneName: String, CaseIterable {
    case berlin = "Europe/Berlin"
    case tokyo = "Asia/Tokyo"
    case kolkata = "Asia/Kolkata"
  }

  /// Working and quiet hours that come into force.
  enum HoursChoice: String, CaseIterable {
    case none, work, quietNight, quietLunch

    var hours: Settings.WorkingHours {
      var hours = Settings.WorkingHours()
      switch self {
      case .none: break
      case .work: hours.work = Hours([.init(days: [1, 2, 6, 7], start: 8 * 3600, end: 20 * 3600)])
      case .quietNight: hours.quiet = Hours([.init(start: 22 * 3600, end: 6 * 3600)])
      case .quietLunch: hours.quiet = Hours([.init(start: 12 * 3600, end: 16 * 3600 + 1800)])
      }
      return hours
    }

    /// Whether a prompt may be posted at a local time, in seconds since 1970-01-01T00:00:00 on that clock.
    func allows(_ local: Int64) -> Bool {
      let second = local % 86_400
      // 1970-01-01 was a Thursday.
      let weekday = (local / 86_400 + 3) % 7 + 1
      switch self {
      case .none: return true
      case .work: return [1, 2, 6, 7].contains(weekday) && (8 * 3600..<20 * 3600).contains(second)
      case .quietNight: return (6 * 3600..<22 * 3600).contains(second)
      case .quietLunch: return !(12 * 3600..<16 * 3600 + 1800).contains(second)
      }
    }
  }

  /// Settings of presence that change while the daemon runs.
  struct Limits: Hashable {
    var awayAfter: Microseconds
    var breakAfter: Microseconds
    var passiveLimit: Microseconds
  }

  struct Step: Hashable {
    /// Seconds from the start.
    var t: Int64
    var what: Happening
  }

  var steps: [Step]
  var end: Int64
  /// The night of the change to summer time lies in most of them.
  static let start = "2026-03-28T15:00:00"
  static let startLocal: Int64 = 1_774_710_000
}

extension Timeline {
  /// - Parameter events: how many things happen.
  init(seed: UInt64, events: Int) {
    var random = SplitMix(seed: seed)
    let isOrderly = random.oneIn(2)
    var t: Int64 = 0
    var asleep = false
    /// The last sign of input: what a source tells late lies after it.
    var lastInput: Int64 = 0
    steps = []
    for _ in 0..<events {
      t += Self.pause(isOrderly: isOrderly, &random)
      let what: Happening
      if asleep, random.oneIn(4) {
        // The world goes on while the machine sleeps.
        what = Self.ordinary(t, &random)
      } else if asleep {
        what = .event(.awake)
        asleep = false
      } else {
        what = isOrderly && !random.oneIn(4) ? Self.ordinary(t, &random) : Self.anything(t, &random)
        asleep = what == .event(.asleep)
      }
      let told = Self.late(what, at: t, after: lastInput, &random)
      switch told {
      case .event(.active), .event(.awake): lastInput = t
      case .event(.input(let at)), .event(.idle(let at)): lastInput = max(lastInput, at / .second)
      default: break
      }
      steps.append(Step(t: t, what: told))
    }
    end = t + 1000
    if asleep { steps.append(Step(t: end, what: .event(.awake))) }
  }

  /// Sources tell of silence when it has lasted for as long as they were asked for.
  private static func late(
    _ what: Happening, at t: Int64, after last: Int64, _ random: inout SplitMix
  ) -> Happening {
    let by: Int64 = random.pick([0, 0, 0, 1, 59, 119, 120, 121, 299, 300])
    guard case .event(.idle) = what else { return what }
    return .event(.idle(since: .seconds(max(last, t - by))))
  }

  private static func pause(isOrderly: Bool, _ random: inout SplitMix) -> Int64 {
    if random.oneIn(8) { return 0 }
    if random.oneIn(4) { return Int64(random.below(isOrderly ? 9000 : 4000)) }
    // Many things hang on seconds and on limits that are met exactly.
    if random.oneIn(3) { return random.pick([1, 2, 9, 10, 11, 60, 119, 120, 121, 299, 300, 301, 600]) }
    return Int64(random.below(200))
  }

  /// What a day at the desk is mostly made of.
  private static func ordinary(_ t: Int64, _ random: inout SplitMix) -> Happening {
    .event(
      random.pick([
        .active, .active, .idle(since: .seconds(t)), .idle(since: .seconds(t)), .input(at: .seconds(t)), .locked,
        .unlocked, .inhibited(true, since: .seconds(t)), .inhibited(false, since: .seconds(t)),
      ]))
  }

  private static func anything(_ t: Int64, _ random: inout SplitMix) -> Happening {
    switch random.below(54) {
    case 0..<3: .event(.active)
    case 3..<6: .event(.idle(since: .seconds(t)))
    case 6..<10: .event(.input(at: .seconds(t)))
    case 10..<12: .event(random.pick([.locked, .unlocked]))
    case 12..<14: .event(random.pick([.switched, .switchedBack]))
    case 14: .event(.asleep)
    case 15..<17: .event(random.pick([.sourceLost, .sourceFound]))
    case 17..<20: .event(.inhibited(random.oneIn(2), since: .seconds(t)))
    case 20..<23: .event(random.pick([.posture(.standing), .posture(.sitting)]))
    case 23..<25: .event(report(&random))
    case 25..<29:
      .event(.respond(id: nil, random.pick([.going, .snoozed, .skipped, .dismissed, .done, .none, .yes])))
    case 29..<31: .event(random.pick([.takeBreak, .snooze(nil)]))
    case 31..<33: .event(random.pick([.pause(.minutes(20)), .pause(nil), .resume]))
    case 33..<36: .clock(.seconds(random.pick([-90, 90, 7200, -86_400, 86_400, -1])))
    case 36: .zone(random.pick(ZoneName.allCases))
    case 37: .presence(limits(&random))
    case 38..<41: .typing(random.oneIn(2))
    case 41..<43: .event(.doNotDisturb(random.oneIn(2)))
    case 43..<45: .hours(random.pick(HoursChoice.allCases))
    case 45..<49: .event(.respond(id: nil, .yes))
    case 49..<51: .answer(random.pick(DiaryQuestion.Choice.allCases))
    case 51: .event(.detailCards([card(t, &random)]))
    case 52: .event(.warningSign(isOpen: random.oneIn(2)))
    default: .restart(.seconds(random.pick([0, 1, 20, 119, 300, 600, 4000])))
    }
  }

  private static func report(_ random: inout SplitMix) -> Event {
    let reporter = random.pick(["chair", "camera"])
    if random.oneIn(5) { return .reportWithdrawn(by: reporter) }
    return .report(by: reporter, random.pick(Report.State.allCases), validFor: random.pick([.minute, .minutes(20)]))
  }

  /// Of a headache of the last days by the clock of the start.
  private static func card(_ t: Int64, _ random: inout SplitMix) -> DetailCard {
    let wall = startLocal - 3600 + t - Int64(random.below(100_000))
    return DetailCard(
      episode: RecordID(high: random.next(), low: UInt64(t)),
      onset: Stamp(wall: .seconds(wall), offsetSeconds: 3600))
  }

  private static func limits(_ random: inout SplitMix) -> Limits {
    let breakAfter = random.pick([Microseconds.minute, .minutes(2), .minutes(4)])
    return Limits(
      awayAfter: random.pick([breakAfter, .minutes(5), .minutes(10)]), breakAfter: breakAfter,
      passiveLimit: random.pick([.minutes(3), .minutes(30), .minutes(60)]))
  }
}

extension Timeline {
  /// Without what some law leaves out.
  func without(_ isOut: (Step) -> Bool) -> Timeline {
    var result = self
    result.steps.removeAll(where: isOut)
    return result
  }

  /// As a trace for `nape simulate`. Reports stand there as lines that it refuses, since a trace has no word for them; what
  /// is told late is told at once there.
  var trace: String {
    var lines = ["{\"trace\": 1, \"start\": \"\(Self.start)\", \"zone\": \"Europe/Berlin\"}"]
    lines += steps.map { "{\"t\": \($0.t), \($0.what.member)}" }
    lines.append("{\"t\": \(end), \"end\": true}")
    return lines.joined(separator: "\n")
  }
}

extension Timeline.Happening {
  fileprivate var member: String {
    switch self {
    case .event(let event): Self.member(event)
    case .clock(let step): "\"clock\": \(step / .second)"
    case .zone(let name): "\"zone\": \"\(name.rawValue)\""
    case .presence(let limits):
      "\"config\": {\"presence.away_after\": \"\(limits.awayAfter / .second)s\", "
        + "\"presence.break_after\": \"\(limits.breakAfter / .second)s\", "
        + "\"presence.passive_limit\": \"\(limits.passiveLimit / .second)s\"}"
    case .typing(let isTyping): "\"input\": \"\(isTyping ? "typing" : "active")\""
    case .hours(let choice): "\"config\": {\(Self.member(choice))}"
    case .answer(let choice): "\"answer\": \"\(choice.rawValue)\""
    case .restart(let length): "\"restart\": \(length / .second)"
    }
  }

  private static func member(_ choice: Timeline.HoursChoice) -> String {
    let work = choice == .work ? "[\"Sat-Tue 08:00-20:00\"]" : "[]"
    let quiet = choice == .quietNight ? "[\"22:00-06:00\"]" : choice == .quietLunch ? "[\"12:00-16:30\"]" : "[]"
    return "\"hours.work\": \(work), \"hours.quiet\": \(quiet)"
  }

  private static func member(_ event: Event) -> String {
    switch event {
    case .active: "\"input\": \"active\""
    case .idle: "\"input\": \"idle\""
    case .input: "\"input\": \"once\""
    case .locked, .unlocked, .switched: "\"session\": \"\(event)\""
    case .switchedBack: "\"session\": \"active\""
    case .asleep: "\"sleep\": true"
    case .awake: "\"sleep\": false"
    case .sourceLost: "\"source\": \"lost\""
    case .sourceFound: "\"source\": \"ok\""
    case .inhibited(let held, _): "\"inhibited\": \(held)"
    case .doNotDisturb(let isOn): "\"dnd\": \(isOn)"
    case .posture(let posture): "\"posture\": \"\(posture.rawValue)\""
    case .respond(_, let answer): "\"respond\": \"\(answer.rawValue)\""
    case .takeBreak: "\"command\": \"break\""
    case .snooze: "\"command\": \"snooze\""
    case .pause(let length): "\"command\": \"pause\"" + (length.map { ", \"for\": \"\($0 / .second)s\"" } ?? "")
    case .resume: "\"command\": \"resume\""
    default: "\"\(event)\": true"
    }
  }
}
