/// What people wrote, made fit for a page or a terminal: one line, bounded, and without characters that change what stands around it.
enum PersonsText {
  /// - Parameter width: in Latin letters; those of East Asia and pictures take two. What is longer ends with an ellipsis,
  ///   after a whole word where there is one.
  static func fit(_ text: String, atMost width: Int) -> String {
    let words = plain(text)
    var room = width
    var end = words.startIndex
    while end < words.endIndex {
      let needed = isWide(words[end]) ? 2 : 1
      guard needed <= room else { return shortened(words[..<words.index(before: end)]) }
      room -= needed
      end = words.index(after: end)
    }
    return words
  }

  private static func shortened(_ head: Substring) -> String {
    // A text without spaces is cut where it must be.
    guard let space = head.lastIndex(of: " "), head.distance(from: space, to: head.endIndex) < 24 else {
      return head + "…"
    }
    return head[..<space] + "…"
  }

  /// One line without control characters, marks of direction and piles of accents.
  private static func plain(_ text: String) -> String {
    var words = ""
    for character in text {
      if character.isWhitespace {
        if !words.isEmpty, words.last != " " { words.append(" ") }
        continue
      }
      let kept = character.unicodeScalars.filter(isHarmless).prefix(mostScalars)
      words.unicodeScalars.append(contentsOf: kept)
    }
    if words.last == " " { words.removeLast() }
    return words
  }

  /// Of one character; those of a family of four are seven.
  private static let mostScalars = 8

  private static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.properties.generalCategory {
    // Some scripts and many pictures need the joiners.
    case .format: scalar == "\u{200C}" || scalar == "\u{200D}"
    case .control, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
    default: true
    }
  }

  private static func isWide(_ character: Character) -> Bool {
    guard let first = character.unicodeScalars.first else { return false }
    return first.properties.isEmojiPresentation || character.unicodeScalars.contains { $0 == "\u{FE0F}" }
      || (0x1100...0x115F).contains(first.value) || (0x2E80...0xD7AF).contains(first.value)
      || (0xF900...0xFAFF).contains(first.value) || (0xFE30...0xFE6F).contains(first.value)
      || (0xFF01...0xFF60).contains(first.value) || (0x20000...0x3FFFD).contains(first.value)
  }
}
