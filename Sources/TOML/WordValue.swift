/// The meaning of a value that is written without quotes, brackets or braces.
enum WordValue {
  static func value(of word: ArraySlice<UInt8>) throws(Complaint) -> Node.Value {
    guard let first = word.first else {
      throw Complaint(message: "expected a value: text in quotes, a number, true, false, a date, [ ] or { }")
    }
    if word.elementsEqual("true".utf8) { return .boolean(true) }
    if word.elementsEqual("false".utf8) { return .boolean(false) }
    if DateTimeText.looksLikeOne(word) {
      guard DateTimeText.isValid(word) else {
        throw Complaint(
          message: "\(Excerpt(word)) is not a date or time: write 2026-03-02, 09:30:00, 2026-03-02T09:30:00 or "
            + "2026-03-02T09:30:00+01:00, or put text in quotes")
      }
      return .dateTime(String(decoding: word, as: UTF8.self))
    }
    if first.isDecimalDigit || first == .plus || first == .minus || isSpecialNumber(word) {
      return try NumberText.value(of: word)
    }
    let lowercase = String(decoding: word.prefix(6), as: UTF8.self).lowercased()
    guard lowercase != "true", lowercase != "false" else {
      throw Complaint(message: "\(Excerpt(word)) is not a value: write \(lowercase) in small letters")
    }
    throw Complaint(message: "\(Excerpt(word)) is not a value: text needs quotes, as in \"text\"")
  }

  private static func isSpecialNumber(_ word: ArraySlice<UInt8>) -> Bool {
    word.elementsEqual("inf".utf8) || word.elementsEqual("nan".utf8)
  }
}
