import ArgumentParser
import Glibc
import JSON
import NapeCore
import NapeReport
import NapeSettings
import NapeStore

struct DeskCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "desk-check",
    abstract: "Look at your desk in a dozen short questions, and compare later.",
    discussion: """
      There is no score, and no question must be answered.

      Examples:
        nape desk-check
        nape desk-check --answer phone=headset --answer laptop=never
        nape desk-check list
        nape desk-check delete 0a1b2c
      """,
    subcommands: [Ask.self, List.self, Delete.self], defaultSubcommand: Ask.self)

  struct Ask: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "ask", abstract: "Answer the questions.",
      discussion: """
        Examples:
          nape desk-check
          nape desk-check --answer phone=headset
        """)

    @Option(
      name: .long,
      help: ArgumentHelp(
        "Answer a question by its id, without being asked; again for more. `list --questions` has all.",
        valueName: "id=word"))
    var answer: [String] = []

    @Option(name: .long, help: "The day it is about: YYYY-MM-DD, today, yesterday.", completion: .days)
    var date: String?

    func run() throws {
      let check = DeskCheckQuestions.builtIn()
      let today = Now().today
      let date = try DiaryDate.parse(date, today: today)
      var answers: [String: String] = [:]
      if !answer.isEmpty {
        answers = try typed(check)
      } else if Terminal.isThere {
        answers = ask(check)
        guard !answers.isEmpty else { return print("\nNothing was answered, and nothing is kept.") }
      } else {
        throw Failure("there is no terminal to ask on: nape desk-check --answer id=word", status: 64)
      }
      let book = try DiaryBook(writes: true)
      let id = try book.write { [answers] (store) throws(DiaryError) in
        try store.add(DeskCheck(date: date, answers: answers), at: book.now.stamp, way: .commandLine)
      }
      print("\(answers.count) of \(check.questions.count) answered for \(date) (\(id.short)).")
    }

    private func typed(_ check: DeskCheckQuestions) throws -> [String: String] {
      var answers: [String: String] = [:]
      for text in answer {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        guard let question = check[parts[0]] else {
          let ids = check.questions.map(\.id).joined(separator: ", ")
          throw Failure("--answer \(Failure.quoted(text)): one of \(ids), then = and a word", status: 64)
        }
        guard parts.count == 2, let word = question.answer(parts[1]) else {
          let words = question.answers.joined(separator: ", ")
          throw Failure("--answer \(Failure.quoted(text)): \(question.id) is one of \(words)", status: 64)
        }
        answers[question.id] = word
      }
      return answers
    }

    /// The end of the input leaves the rest open.
    private func ask(_ check: DeskCheckQuestions) -> [String: String] {
      print("The first letters of an answer are enough; Enter alone goes on.\n")
      var answers: [String: String] = [:]
      for question in check.questions {
        while true {
          print("\(question.text)\n  \(question.answers.joined(separator: " / ")): ", terminator: "")
          fflush(nil)
          guard let line = readLine() else { return answers }
          let word = line.lowercased().filter { $0 != " " }
          if word.isEmpty { break }
          guard let answer = question.answer(word) else { continue }
          answers[question.id] = answer
          break
        }
      }
      return answers
    }
  }

  struct List: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "list", abstract: "Compare the last desk check with the one before.",
      discussion: """
        A * marks what has changed.

        Examples:
          nape desk-check list
          nape desk-check list --questions
        """)

    @Flag(name: .long, help: "List the questions and their answers instead.")
    var questions = false

    @Flag(name: .long, help: "Print a JSON array: all desk checks, or the questions.")
    var json = false

    func run() throws {
      let check = DeskCheckQuestions.builtIn()
      if questions { return print(json ? questionsAsJSON(check) : questionsAsText(check)) }
      let checks = try DiaryBook(writes: false).read { (store) throws(StoreError) in try store.deskChecks() } ?? []
      if json { return print(JSONText.array(checks.map(DiaryDocument.json))) }
      guard let last = checks.last else { return print("There is no desk check.") }
      print(Self.compare(last, with: checks.dropLast().last, check))
    }

    private static func compare(
      _ last: DiaryEntry<DeskCheck>, with before: DiaryEntry<DeskCheck>?, _ check: DeskCheckQuestions
    ) -> String {
      func shown(_ entry: DiaryEntry<DeskCheck>, _ id: String) -> String { entry.content.answers[id] ?? "–" }
      // What is asked no more is still there to be compared.
      let asked = check.questions.map(\.id)
      let old = last.content.answers.keys.filter { !asked.contains($0) }.sorted()
      let shownChecks = [last] + (before.map { [$0] } ?? [])
      var rows = [["", "date"] + shownChecks.map(\.content.date.description)]
      rows.append(["", "id"] + shownChecks.map(\.id.short))
      for id in asked + old {
        let now = shown(last, id)
        let then = before.map { shown($0, id) }
        let isChanged = then.map { $0 != now && $0 != "–" && now != "–" } ?? false
        rows.append([isChanged ? "*" : "", id, now] + (then.map { [$0] } ?? []))
      }
      return TextTable.text(rows)
    }

    private func questionsAsText(_ check: DeskCheckQuestions) -> String {
      check.questions.map { "\($0.id)\n  \($0.text)\n  \($0.answers.joined(separator: " / "))" }
        .joined(separator: "\n")
    }

    private func questionsAsJSON(_ check: DeskCheckQuestions) -> String {
      JSONText.array(
        check.questions.map { question in
          JSONText.object([
            ("id", JSONText.quoted(question.id)), ("text", JSONText.quoted(question.text)),
            ("answers", JSONText.strings(question.answers)),
          ])
        })
    }
  }

  struct Delete: ParsableCommand {
    static let configuration = CommandConfiguration(
      commandName: "delete", abstract: "Delete a desk check.",
      discussion: """
        Example:
          nape desk-check delete 0a1b2c
        """)

    @Argument(help: "Its id, or the last digits of it, as the list shows them.")
    var id: String

    func run() throws { try DiaryBook.delete(id, from: .deskCheck) }
  }
}
