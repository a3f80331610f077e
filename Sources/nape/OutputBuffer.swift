import Glibc

/// Standard output, written in large pieces.
final class OutputBuffer {
  private var bytes: [UInt8] = []

  func write(_ text: String) {
    bytes += text.utf8
    if bytes.count >= 1 << 16 { flush() }
  }

  func flush() {
    // Nobody reads any more: there is nobody to tell.
    _ = Files.write(bytes, to: STDOUT_FILENO)
    bytes = []
  }
}
