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

  /// - Parameter seconds: after which it is ended, with all that it has started.
  /// - Returns: whether it ended in time; then, if it did not succeed, `complaint` says why.
  mutating func run(within seconds: Int) -> Bool {
    let log = "\(folder)/said"
    guard let pid = start(log) else {
      complaint = String(cString: strerror(errno))
      return true
    }
    var status: Int32 = 0
    // A look every 20 ms costs nothing beside a browser.
    for _ in 0..<seconds * 50 {
      let ended = waitpid(pid, &status, WNOHANG)
      if ended < 0, errno == EINTR { continue }
      if ended != 0 {
        complaint = Self.lastLine(log) ?? "it said nothing"
        return true
      }
      usleep(20_000)
    }
    kill(-pid, SIGKILL)
    waitpid(pid, &status, 0)
    return false
  }

  private func start(_ log: String) -> pid_t? {
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
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
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
