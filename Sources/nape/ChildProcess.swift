import Glibc

/// A program that is run for a while: nothing on standard input, and what it says is kept in case that it fails.
struct ChildProcess {
  private let file: String
  private let words: [String]
  private let folder: String
  /// The last line of what it said.
  private(set) var complaint = ""

  /// - Parameters:
  ///   - folder: private; it is the program's home, and what it says is kept there.
  init(_ file: String, _ words: [String], folder: String) {
    self.file = file
    self.words = words
    self.folder = folder
  }

  /// Runs it, and ends all that it has started. A signal that would end this program ends the other one first.
  ///
  /// - Parameter seconds: after which it is ended.
  /// - Returns: whether it succeeded; if not, `complaint` says why.
  /// - Throws: where a signal came meanwhile.
  mutating func run(within seconds: Int) throws -> Bool {
    let log = "\(folder)/said"
    var (ending, before) = (sigset_t(), sigset_t())
    for signal in [SIGINT, SIGTERM, SIGHUP] { sigaddset(&ending, signal) }
    sigprocmask(SIG_BLOCK, &ending, &before)
    defer { sigprocmask(SIG_SETMASK, &before, nil) }
    guard let pid = start(log, before) else {
      complaint = String(cString: strerror(errno))
      return false
    }
    complaint = "not done after \(seconds) s"
    var status: Int32 = 0
    var isOver = false
    // A look every 20 ms costs nothing beside a browser.
    for _ in 0..<seconds * 50 where !isOver {
      let ended = waitpid(pid, &status, WNOHANG)
      if ended == pid || ended < 0 && errno != EINTR {
        isOver = true
        complaint = Self.lastLine(log) ?? "it said nothing"
        continue
      }
      var look = timespec(tv_sec: 0, tv_nsec: 20_000_000)
      let signal = sigtimedwait(&ending, nil, &look)
      guard signal > 0 else { continue }
      kill(-pid, SIGKILL)
      waitpid(pid, &status, 0)
      throw Failure("stopped by a signal", status: 128 + signal)
    }
    // Whatever it has started and left.
    kill(-pid, SIGKILL)
    if !isOver { waitpid(pid, &status, 0) }
    return isOver && status == 0
  }

  /// - Parameter mask: the signals that are blocked in it.
  private func start(_ log: String, _ mask: sigset_t) -> pid_t? {
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, STDOUT_FILENO, STDERR_FILENO)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // A group of its own, so that all of it can be ended.
    var mask = mask
    posix_spawnattr_setsigmask(&attributes, &mask)
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK))
    var arguments: [UnsafeMutablePointer<CChar>?] = ([file] + words).map { strdup($0) } + [nil]
    var surroundings: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) } + [nil]
    defer { for text in arguments + surroundings { free(text) } }
    var pid: pid_t = 0
    let result = posix_spawn(&pid, file, &actions, &attributes, &arguments, &surroundings)
    guard result == 0 else {
      errno = result
      return nil
    }
    return pid
  }

  /// It neither reads nor leaves anything of the person, and finds no bus.
  private var environment: [String] {
    let kept = ["PATH", "LANG", "LC_ALL", "LC_CTYPE", "FONTCONFIG_FILE", "FONTCONFIG_PATH"]
    return kept.compactMap { name in Environment.value(name).map { "\(name)=\($0)" } }
      + ["HOME=\(folder)", "TMPDIR=\(folder)", "XDG_RUNTIME_DIR=\(folder)"]
  }

  private static func lastLine(_ log: String) -> String? {
    guard let bytes = try? Files.read(log) else { return nil }
    return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).last.map { String($0.prefix(200)) }
  }
}
