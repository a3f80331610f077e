import Glibc
import Testing

@testable import NapeDesktop

@Suite struct PicturesTests {
  private func put(_ name: String, in folder: TemporaryFolder) throws -> String {
    for part in ["/nape", "/nape/pictures"] { mkdir(folder.path + part, 0o700) }
    let path = folder.path + "/nape/pictures/" + name
    let file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    try #require(file >= 0)
    close(file)
    return path
  }

  @Test func theOwnFolderGoesFirst() throws {
    let (own, shared) = (try TemporaryFolder(), try TemporaryFolder())
    let pictures = Pictures {
      ["XDG_DATA_HOME": own.path, "XDG_DATA_DIRS": "relative:/nowhere:\(shared.path)"][$0]
    }
    #expect(pictures.path(of: "E01") == nil)
    let second = try put("e01.svg", in: shared)
    #expect(pictures.path(of: "E01") == second)
    let first = try put("e01.svg", in: own)
    #expect(pictures.path(of: "E01") == first)
    #expect(pictures.path(of: "e02") == nil)
    #expect(pictures.path(file: "e01.svg") == first)
    for name in ["", "e01", "../pictures/e01.svg"] { #expect(pictures.path(file: name) == nil) }
  }

  @Test func anIdIsNoPath() throws {
    let folder = try TemporaryFolder()
    _ = try put("e01.svg", in: folder)
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
