import JSON
import NapeCore

/// The figures of a review, each beside its denominator. What there is too little for is left out.
extension ReviewDocument {
  static func figures(_ review: Review) -> String {
    let members: [(String, String)] = [
      ("diary", json(review.diary)),
      ("before", review.before.map(json) ?? "null"),
      ("medicine_30", json(review.medicine30)),
      ("onsets", json(review.onsets)),
      ("features", JSONText.object(review.features.map { ($0.kind.rawValue, json($0)) })),
      ("desk", json(review.desk)),
      ("bouts", review.pattern.map(json) ?? "null"),
      ("exercises", json(review.exercises)),
      ("settings", json(review.settings)),
      ("entry_lags", json(review.lags)),
      ("missing", JSONText.array(review.missing.map(json))),
      ("association", JSONText.array(review.association.parts.map(json))),
      (
        "trials",
        JSONText.array(
          review.trials.map { trial in
            JSONText.object(
              [("id", JSONText.quoted(trial.record.id.description))] + TrialDocument.members(trial.result))
          })
      ),
      ("days", "[\n\(review.days.map(json).joined(separator: ",\n"))]"),
    ]
    return "{" + members.map { "\(JSONText.quoted($0)): \($1)" }.joined(separator: ",\n") + "}"
  }

  private static func json(_ range: ClosedRange<Int>) -> String {
    JSONText.array(["\(range.lowerBound)", "\(range.upperBound)"])
  }

  // MARK: The diary

  private static func json(_ before: Review.Before) -> String {
    var object = JSONObject()
    object.add("from", text: before.period.lowerBound.description)
    object.add("to", text: before.period.upperBound.description)
    object.add("diary", json(before.diary))
    return object.json
  }

  private static func json(_ diary: DiaryFigures) -> String {
    var object = JSONObject()
    object.add("days", number: diary.days)
    object.add("recorded_days", number: diary.recordedDays)
    object.add("headache_days", number: diary.headacheDays)
    object.add("none_days", number: diary.noneDays)
    object.add("unknown_days", number: diary.unknownDays)
    object.add("completeness", number: diary.completeness)
    object.add("headache_days_bounds", json(diary.headacheDayBounds))
    object.add("headache_days_per_28", number: diary.per28)
    if let interval = diary.per28Interval {
      object.add("headache_days_per_28_interval", JSONText.array(["\(interval.lowerBound)", "\(interval.upperBound)"]))
    }
    object.add("moderate_days", number: diary.moderateDays)
    object.add("headaches", number: diary.episodes)
    object.add("medicine_days", number: diary.medicineDays.any)
    object.add("medicine_days_10day_class", number: diary.medicineDays.tenDayClasses)
    object.add("medicine_days_by_class", json(diary.medicineDays.byClass))
    object.add("peak", json(diary.peak, ("ranges", diary.rangedPeaks)))
    if let highest = diary.highestPeak { object.add("highest_peak", json(highest)) }
    object.add("duration_h", json(diary.duration, ("unknown", diary.unknownDurations)))
    object.add("afternoon_onsets", number: diary.afternoonOnsets)
    object.add("timed_onsets", number: diary.timedOnsets)
    object.add(
      "perhaps_one",
      JSONText.array(
        diary.suggestions.map { suggestion in
          var object = JSONObject()
          object.add("earlier", text: suggestion.earlier.description)
          object.add("later", text: suggestion.later.description)
          object.add("gap_usec", number: suggestion.gap)
          return object.json
        }))
    return object.json
  }

  private static func json(_ distribution: Distribution?, _ besides: (String, Int)? = nil) -> String {
    var object = JSONObject()
    object.add("n", number: distribution?.count ?? 0)
    object.add("median", number: distribution?.median)
    object.add("mean", number: distribution?.mean)
    object.add("max", number: distribution?.max)
    if let besides { object.add(besides.0, number: besides.1) }
    return object.json
  }

  private static func json(_ days: [Medicine.Class: Int]) -> String {
    JSONText.object(Medicine.Class.taken(days).map { ($0.rawValue, "\(days[$0, default: 0])") })
  }

  private static func json(_ medicine: MedicineDays) -> String {
    var object = JSONObject()
    object.add("days", number: medicine.total)
    object.add("of", number: MedicineDays.window)
    object.add("by_class", json(medicine.byClass))
    return object.json
  }

  private static func json(_ onsets: OnsetPattern) -> String {
    var object = JSONObject()
    object.add("untimed", number: onsets.untimed)
    object.add("afternoon_desk_usec", number: onsets.afternoonDesk)
    object.add("desk_usec", number: onsets.desk)
    object.add("afternoon_desk_share", number: onsets.afternoonDeskShare)
    object.add(
      "bins",
      JSONText.array(
        onsets.bins.map { bin in
          var object = JSONObject()
          object.add("hour", number: bin.hour)
          object.add("at_desk", number: bin.atDesk)
          object.add("away", number: bin.away)
          object.add("unknown", number: bin.unknown)
          object.add("desk_usec", number: bin.desk)
          object.add("per_10_desk_hours", number: bin.per10DeskHours)
          return object.json
        }))
    return object.json
  }

  private static func json(_ feature: Feature) -> String {
    var object = JSONObject()
    object.add("of", number: feature.answers.count)
    object.add("noted", number: feature.noted)
    if feature.words.isEmpty {
      object.add("yes", number: feature.yes)
      object.add("partly", number: feature.partly)
    } else {
      object.add("words", JSONText.object(feature.words.map { ($0.word, "\($0.count)") }))
    }
    return object.json
  }

  private static func json(_ lags: EntryLags) -> String {
    var object = JSONObject()
    object.add("within_an_hour", number: lags.withinAnHour)
    object.add("within_two_days", number: lags.withinTwoDays)
    object.add("recalled", number: lags.recalled)
    object.add("untimed", number: lags.untimed)
    object.add("days_recalled", number: lags.daysRecalled)
    object.add("days_confirmed", number: lags.daysConfirmed)
    return object.json
  }

  private static func json(_ missing: Review.Missing) -> String {
    var object = JSONObject()
    object.add("weekday", number: missing.weekday)
    object.add("unknown_days", number: missing.unknown)
    object.add("days", number: missing.days)
    return object.json
  }

  // MARK: The desk

  private static func json(_ desk: DeskFigures) -> String {
    var object = JSONObject()
    object.add("desk_days", number: desk.deskDays)
    object.add("days_without_record", number: desk.daysWithoutRecord)
    object.add("sitting_usec", number: desk.sitting)
    object.add("standing_usec", number: desk.standing)
    object.add("desk_hours", json(desk.deskHours))
    object.add("longest_bout_min", json(desk.longestBouts))
    object.add("prolonged_usec", number: desk.prolonged)
    object.add("sitting_in_prolonged_usec", number: desk.sittingInProlonged)
    object.add("sitting_in_bouts_usec", number: desk.sittingInBouts)
    object.add("prolonged_share", number: desk.prolongedShare)
    object.add("breaks", number: desk.breaks)
    object.add("breaks_per_desk_hour", number: desk.breaksPerDeskHour)
    object.add("prompts_move", number: desk.movePrompts)
    object.add("prompts_followed", number: desk.movesTaken)
    object.add("follow_usec", number: desk.follow)
    object.add("in_use_usec", number: desk.inUse)
    object.add("known_in_use_usec", number: desk.knownInUse)
    object.add("coverage", number: desk.coverage)
    return object.json
  }

  private static func json(_ bouts: BoutMetrics) -> String {
    var object = JSONObject()
    object.add("n", number: bouts.count)
    object.add("total_usec", number: bouts.total)
    object.add("longest_usec", number: bouts.longest)
    object.add("mean_usec", number: bouts.mean)
    object.add("median_usec", number: bouts.median)
    object.add("ge30", number: bouts.from30.count)
    object.add("ge30_usec", number: bouts.from30.time)
    object.add("ge60", number: bouts.from60.count)
    object.add("ge60_usec", number: bouts.from60.time)
    object.add("w50_usec", number: bouts.w50)
    object.add("alpha", number: bouts.alpha)
    object.add("gini", number: bouts.gini)
    object.add("breaks", number: bouts.breaks)
    return object.json
  }

  private static func json(_ exercises: ExerciseFigures) -> String {
    var object = JSONObject()
    object.add("programme", text: exercises.programme)
    object.add("prescribed", flag: exercises.isPrescribed)
    if let weeks = exercises.weeks { object.add("weeks", json(weeks)) }
    object.add("weeks_in_all", number: exercises.weeksInAll)
    object.add("sessions_done", number: exercises.sessionsDone)
    object.add("sessions_planned", number: exercises.sessionsPlanned)
    object.add("strength_days_done", number: exercises.strengthDaysDone)
    object.add("strength_days_planned", number: exercises.strengthDaysPlanned)
    object.add("desk_sets_prompted", number: exercises.deskSetsPrompted)
    object.add("desk_sets_done", number: exercises.deskSetsDone)
    object.add("movements_done", number: exercises.movementsDone)
    object.add("rated", number: exercises.rated)
    object.add(
      "next_day",
      JSONText.object(TrafficLight.allCases.map { ($0.rawValue, "\(exercises.lights[$0, default: 0])") }))
    return object.json
  }

  private static func json(_ settings: SettingsHistory) -> String {
    var object = JSONObject()
    object.add(
      "at_start",
      JSONText.object(settings.atStart.sorted { $0.key < $1.key }.map { ($0.key, JSONText.quoted($0.value)) }))
    object.add("since", text: settings.startedSince?.iso8601)
    object.add(
      "changes",
      JSONText.array(
        settings.changes.map { change in
          var object = JSONObject()
          object.add("key", text: change.key)
          object.add("before", text: change.before)
          object.add("after", text: change.after)
          object.add("at", text: change.at.iso8601)
          return object.json
        }))
    return object.json
  }

  // MARK: Association

  private static func json(_ part: Association.Part) -> String {
    var object = JSONObject()
    object.add("from", text: part.period.lowerBound.description)
    object.add("to", text: part.period.upperBound.description)
    let verdict =
      switch part.verdict {
      case .notYet: "not-yet"
      case .counts: "counts"
      case .full: "full"
      }
    object.add("verdict", text: verdict)
    object.add("onsets", number: part.onsets.count)
    object.add("eligible", number: part.eligible)
    object.add("recorded_days", number: part.recordedDays)
    object.add("days", number: part.days)
    object.add("coverage", number: part.coverage)
    object.add("reused_referents", number: part.reusedReferents)
    object.add("excluded", JSONText.object(part.excluded.map { ($0.reason.rawValue, "\($0.count)") }))
    if case .notYet = part.verdict { return object.json }
    object.add("strata", number: part.primary.strata)
    object.add("exposed_cases", number: part.primary.exposedCases)
    object.add("expected_cases", number: part.primary.expectedCases)
    object.add("informative_strata", number: part.primary.informativeStrata)
    guard part.verdict == .full else { return object.json }
    object.add("odds_ratio", json(part.primary.oddsRatio))
    object.add("exact_p", number: part.primary.exact?.p)
    if let interval = part.primary.exact?.interval { object.add("exact_interval", json(interval)) }
    object.add("mantel_haenszel", json(part.primary.mantelHaenszel.oddsRatio))
    if let interval = part.primary.mantelHaenszel.interval { object.add("mantel_haenszel_interval", json(interval)) }
    object.add("without_lag", part.withoutLag.map { json($0.oddsRatio) } ?? "null")
    object.add(
      "secondary",
      JSONText.array(
        part.secondary.map { one in
          var object = JSONObject()
          object.add("exposure", text: one.exposure.rawValue)
          object.add("odds_ratio", json(one.oddsRatio))
          object.add("strata", number: one.strata)
          object.add("informative_strata", number: one.informativeStrata)
          object.add("p", number: one.p)
          object.add("adjusted_p", number: one.adjustedP)
          return object.json
        }))
    return object.json
  }

  /// A number, or the word for what is none.
  private static func json(_ ratio: OddsRatio) -> String {
    switch ratio {
    case .zero: "0"
    case .finite(let ratio): "\(ratio)"
    case .infinite: "\"infinite\""
    case .notEstimable: "null"
    }
  }

  /// Without an upper limit where there is none.
  private static func json(_ interval: RatioInterval) -> String {
    JSONText.array(["\(interval.lower)", interval.upper.map { "\($0)" } ?? "null"])
  }

  // MARK: Days

  private static func json(_ day: ReviewDay) -> String {
    var object = JSONObject()
    object.add("date", text: day.date.description)
    object.add("state", text: day.state.rawValue)
    object.add("confirmed", text: day.confirmed?.iso8601)
    if day.isRecalled { object.add("recalled", flag: true) }
    object.add("headaches", JSONText.strings(day.headaches.map(\.id.description)))
    if let peak = day.peak { object.add("peak", peak.count == 1 ? "\(peak.lowerBound)" : json(peak)) }
    object.add("medicine", flag: day.hasMedicine)
    object.add("medicine_10day_class", flag: day.hasTenDayMedicine)
    if let factors = day.factors { object.add("factors", JSONText.strings(factors.map(\.rawValue))) }
    object.add("prompts_move", number: day.movePrompts)
    object.add("prompts_followed", number: day.movesTaken)
    object.add("prompts_exercise", number: day.exercisePrompts)
    object.add("movements_done", number: day.exercisesDone)
    if let desk = day.desk { object.add("desk", json(desk)) }
    return object.json
  }

  private static func json(_ desk: DeskDay) -> String {
    var object = JSONObject()
    object.add("sitting_usec", number: desk.sitting)
    object.add("standing_usec", number: desk.standing)
    object.add("away_usec", number: desk.away)
    object.add("unknown_usec", number: desk.unknown)
    object.add("coverage", number: desk.coverage)
    object.add("bouts", number: desk.bouts)
    object.add("longest_bout_usec", number: desk.longestBout)
    object.add("breaks", number: desk.breaks)
    // A total of a day does not tell its bouts apart.
    guard !desk.parts.isEmpty else { return object.json }
    object.add("bouts_ge30", number: desk.boutsOf30)
    object.add("bouts_ge60", number: desk.boutsOf60)
    object.add("sitting_in_ge60_usec", number: desk.sittingInBoutsOf60)
    object.add("breaks_ge5", number: desk.breaksOf5)
    return object.json
  }
}
