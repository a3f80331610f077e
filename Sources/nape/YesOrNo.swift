import Glibc

/// A question for yes or no, answered with a line.
enum YesOrNo {
  /// - Returns: `nil` for another answer than these.
  static func meant(by line: String) -> Bool? {
    switch line.lowercased().filter({ !$0.isWhitespace }) {
    case "y", "yes": true
    case "n", "no": false
    default: nil
    }
  }

  /// Anything but a yes is a no, and so is the end of the input.
  static func ask(_ question: String) -> Bool {
    print(question + " [y/N] ", terminator: "")
    fflush(nil)
    return readLine().flatMap(meant) ?? false
  }
}
