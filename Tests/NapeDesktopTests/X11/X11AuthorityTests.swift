import Glibc
import Testing

@testable import NapeDesktop

@Suite struct X11AuthorityTests {
  private static let host = Array("desk".utf8)
  private static let cookieName = "MIT-MAGIC-COOKIE-1"

  private static func entry(
    _ family: UInt16, _ address: String, _ display: String, _ data: [UInt8], name: String = cookieName
  ) -> [UInt8] {
    func number(_ value: UInt16) -> [UInt8] { [UInt8(value >> 8), UInt8(value & 0xFF)] }
    let fields = [Array(address.utf8), Array(display.utf8), Array(name.utf8), data]
    return fields.reduce(number(family)) { $0 + number(UInt16($1.count)) + $1 }
  }

  private static let several = [
    entry(0, "\u{7F}\u{0}\u{0}\u{1}", "0", [1]),
    entry(256, "other", "0", [2]),
    entry(256, "desk", "0", [3], name: "XDM-AUTHORIZATION-1"),
    entry(256, "desk", "1", [4]),
    entry(256, "desk", "0", [5]),
    entry(256, "desk", "0", [6]),
    entry(65535, "", "2", [7]),
    entry(65535, "whatever", "", [8]),
  ].flatMap { $0 }

  private func cookie(_ bytes: [UInt8], _ display: String) -> [UInt8]? {
    X11Authority(bytes).cookie(display: display, host: Self.host)
  }

  @Test(arguments: [("0", [5]), ("1", [4]), ("2", [7]), ("3", [8])] as [(String, [UInt8])])
  func choosesTheFirstThatFits(_ display: String, _ data: [UInt8]) {
    #expect(cookie(Self.several, display) == data)
  }

  @Test func knowsNoOther() {
    #expect(cookie([], "0") == nil)
    #expect(cookie(Self.entry(256, "other", "0", [1]), "0") == nil)
    #expect(cookie(Self.entry(256, "desk", "1", [1]), "0") == nil)
    #expect(cookie(Self.entry(6, "desk", "0", [1]), "0") == nil)
    #expect(cookie(Self.entry(256, "desk", "0", [1], name: "SUN-DES-1"), "0") == nil)
    #expect(X11Authority(Self.entry(256, "", "0", [1])).cookie(display: "0", host: []) == [1])
  }

  @Test func readsNothingBeyondDamage() {
    let whole = Self.several
    for length in 0..<whole.count {
      let part = Array(whole[..<length])
      #expect([nil, [5]].contains(cookie(part, "0")))
      #expect(cookie(part, "3") == nil)
    }
    #expect(cookie([0xFF, 0xFF, 0xFF, 0xFF] + whole, "0") == nil)
  }

  @Test func survivesMutations() {
    for seed in 0..<UInt64(2000) {
      var mutator = ConversationMutator(seed: seed)
      let found = cookie(mutator.mutate(Self.several), "0")
      #expect(found?.count ?? 0 <= Self.several.count)
    }
  }

  // MARK: Files

  private func withFolder(_ body: (String) throws -> Void) throws {
    let folder = try TemporaryFolder()
    try withExtendedLifetime(folder) { try body(folder.path) }
  }

  private func write(_ bytes: [UInt8], _ path: String) throws {
    let file = open(path, O_CREAT | O_WRONLY | O_CLOEXEC, 0o600)
    try #require(file >= 0)
    #expect(Glibc.write(file, bytes, bytes.count) == bytes.count)
    close(file)
  }

  private func read(_ environment: [String: String]) -> [UInt8]? {
    X11Authority.read { environment[$0] }?.cookie(display: "0", host: Self.host)
  }

  @Test func readsTheFileThatIsNamed() throws {
    try withFolder { folder in
      try write(Self.entry(256, "desk", "0", [1]), folder + "/given")
      try write(Self.entry(256, "desk", "0", [2]), folder + "/.Xauthority")
      #expect(read(["XAUTHORITY": folder + "/given", "HOME": folder]) == [1])
      #expect(read(["HOME": folder]) == [2])
      #expect(read(["XAUTHORITY": "", "HOME": folder]) == [2])
      #expect(read(["XAUTHORITY": folder + "/nowhere", "HOME": folder]) == nil)
      #expect(read([:]) == nil)
    }
  }

  @Test func readsNoFileThatIsNoneOfOurs() throws {
    try withFolder { folder in
      let entry = Self.entry(256, "desk", "0", [1])
      let filling = Self.entry(256, "elsewhere", "0", [UInt8](repeating: 0, count: 60_000))
      try write(entry + (0..<18).flatMap { _ in filling }, folder + "/long")
      #expect(read(["XAUTHORITY": folder + "/long"]) == nil)
      #expect(mkfifo(folder + "/pipe", 0o600) == 0)
      #expect(read(["XAUTHORITY": folder + "/pipe"]) == nil)
      #expect(read(["XAUTHORITY": folder]) == nil)
      #expect(read(["XAUTHORITY": "/dev/zero"]) == nil)
    }
  }

  @Test func knowsThisMachinesName() {
    #expect(!X11Authority.hostName.isEmpty)
    #expect(!X11Authority.hostName.contains(0))
  }
}
