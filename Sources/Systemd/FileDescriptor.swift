import Glibc

/// A file descriptor that is closed when it is let go. Two are equal only where they are the same object.
public final class FileDescriptor: Hashable, Sendable {
  public let raw: CInt

  /// Takes a descriptor over.
  public init(owning raw: CInt) { self.raw = raw }

  /// A copy of somebody else's descriptor.
  init(copying raw: CInt) throws(Errno) {
    let copy = fcntl(raw, F_DUPFD_CLOEXEC, 3)
    guard copy >= 0 else { throw Errno.current }
    self.raw = copy
  }

  deinit { close(raw) }

  public static func == (one: FileDescriptor, other: FileDescriptor) -> Bool { one === other }

  public func hash(into hasher: inout Hasher) { hasher.combine(ObjectIdentifier(self)) }
}
