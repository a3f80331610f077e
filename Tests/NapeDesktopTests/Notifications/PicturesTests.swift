import Glibc
import Testing

@testable import NapeDesktop

@Suite struct PicturesTests {
  private final class Folder {
    let path: String

    init() {
      var template = Array("/tmp/nape-pictures-XXXXXX".utf8CString)
      _ = mkdtemp(&template)
      path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func put(_ name: String) -> String {
      for folder in ["/nape", "/nape/pictures"] { mkdir(path + folder, 0o700) }
      let file = path + "/nape/pictures/" + name
      close(open(file, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600))
      return file
    }

    deinit {
      for name in ["/nape/pictures/e01.svg", "/nape/pictures", "/nape", ""] { remove(path + name) }
    }
  }

  @Test func theOwnFolderGoesFirst() {
    let (own, shared) = (Folder(), Folder())
    let pictures = Pictures {
      ["XDG_DATA_HOME": own.path, "XDG_DATA_DIRS": "relative:/nowhere:\(shared.path)"][$0]
    }
    #expect(pictures.path(of: "E01") == nil)
    let second = shared.put("e01.svg")
    #expect(pictures.path(of: "E01") == second)
    let first = own.put("e01.svg")
    #expect(pictures.path(of: "E01") == first)
    #expect(pictures.path(of: "e02") == nil)
    #expect(pictures.path(file: "e01.svg") == first)
    for name in ["", "e01", "../pictures/e01.svg"] { #expect(pictures.path(file: name) == nil) }
  }

  @Test func anIdIsNoPath() {
    let folder = Folder()
    _ = folder.put("e01.svg")
    let pictures = Pictures { $0 == "XDG_DATA_HOME" ? folder.path : nil }
    for id in ["", "../pictures/e01", "e01.svg", "/e01", "e01\u{0}", "é01", "."] {
      #expect(pictures.path(of: id) == nil)
    }
  }

  @Test func aHomeWillDo() {
    #expect(Pictures { _ in nil }.path(of: "E99") == nil)
    #expect(Pictures.none.path(of: "E01") == nil)
  }

  @Test func aPathBecomesAUri() {
    #expect(Pictures.uri("/usr/local/share/nape/e01.svg") == "file:///usr/local/share/nape/e01.svg")
    #expect(Pictures.uri("/home/Jos\u{e9} #1/50%") == "file:///home/Jos%C3%A9%20%231/50%25")
  }
}
