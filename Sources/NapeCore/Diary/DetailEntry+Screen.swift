extension DetailEntry {
  /// What is shown, in so many columns and lines.
  public func screen(width: Int, height: Int, title: String) -> EntryScreen {
    let items = items
    var head = EntryScreen(width: width)
    head.add(title, .bold)
    head.add("question \((items.firstIndex(of: item) ?? 0) + 1) of \(items.count)", .dim)
    head.addBlank()
    let question = question(width: width)
    var hints = EntryScreen(width: width)
    hints.add(
      pieces: [
        isTyping ? "Enter: go on" : "Space: pass over", "Backspace: back", "Esc: stop, answers are kept",
        "Ctrl-C: keep nothing",
      ], .dim)
    var whole = head
    whole.add(question)
    whole.addBlank()
    whole.add(hints)
    return EntryScreen.fitting(height, [whole, whole.withoutBlanks, question])
  }

  /// The question that is open, with what was wrong before it.
  public func question(width: Int) -> EntryScreen {
    var screen = EntryScreen(width: width)
    screen.add(question, .bold)
    switch form {
    case .one(let choices): screen.add(pieces: choices.map(\.shown), indent: 2)
    case .several(let choices):
      let chosen = draftWords
      screen.add(
        pieces: choices.map { "\(chosen.contains($0.value) ? "[x]" : "[ ]") \($0.shown)" }, indent: 2)
      screen.add(pieces: ["0 none of these", "Enter goes on with those that are marked"], .dim, indent: 2)
    case .text(let hint):
      screen.add("> \(draft)_")
      screen.add(hint, .dim, indent: 2)
    }
    if let known { screen.add("noted: \(known)", .dim, indent: 2) }
    if let notice { screen.add(notice, indent: 2) }
    return screen
  }

  /// What is answered here, or was before.
  private var known: String? {
    if let answer = answers[item] { return answer }
    if case .field(let field) = item { return episode.fields[field]?.text }
    return nil
  }
}
