import ArgumentParser
import JSON
import NapeCore
import NapeReport
import NapeSettings
import NapeStore

struct TrialCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "trial",
    abstract: "Try out a shorter break interval for some weeks, fairly.",
    discussion: """
      Weeks come in pairs: one with your present interval (A), one with a shorter \
      one (B), in an order that is drawn beforehand. At the start of each week you \
      set prompts.move.after; at the end the headache days are compared.

      Examples:
        nape trial plan
        nape trial plan --shorter 25min --pairs 8 --start 2026-12-07
        nape trial show
        nape trial stop
      """,
    subcommands: [Plan.self, Show.self, Stop.self], defaultSubcommand: Show.self)

  struct Plan: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "plan", abstract: "Draw the order of the weeks.",
      discussion: """
        Examples:
          nape trial plan
          nape trial plan --shorter 25min --pairs 8 --start 2026-12-07
        """)

    @Option(
      name: .long,
      help:
        "How many pairs of weeks: \(Trial.pairRange.lowerBound) to \(Trial.pairRange.upperBound); fewer than 6 cannot tell a difference from chance."
    )
    var pairs = Trial.usualPairs

    @Option(
      name: .long,
      help: ArgumentHelp(
        "The interval of B; without it \(DurationText.string(Trial.usualShorter)).", valueName: "duration"))
    var shorter: Length?

    @Option(name: .long, help: "The first day, YYYY-MM-DD; without it next Monday.")
    var start: String?

    @Option(name: .long, help: "Draw the order from this number instead of one by chance.")
    var seed: UInt64?

    func run() throws {
      guard Trial.pairRange.contains(pairs) else {
        throw Failure(
          "--pairs is \(pairs): \(Trial.pairRange.lowerBound) to \(Trial.pairRange.upperBound)", status: 64)
      }
      if let seed, !Trial.seeds.contains(seed) {
        throw Failure("--seed is \(seed): \(Trial.seeds.lowerBound) to \(Trial.seeds.upperBound - 1)", status: 64)
      }
      let book = try DiaryBook(writes: true)
      let present = book.settings.prompts.move.after
      let shorter = shorter?.microseconds ?? Trial.usualShorter
      guard shorter < present, shorter >= .minute else {
        throw Failure(
          "--shorter is \(DurationText.string(shorter)): from 1min to below \(DurationText.string(present)), "
            + "which is prompts.move.after now", status: 64)
      }
      let trial = Trial(
        start: try first(book.now.today), seed: seed ?? UInt64.random(in: Trial.seeds), pairs: pairs, present: present,
        shorter: shorter)
      let open = try book.write { (store) throws(DiaryError) in try store.plan(trial, at: book.now.stamp) }
      if let open {
        throw Failure(
          "a trial is planned already, up to \(open.trial.lastDay): nape trial show, or nape trial stop", status: 1)
      }
      print("Planned: \(TrialText.title(trial)).\n")
      print(TrialPlanText.table(trial, today: book.now.today))
      print("\n\(TrialPlanText.howToSet(trial))\n\n\(TrialText.rules)\n\(TrialText.reach(trial))")
    }

    private func first(_ today: LocalDate) throws -> LocalDate {
      guard let start else { return today.adding(days: 8 - today.weekday) }
      let date = try DiaryDate.parse(start, today: today, named: "--start")
      guard date >= today, date <= today.adding(days: 366) else {
        throw Failure("--start is \(date): from today on, within a year", status: 64)
      }
      return date
    }
  }

  struct Show: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "show", abstract: "The plan, where it is, and what came of it so far.",
      discussion: """
        Examples:
          nape trial show
          nape trial show --json
        """)

    @Flag(name: .long, help: "Print a JSON object, or null.")
    var json = false

    func run() throws {
      let book = try DiaryBook(writes: false)
      let record = try book.read { (store) throws(StoreError) in try store.trials().last } ?? nil
      guard let record else { return print(json ? "null" : "No trial is planned: nape trial plan") }
      let first = record.trial.start
      let since = Int64(first.daysSinceEpoch) * 24 * .hour - EntryRules.longestEpisode - 26 * .hour
      let episodes = try book.read { (store) throws(StoreError) in try store.episodes(from: since) } ?? []
      let days = try book.read { (store) throws(StoreError) in try store.days(from: first) } ?? [:]
      let result = TrialResult(
        record.trial, episodes: episodes, declared: days, through: record.lastDay(on: book.now.today))
      if json {
        return print(TrialDocument.json(record, result, today: book.now.today, length: DurationText.string))
      }
      print(TrialPlanText.shown(record, result, today: book.now.today, setTo: book.settings.prompts.move.after))
    }
  }

  struct Stop: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "stop", abstract: "End the trial; its weeks are kept.",
      discussion: """
        Example:
          nape trial stop
        """)

    func run() throws {
      let book = try DiaryBook(writes: false)
      guard book.store != nil,
        let stopped = try book.write({ (store) throws(DiaryError) in try store.stopTrial(at: book.now.stamp) })
      else { return print("No trial was planned or going on.") }
      print(
        "Stopped. prompts.move.after was \(DurationText.string(stopped.trial.present)) before. What there is: nape trial show"
      )
    }
  }
}
