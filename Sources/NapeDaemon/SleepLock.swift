import Systemd

/// logind's delay lock: the machine sleeps only after the open span has been stored.
final class SleepLock {
  private unowned let login: Login
  private var lock: FileDescriptor?

  init(login: Login) { self.login = login }

  /// Takes the lock. Where that is refused the span is stored all the same, most likely in time.
  func take() {
    try? login.inhibit(what: "sleep", who: "nape", why: "Storing the sitting record", mode: "delay") {
      [weak self] answer in
      self?.lock = try? answer.get()
    }
  }

  func release() { lock = nil }
}
