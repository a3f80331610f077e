import CSystemd
import Glibc

/// What a service tells its manager (`sd_notify(3)`). Nothing happens where there is none.
public enum Notify {
  /// Start-up has finished.
  public static func ready(status: String) { send("READY=1\n" + line(status)) }

  /// One line for `systemctl status`, readable by others.
  public static func status(_ status: String) { send(line(status)) }

  /// The settings are being read anew; ``ready(status:)`` ends that.
  public static func reloading() {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    send("RELOADING=1\nMONOTONIC_USEC=\(Int64(time.tv_sec) * 1_000_000 + Int64(time.tv_nsec) / 1000)")
  }

  public static func stopping() { send("STOPPING=1") }

  /// A line feed would begin another assignment.
  private static func line(_ status: String) -> String {
    "STATUS=" + String(decoding: status.utf8.map { $0 == 0x0a ? 0x20 : $0 }, as: UTF8.self)
  }

  /// A manager that does not listen is no reason to stop working.
  private static func send(_ state: String) { _ = sd_notify(0, state) }
}
