/// Something that degrades the daemon.
struct Fault: Hashable {
  /// What is not as it should be: `NAPE_FAULT` in the journal.
  enum Part: String { case source, notifications, store, exercises, confinement }

  let part: Part
  /// A sentence for people.
  let text: String

  init(_ part: Part, _ text: String) {
    self.part = part
    self.text = text
  }
}
