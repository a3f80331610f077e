import NapeCore

extension FHIRBundle {
  private static func whole(_ review: Review) -> FHIRObservation.When {
    .period(from: "\(review.terms.period.lowerBound)", to: "\(review.terms.period.upperBound)")
  }

  // MARK: Figures of the period

  var summary: [FHIRObservation] {
    let diary = review.diary
    var days = FHIRObservation(
      category: .survey, code: .own(.headacheDays), title: "Headache days",
      narrative: "Headache days \(diary.headacheDays) of \(diary.recordedDays) recorded days; \(diary.unknownDays) of "
        + "\(diary.days) days are not recorded (\(ReviewText.period(review.terms.period)))",
      when: Self.whole(review), value: .days(diary.headacheDays),
      components: [
        (.own(.confirmedDays), .days(diary.recordedDays)), (.own(.unknownDays), .days(diary.unknownDays)),
        (.own(.headaches), .count(diary.episodes, "headaches")),
      ])
    if diary.band == .calendar {
      days.narrative += ". Too few recorded days to summarise"
    } else {
      days.components.append((.own(.moderateDays), .days(diary.moderateDays)))
      if let peak = diary.peak {
        days.components.append(
          (.own(.medianPeak), .quantity(ReviewText.plain(peak.median), unit: "score", ucum: "{score}")))
      }
      if let duration = diary.duration { days.components.append((.own(.medianDuration), .hours(duration.median))) }
    }

    let medicine = review.medicine30
    let last = review.terms.period.upperBound
    let classes = Medicine.Class.allCases.filter { medicine.byClass[$0, default: 0] > 0 }
    let ofClasses = classes.map { "\($0.rawValue) \(medicine.byClass[$0, default: 0])" }
    let window = FHIRObservation.When.period(from: "\(last.adding(days: 1 - MedicineDays.window))", to: "\(last)")
    let medicineDays = FHIRObservation(
      category: .survey, code: .own(.medicineDays), title: "Days with acute medicine",
      narrative: "Acute medicine noted on \(medicine.total) of \(MedicineDays.window) days"
        + (ofClasses.isEmpty ? "" : ": \(ofClasses.joined(separator: ", "))"),
      when: window, value: .days(medicine.total))
    let byClass = classes.map { each in
      FHIRObservation(
        category: .survey, code: .own(.medicineDaysOfClass), title: "Days with acute medicine of a class",
        narrative:
          "Of the class \(each.rawValue): \(medicine.byClass[each, default: 0]) of \(MedicineDays.window) days",
        when: window, value: .days(medicine.byClass[each, default: 0]),
        components: [(.own(.medicineDaysOfClass), .code(.word(each.rawValue)))])
    }
    return [days, medicineDays] + byClass
  }

  var pattern: FHIRObservation {
    let desk = review.desk
    var components: [(FHIRCode, FHIRValue)] = [(.own(.deskDays), .days(desk.deskDays))]
    func add(_ concept: FHIRCodeSystem.Concept, _ value: FHIRValue?) {
      if let value { components.append((.own(concept), value)) }
    }
    add(.medianDeskTime, desk.deskHours.map { .hours($0.median) })
    add(
      .medianLongestBout,
      desk.longestBouts.map { .quantity(ReviewText.decimal($0.median, 0), unit: "min", ucum: "min") })
    add(.prolongedShare, desk.prolongedShare.map { .percent($0) })
    add(
      .breaksPerHour,
      desk.breaksPerDeskHour.map { .quantity(ReviewText.decimal($0, 1), unit: "/h", ucum: "/h") })
    add(.movePrompts, .count(desk.movePrompts, "prompts"))
    add(.movesTaken, .count(desk.movesTaken, "prompts"))
    if let coverage = desk.coverage { components.append((.coverage, .percent(coverage))) }
    return FHIRObservation(
      category: .activity, code: .own(.deskPattern), title: "Desk pattern of the period",
      narrative:
        "Desk used on \(desk.deskDays) days; of \(review.days.count) days, \(desk.daysWithoutRecord) are without "
        + "a record. Time at the computer is assumed to be sitting",
      when: Self.whole(review), components: components)
  }

  // MARK: Headaches

  static func episode(_ row: ReviewEpisode) -> FHIRObservation {
    let episode = row.episode
    let onset = episode.onset
    let from = onset.precision == .day ? "\(onset.at.date)" : onset.at.iso8601
    var components: [(FHIRCode, FHIRValue)] = []
    func add(_ code: FHIRCode, _ value: FHIRValue?) {
      if let value { components.append((code, value)) }
    }
    func flag(_ field: EpisodeField) -> FHIRValue? {
      if case .flag(let flag)? = episode.fields[field] { .flag(flag) } else { nil }
    }
    func word(_ field: EpisodeField) -> FHIRValue? {
      if case .word(let word)? = episode.fields[field] { .code(.word(word)) } else { nil }
    }
    add(.pain, episode.peak.map { .pain($0) })
    add(.own(.duration), episode.duration.map { .hours(Double($0) / Double(Microseconds.hour)) })
    add(.own(.onsetPrecision), .quantity("\(onset.precision.minutes)", unit: "min", ucum: "min"))
    add(.own(.knownEnd), (episode.end?.word).map { .code(.word($0.rawValue)) })
    add(.own(.side), word(.side))
    add(.own(.startPlace), word(.startPlace))
    add(.own(.quality), word(.quality))
    add(.own(.neck), flag(.neck))
    if case .words(let words)? = episode.fields[.neckProvoked] {
      for each in words.isEmpty ? ["none"] : words { add(.own(.neckProvoked), .code(.word(each))) }
    }
    add(.own(.worseWithActivity), flag(.worseWithActivity))
    add(.nausea, flag(.nausea))
    add(.photophobia, flag(.light))
    add(.phonophobia, flag(.sound))
    add(.own(.loggingDelay), .minutes(row.record.lag))
    return FHIRObservation(
      category: .survey, code: .headache, title: "Headache", narrative: narrative(episode),
      // What was there still at a time has not ended then.
      when: .period(from: from, to: episode.end?.over?.iso8601), issued: row.record.entered, value: .flag(true),
      components: components)
  }

  private static func narrative(_ episode: Episode) -> String {
    let onset = episode.onset
    var text = "Headache \(ReviewText.day(onset.at.date, withYear: true))"
    if onset.precision != .day { text += " \(onset.at.clock)" }
    if let over = episode.end?.over {
      text += " to \(over.date == onset.at.date ? "" : "\(ReviewText.day(over.date)) ")\(over.clock)"
    }
    if let peak = episode.peak { text += ", worst \(ReviewText.pain(peak)) of 10" }
    if let side = episode.fields[.side]?.text { text += ", side: \(side)" }
    if let note = episode.fields[.note]?.text { text += ". Note: \(note)" }
    return text
  }

  /// A day without headache, as the person said, or one of which nobody said anything; the others are their headaches'.
  static func day(_ day: ReviewDay) -> FHIRObservation? {
    let name = ReviewText.day(day.date, withYear: true)
    switch day.state {
    case .headache where !day.headaches.isEmpty: return nil
    case .headache:
      return FHIRObservation(
        category: .survey, code: .headache, title: "Headache on this day", narrative: "\(name): headache",
        when: .day(day.date), value: .flag(true))
    case .none:
      return FHIRObservation(
        category: .survey, code: .headache, title: "Headache on this day",
        narrative: "\(name): no headache, as the person said",
        when: .day(day.date), issued: day.confirmed, value: .flag(false))
    case .unknown:
      return FHIRObservation(
        category: .survey, code: .headache, title: "Headache on this day", narrative: "\(name): not recorded",
        when: .day(day.date))
    }
  }

  // MARK: Desk

  static func desk(_ day: ReviewDay) -> FHIRObservation? {
    guard let desk = day.desk, desk.isDeskDay else { return nil }
    var components: [(FHIRCode, FHIRValue)] = []
    if let coverage = desk.coverage { components.append((.coverage, .percent(coverage))) }
    if !desk.parts.isEmpty {
      components += [
        (.own(.boutsOf30), .count(desk.boutsOf30, "bouts")), (.own(.boutsOf60), .count(desk.boutsOf60, "bouts")),
      ]
    }
    components.append((.own(.longestBout), .minutes(desk.longestBout)))
    let known = desk.coverage.map { " (known for \(ReviewText.percent($0)) of the time of use)" } ?? ""
    return FHIRObservation(
      category: .activity, code: .own(.deskTime), title: FHIRCodeSystem.Concept.deskTime.display,
      narrative:
        "\(ReviewText.day(day.date, withYear: true)): \(ReviewText.minutes(desk.desk)) min at the desk\(known)",
      when: .period(from: "\(day.date)", to: "\(day.date)"), value: .minutes(desk.desk, ucum: "min/d"),
      components: components)
  }
}
