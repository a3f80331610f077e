import Glibc

/// Which file it is, whatever its name. stat(2)
struct FileIdentity: Equatable {
  private let device: dev_t
  private let number: ino_t

  /// - Returns: `nil` where there is none at the path.
  init?(of path: String) {
    var status = stat()
    guard stat(path, &status) == 0 else { return nil }
    (device, number) = (status.st_dev, status.st_ino)
  }
}
