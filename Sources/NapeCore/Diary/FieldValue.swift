/// What a field of the diary holds. What nobody answered has none.
public enum FieldValue: Hashable, Sendable {
  case flag(Bool)
  /// One number is a range of one.
  case range(ClosedRange<Int>)
  case word(String)
  /// In the order of the field's words; empty: it was answered that there is none.
  case words([String])
  case text(String)

  /// Reads what a person, a file or another program wrote.
  ///
  /// - Returns: `nil` for what the kind does not allow (``FieldKind/allowed``).
  public init?(_ text: String, _ kind: FieldKind) {
    switch kind {
    case .flag:
      switch text {
      case "yes", "y", "true": self = .flag(true)
      case "no", "n", "false": self = .flag(false)
      default: return nil
      }
    case .range(let limits):
      let ends = text.split(separator: "-", omittingEmptySubsequences: false).map { end in
        end.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ? Int(end) : nil
      }
      guard (1...2).contains(ends.count), let low = ends[0], let high = ends[ends.count - 1], low <= high,
        limits.contains(low), limits.contains(high)
      else { return nil }
      self = .range(low...high)
    case .word(let words):
      guard words.contains(text) else { return nil }
      self = .word(text)
    case .words(let words):
      if text == "none" {
        self = .words([])
        return
      }
      let some = text.split(separator: ",", omittingEmptySubsequences: false).map { part in
        String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
      }
      guard !some.isEmpty, some.allSatisfy(words.contains) else { return nil }
      self = .words(words.filter(some.contains))
    case .text(let longest):
      guard !text.isEmpty, text.count <= longest, text.utf8.count <= 4 * longest,
        text.unicodeScalars.allSatisfy({
          $0 == "\n" || $0 == "\t" || $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value)
        })
      else { return nil }
      self = .text(text)
    }
  }

  /// As ``init(_:_:)`` reads it: in the store, the audit, files and lists.
  public var text: String {
    switch self {
    case .flag(let flag): flag ? "yes" : "no"
    case .range(let range): range.count == 1 ? "\(range.lowerBound)" : "\(range.lowerBound)-\(range.upperBound)"
    case .word(let word), .text(let word): word
    case .words(let words): words.isEmpty ? "none" : words.joined(separator: ",")
    }
  }
}
