import Glibc

/// Prints an HTML file to PDF with a program that is installed for it. Firefox is not among them: it prints no PDF without a
/// window.
enum PDFPrinter {
  /// - Parameter html: the page, whole.
  /// - Returns: the PDF.
  /// - Throws: where no program is installed, and where none of them prints within ``longest``.
  static func pdf(of html: String) throws -> [UInt8] {
    let found = programs.compactMap { program in located(program.name).map { (program, $0) } }
    guard !found.isEmpty else {
      throw Failure(
        "no browser to print a PDF: install chromium or weasyprint, or print review.html yourself", status: 1)
    }
    let folder = try PrivateFolder(prefix: "nape-print")
    defer { folder.remove() }
    let page = folder.path + "/review.html"
    try write(html, to: page)
    var why = ""
    for (program, file) in found {
      if program.isChromium, geteuid() == 0 {
        StandardError.write("nape: as root, \(program.name) prints without its sandbox\n")
      }
      let pdf = "\(folder.path)/\(program.name).pdf"
      let words = program.isChromium ? chromium(page, pdf, folder.path) : [page, pdf]
      var child = ChildProcess(file, words, folder: folder.path)
      if try child.run(within: longest), let bytes = try? Files.read(pdf, most: most), isWhole(bytes) { return bytes }
      why = "\(program.name) printed no PDF: \(child.complaint)"
    }
    throw Failure(why, status: 1)
  }

  /// A PDF begins with its name and ends with its end.
  private static func isWhole(_ bytes: [UInt8]) -> Bool {
    let end = Array("%%EOF".utf8)
    let tail = bytes.suffix(1024)
    return bytes.starts(with: Array("%PDF-".utf8))
      && tail.indices.contains { tail[$0...].starts(with: end) }
  }

  /// In seconds; a page takes two or three.
  private static let longest = 60
  /// In bytes: a page takes half a megabyte at most.
  private static let most = 256 << 20

  // MARK: Programs

  private struct Program {
    let name: String
    let isChromium: Bool
  }

  /// In the order in which they are tried.
  private static let programs =
    ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map {
      Program(name: $0, isChromium: true)
    } + [Program(name: "weasyprint", isChromium: false)]

  private static func located(_ name: String) -> String? {
    let folders = (Environment.value("PATH") ?? "/usr/local/bin:/usr/bin:/bin").split(separator: ":")
    return folders.map { "\($0)/\(name)" }.first { access($0, X_OK) == 0 }
  }

  /// With a profile of its own, and without any network.
  private static func chromium(_ page: String, _ pdf: String, _ folder: String) -> [String] {
    [
      "--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--user-data-dir=\(folder)/profile",
      "--no-first-run", "--no-default-browser-check", "--disable-background-networking", "--disable-component-update",
      "--disable-default-apps", "--disable-extensions", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND",
      "--no-pdf-header-footer", "--print-to-pdf=\(pdf)",
    ] + (geteuid() == 0 ? ["--no-sandbox"] : []) + ["file://\(encoded(page))"]
  }

  /// As a URL has it: all but letters, digits and a few others as `%20`.
  private static func encoded(_ path: String) -> String {
    path.utf8.map { byte in
      let isPlain =
        byte | 0x20 >= 0x61 && byte | 0x20 <= 0x7A || byte >= 0x30 && byte <= 0x39 || "/-._~".utf8.contains(byte)
      let digits = String(byte, radix: 16, uppercase: true)
      return isPlain ? String(Unicode.Scalar(byte)) : "%" + (byte < 16 ? "0" : "") + digits
    }.joined()
  }

  /// Into the private folder, where nothing is yet.
  private static func write(_ html: String, to path: String) throws {
    let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
    guard file >= 0 else { throw failure(path) }
    defer { close(file) }
    if !Files.write(html.utf8, to: file) { throw failure(path) }
  }

  private static func failure(_ path: String) -> Failure {
    Failure("\(path): \(String(cString: strerror(errno)))", status: 1)
  }
}
