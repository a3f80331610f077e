import Glibc
import NapeCore

/// The same questions on a terminal that takes lines only.
enum LineTerminal {
  /// - Parameter end: what an end of the input leads to.
  static func ask<Outcome>(
    intro: String, screen: (_ width: Int) -> EntryScreen, line: (String) -> Outcome?, end: Outcome
  ) -> Outcome {
    print(intro)
    while true {
      for line in screen(Terminal.width).lines { print(line.text) }
      print("answer: ", terminator: "")
      fflush(nil)
      guard let text = readLine() else {
        print("")
        return end
      }
      if let outcome = line(text) { return outcome }
    }
  }
}
