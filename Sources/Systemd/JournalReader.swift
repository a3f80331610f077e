import CSystemd
import Glibc

/// Reads records of journals, one after the other. `sd-journal(3)`
///
/// It begins before the first record; ``next()`` goes to each in turn. What it gives is copied.
public final class JournalReader {
  /// By which a record is told from all others, in whatever file it lies.
  public struct Identity: Hashable, Sendable {
    /// Which boot of which machine.
    public let bootID: [UInt8]
    /// CLOCK_MONOTONIC of that boot.
    public let monotonicUSec: UInt64
    /// UTC.
    public let realtimeUSec: UInt64
  }

  private let journal: OpaquePointer

  /// The journals of this machine, as far as the caller may read them: who may read none meets no record and no error, and
  /// ``usage`` is 0. `sd_journal_open(3)`
  public init() throws(Errno) {
    var opened: OpaquePointer?
    try check(sd_journal_open(&opened, CInt(SD_JOURNAL_LOCAL_ONLY)))
    guard let opened else { throw Errno.invalidArgument }
    journal = opened
  }

  /// One journal file, wherever it comes from. `sd_journal_open_files(3)`
  ///
  /// - Throws: `EBADMSG`, `ENODATA`, `EINVAL` or `EIO` for what is no journal file, or is damaged where it begins;
  ///   `EPROTONOSUPPORT` for one of a newer kind.
  public init(file: String) throws(Errno) {
    var opened: OpaquePointer?
    let result = file.withCString { path in
      var paths: [UnsafePointer<CChar>?] = [path, nil]
      return sd_journal_open_files(&opened, &paths, 0)
    }
    try check(result)
    guard let opened else { throw Errno.invalidArgument }
    journal = opened
  }

  deinit { sd_journal_close(journal) }

  /// Only records that have this: values of one field are alternatives, other fields are wanted as well.
  /// `sd_journal_add_match(3)`
  public func match(_ field: String, _ value: String) throws(Errno) {
    let text = Array("\(field)=\(value)".utf8)
    try check(text.withUnsafeBytes { sd_journal_add_match(journal, $0.baseAddress, $0.count) })
  }

  /// Goes to the next record.
  ///
  /// - Returns: whether there is one. A file that is damaged on the way has none any more: see ``usage``.
  public func next() throws(Errno) -> Bool { try check(sd_journal_next(journal)) > 0 }

  /// The value of a field of this record, the first where there are several; `nil` where it has none, or none that can be
  /// read. `sd_journal_get_data(3)`
  public func value(of field: String) throws(Errno) -> String? {
    var data: UnsafeRawPointer?
    var length = 0
    do throws(Errno) {
      try check(sd_journal_get_data(journal, field, &data, &length))
    } catch {
      guard [ENOENT, EBADMSG, E2BIG].contains(error.code) else { throw error }
      return nil
    }
    return data.flatMap { Self.field($0, length) }?.value
  }

  private static func field(_ data: UnsafeRawPointer, _ length: Int) -> (name: String, value: String)? {
    let bytes = UnsafeRawBufferPointer(start: data, count: length)
    guard let sign = bytes.firstIndex(of: UInt8(ascii: "=")) else { return nil }
    return (
      String(decoding: bytes[..<sign], as: UTF8.self), String(decoding: bytes[(sign + 1)...], as: UTF8.self)
    )
  }

  /// Which record this is.
  public func identity() throws(Errno) -> Identity {
    var (realtime, monotonic): (UInt64, UInt64) = (0, 0)
    var boot = sd_id128_t()
    try check(sd_journal_get_realtime_usec(journal, &realtime))
    try check(sd_journal_get_monotonic_usec(journal, &monotonic, &boot))
    return Identity(
      bootID: withUnsafeBytes(of: boot) { Array($0) }, monotonicUSec: monotonic, realtimeUSec: realtime)
  }

  /// How many bytes the files that are read have on disk. libsystemd lets go of a file as soon as it finds it damaged, and
  /// goes on without it; it then counts no longer. `sd_journal_get_usage(3)`
  public func usage() throws(Errno) -> UInt64 {
    var bytes: UInt64 = 0
    try check(sd_journal_get_usage(journal, &bytes))
    return bytes
  }
}
