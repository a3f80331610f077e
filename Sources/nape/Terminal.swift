import Glibc
import NapeCore
import Systemd

/// A person's terminal: keys in, a screen out. It is as it was before as soon as a question is answered, whatever ends it.
final class Terminal {
  /// Whether somebody can be asked.
  static var isThere: Bool { isatty(STDIN_FILENO) == 1 && isatty(STDOUT_FILENO) == 1 }

  /// Whether it takes single keys and can be drawn on; elsewhere it is asked line by line.
  static var takesKeys: Bool { !["", "dumb"].contains(Environment.value("TERM") ?? "") }

  /// In columns.
  static var width: Int { size.width }

  private static var size: (width: Int, height: Int) {
    var size = winsize()
    guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0, size.ws_row > 0 else { return (80, 24) }
    return (Int(size.ws_col), Int(size.ws_row))
  }

  /// How long the rest of an arrow key may be on its way, in microseconds.
  private static let sequenceUSec: UInt64 = 100_000
  private static let hasStyles = (Environment.value("NO_COLOR") ?? "").isEmpty
  /// What ends a program, unless it is told otherwise.
  private static let deadly = [SIGTERM, SIGHUP, SIGQUIT]

  private let before: termios
  private let loop: EventLoop
  private var sources: [EventSource] = []
  private var reader = EntryKeyReader()
  private var keys: [EntryKey] = []
  private var signal: CInt?

  /// Shows a screen and hands over keys until one of them leads to something.
  ///
  /// - Throws: ``Failure`` with 128 and the number of a signal that ends the program.
  static func ask<Outcome>(
    screen: (_ width: Int, _ height: Int) -> EntryScreen, key: (EntryKey) -> Outcome?
  ) throws -> Outcome {
    let terminal = try Terminal()
    defer { terminal.close() }
    while true {
      terminal.draw(screen(size.width, size.height))
      for each in try terminal.nextKeys() {
        if each == .suspend {
          terminal.suspend()
        } else if let outcome = key(each) {
          return outcome
        }
      }
    }
  }

  private init() throws {
    var before = termios()
    guard tcgetattr(STDIN_FILENO, &before) == 0 else {
      throw Failure("the terminal cannot be read: \(String(cString: strerror(errno)))", status: 1)
    }
    self.before = before
    loop = try EventLoop()
    sources.append(
      try loop.io(fd: STDIN_FILENO, events: UInt32(POLLIN)) { [unowned self] _ in read() })
    for number in Self.deadly + [SIGINT] {
      sources.append(try loop.signal(number) { [unowned self] in signal = number })
    }
    // A turn of the loop draws anew.
    sources.append(try loop.signal(SIGWINCH) {})
    sources.append(try loop.signal(SIGCONT) { [unowned self] in enter() })
    enter()
  }

  private func enter() {
    var raw = before
    cfmakeraw(&raw)
    tcsetattr(STDIN_FILENO, TCSANOW, &raw)
    write("\u{1b}[?1049h\u{1b}[?25l\u{1b}[2J")
  }

  private func leave() {
    write("\u{1b}[?25h\u{1b}[?1049l")
    var before = before
    tcsetattr(STDIN_FILENO, TCSANOW, &before)
  }

  private func close() {
    leave()
    sources = []
    var signals = sigset_t()
    sigemptyset(&signals)
    for number in Self.deadly + [SIGINT, SIGWINCH, SIGCONT] { sigaddset(&signals, number) }
    pthread_sigmask(SIG_UNBLOCK, &signals, nil)
  }

  /// As Ctrl-Z does everywhere.
  private func suspend() {
    leave()
    kill(0, SIGTSTP)
    enter()
  }

  private func nextKeys() throws -> [EntryKey] {
    keys = []
    let dispatched = try loop.runOnce(timeoutUSec: reader.isWaiting ? Self.sequenceUSec : nil)
    if !dispatched, let key = reader.rest() { keys.append(key) }
    switch signal {
    case SIGINT: return [.interrupt]
    case let number?: throw Failure("interrupted; nothing was stored", status: 128 + number)
    case nil: return keys
    }
  }

  private func read() {
    var buffer = [UInt8](repeating: 0, count: 256)
    let count = Glibc.read(STDIN_FILENO, &buffer, buffer.count)
    // The terminal is gone.
    guard count > 0 else { return keys.append(.interrupt) }
    keys += reader.keys(buffer[..<count])
  }

  private func draw(_ screen: EntryScreen) {
    write("\u{1b}[H" + screen.lines.map { Self.styled($0) + "\u{1b}[K" }.joined(separator: "\r\n") + "\u{1b}[J")
  }

  private static func styled(_ line: EntryScreen.Line) -> String {
    switch line.style {
    case .bold where hasStyles: "\u{1b}[1m\(line.text)\u{1b}[0m"
    case .dim where hasStyles: "\u{1b}[2m\(line.text)\u{1b}[0m"
    default: line.text
    }
  }

  private func write(_ text: String) {
    // Where the terminal is gone, its next key is, too.
    _ = Files.write(text.utf8, to: STDOUT_FILENO)
  }
}
