import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

@Suite struct PauseQuestionTests {
  /// A source that tells what the test says.
  private final class FakeSource: PresenceSource {
    final class Wait: PauseWait {}

    let name = SourceName.mutter
    let quality = Quality.precise
    private(set) var lengths: [Microseconds] = []
    private(set) var tell: (Bool) -> Void = { _ in }
    private(set) weak var wait: Wait?

    func watch(_ watch: Watch) {}
    func lastInput(_ answer: @escaping (Microseconds?) -> Void) { answer(nil) }

    func awaitPause(of length: Microseconds, _ tell: @escaping (Bool) -> Void) -> (any PauseWait)? {
      lengths.append(length)
      self.tell = tell
      let wait = Wait()
      self.wait = wait
      return wait
    }
  }

  /// One that sees no single inputs.
  private final class CoarseSource: PresenceSource {
    let name = SourceName.logind
    let quality = Quality.coarse

    func watch(_ watch: Watch) {}
    func lastInput(_ answer: @escaping (Microseconds?) -> Void) { answer(nil) }
  }

  private let loop: EventLoop
  private let question: PauseQuestion
  private let told = Kept<[Bool]>([])

  init() throws {
    loop = try EventLoop()
    question = PauseQuestion(loop: loop) { [told] in told.value.append($0) }
  }

  @Test func isPutOnce() throws {
    let source = FakeSource()
    question.follow(isAsked: false, source: source)
    try loop.rest()
    #expect(source.lengths.isEmpty)
    for _ in 0..<3 { question.follow(isAsked: true, source: source) }
    #expect(source.lengths == [.seconds(3)])
    source.tell(true)
    question.follow(isAsked: true, source: source)
    #expect(source.lengths.count == 1)
    #expect(source.wait != nil)
    source.tell(false)
    #expect(told.value == [true, false])
    #expect(source.wait == nil)
    // The next is another one.
    question.follow(isAsked: true, source: source)
    #expect(source.lengths.count == 2)
  }

  @Test func isDropped() throws {
    let source = FakeSource()
    question.follow(isAsked: true, source: source)
    question.follow(isAsked: false, source: source)
    #expect(source.wait == nil)
    question.follow(isAsked: true, source: source)
    #expect(source.lengths.count == 2)
    question.follow(isAsked: false, source: nil)
    try loop.rest()
    #expect(source.wait == nil)
    #expect(told.value.isEmpty)
  }

  @Test(arguments: [true, false])
  func isAnsweredWhereNobodyCanTell(_ isCoarse: Bool) throws {
    let source = isCoarse ? CoarseSource() : nil
    question.follow(isAsked: true, source: source)
    question.follow(isAsked: true, source: source)
    #expect(told.value.isEmpty, "told from within")
    try loop.rest()
    #expect(told.value == [false])
    question.follow(isAsked: true, source: source)
    question.follow(isAsked: false, source: source)
    try loop.rest()
    #expect(told.value == [false])
  }

  @Test func goesToTheNextSource() throws {
    let first = FakeSource()
    let second = FakeSource()
    question.follow(isAsked: true, source: first)
    first.tell(true)
    question.follow(isAsked: true, source: second)
    #expect(first.wait == nil && second.wait != nil)
    second.tell(false)
    #expect(told.value == [true, false])
  }

  @Test func isAnsweredWhenTheSourceGoes() throws {
    var source: FakeSource? = FakeSource()
    question.follow(isAsked: true, source: source)
    source?.tell(true)
    source = nil
    question.follow(isAsked: true, source: source)
    try loop.rest()
    #expect(told.value == [true, false])
  }

  /// As the daemon does, which looks at the engine after each event.
  @Test func mayBeAskedAnewByWhatItTells() throws {
    let source = FakeSource()
    var questions = 3
    let box = Kept<PauseQuestion?>(nil)
    box.value = PauseQuestion(loop: loop) { [told] in
      told.value.append($0)
      questions -= 1
      box.value?.follow(isAsked: questions > 0, source: nil)
    }
    box.value?.follow(isAsked: true, source: source)
    source.tell(false)
    try loop.rest()
    #expect(told.value == [false, false, false])
    box.value = nil
  }
}
