/// Something that degrades the daemon.
struct Fault: Hashable {
  /// What is not as it should be: `NAPE_FAULT` in the journal.
  enum Part: String { case source, notifications, store, exercises, confinement }

  let part: Part
  /// A sentence for the person.
  let text: String
  /// A sentence for the journal, which others read.
  let record: String

  /// - Parameter record: where the text is the person's alone.
  init(_ part: Part, _ text: String, record: String? = nil) {
    self.part = part
    self.text = text
    self.record = record ?? text
  }
}
