import FoundationEssentials
import Glibc

/// Pictures in terminals that can show them: kitty's graphics protocol, and iTerm2's, which WezTerm speaks too. Both take
/// PNG; `rsvg-convert` makes it of a drawing, where it is installed.
enum InlinePicture {
  private enum Way { case kitty, iTerm }

  /// Shows a drawing.
  ///
  /// - Returns: `false` where this terminal cannot, or no PNG could be made.
  static func show(_ path: String) -> Bool {
    guard isatty(STDOUT_FILENO) == 1, let way, let png = png(of: path), !png.isEmpty else { return false }
    let text = Data(png).base64EncodedData()
    let output = OutputBuffer()
    switch way {
    case .kitty:
      // In pieces of at most 4096 bytes.
      var rest = text[...]
      var isFirst = true
      while !rest.isEmpty {
        let piece = rest.prefix(4096)
        rest = rest.dropFirst(4096)
        let more = rest.isEmpty ? 0 : 1
        output.write(
          "\u{1b}_G\(isFirst ? "f=100,a=T," : "")m=\(more);\(String(decoding: piece, as: UTF8.self))\u{1b}\\")
        isFirst = false
      }
    case .iTerm:
      let data = String(decoding: text, as: UTF8.self)
      output.write("\u{1b}]1337;File=inline=1;size=\(png.count):\(data)\u{07}")
    }
    fflush(nil)
    output.flush()
    return true
  }

  /// By what the terminal says of itself; inside a multiplexer that is not this one's word.
  private static var way: Way? {
    func value(_ name: String) -> String { Environment.value(name) ?? "" }
    guard value("TMUX").isEmpty, value("STY").isEmpty else { return nil }
    if !value("KITTY_WINDOW_ID").isEmpty || value("TERM") == "xterm-kitty" { return .kitty }
    return ["iTerm.app", "WezTerm"].contains(value("TERM_PROGRAM")) ? .iTerm : nil
  }

  private static func png(of path: String) -> [UInt8]? {
    var ends: [Int32] = [0, 0]
    guard pipe(&ends) == 0 else { return nil }
    defer { close(ends[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO)
    posix_spawn_file_actions_addclose(&actions, ends[0])
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    let words = ["rsvg-convert", "--format=png", "--width=480", "--", path]
    var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
    defer { for argument in arguments { free(argument) } }
    var pid: pid_t = 0
    let result = posix_spawnp(&pid, "rsvg-convert", &actions, nil, &arguments, environ)
    close(ends[1])
    guard result == 0 else { return nil }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = read(ends[0], &buffer, buffer.count)
      if count < 0 && errno == EINTR { continue }
      if count <= 0 { break }
      bytes += buffer[..<count]
    }
    var status: Int32 = 0
    waitpid(pid, &status, 0)
    return status == 0 ? bytes : nil
  }
}
