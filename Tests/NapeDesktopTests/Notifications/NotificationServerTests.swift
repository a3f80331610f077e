import NapeCore
import Systemd
import Testing

@testable import NapeDesktop

/// Servers that come late, refuse, hang, hand out other ids, and go. (What they draw is shown by `Tests/Integration`.)
@Suite struct NotificationServerTests {
  private enum Told: Hashable {
    case delivery(UInt64, NotificationServer.Delivery)
    case late(UInt64)
    case reply(UInt64, NotificationContent.Reply)
    case closed(UInt64, byPerson: Bool)
  }

  private let daemon: PrivateBus
  private let loop: EventLoop
  private let server: NotificationServer
  private let told = Kept<[Told]>([])

  init() throws {
    daemon = try PrivateBus()
    loop = try EventLoop()
    server = NotificationServer(
      bus: try daemon.connect(loop), loop: loop, patience: .init(answerUSec: 300_000, pauseUSec: 20_000))
    server.onReply = { [told] in told.value.append(.reply($0, $1)) }
    server.onClosed = { [told] in told.value.append(.closed($0, byPerson: $1)) }
    server.onShownLate = { [told] in told.value.append(.late($0)) }
    try server.start()
    try loop.rest()
  }

  private func desktop(
    capabilities: [String]? = ["actions", "body"], firstID: UInt32 = 1, keepsIDs: Bool = true, appears: Bool = true
  ) throws -> FakeNotificationServer {
    let desktop = try FakeNotificationServer(
      daemon.connect(loop), capabilities: capabilities, firstID: firstID, keepsIDs: keepsIDs)
    if appears { try desktop.appear() }
    try loop.rest()
    return desktop
  }

  private func content(picture: String? = nil) -> NotificationContent {
    NotificationContent(
      title: "50 <minutes>", body: "A & B", actions: [.init("Later", .snoozed)], click: .answer(.done),
      otherWay: "nape snooze", isLow: false, category: "x-nape.move", picture: picture)
  }

  private func show(_ prompt: UInt64, _ content: NotificationContent? = nil) {
    server.show(prompt, content ?? self.content()) { [told] in told.value.append(.delivery(prompt, $0)) }
  }

  private func shown(_ prompt: UInt64) throws {
    show(prompt)
    try loop.turn { told.value.last == .delivery(prompt, .shown) }
  }

  @Test func hintsHaveTheTypesThatTheSpecificationSays() throws {
    let desktop = try desktop()
    try shown(1)
    let notified = try #require(desktop.notified.first)
    #expect(notified.icon == "io.github.nape" && notified.replaces == 0)
    #expect(notified.actions == ["default", "Done", "a1", "Later"])
    #expect(notified.hints["urgency"] == .byte(1))
    #expect(notified.hints["transient"] == .bool(false))
    #expect(notified.hints["suppress-sound"] == .bool(true))
    #expect(notified.hints["desktop-entry"] == .string("io.github.nape"))
    #expect(notified.hints["category"] == .string("x-nape.move"))
    #expect(notified.hints["sound-name"] == nil)
  }

  @Test(arguments: [
    (["body-markup", "actions"], "A &amp; B"), (["body", "actions"], "A & B"), (["body"], "A & B\nnape snooze"),
  ])
  func theBodyIsAsTheServerReadsIt(_ capabilities: [String], _ body: String) throws {
    let desktop = try desktop(capabilities: capabilities)
    try shown(1)
    #expect(desktop.notified.first?.body == body)
    #expect(desktop.notified.first?.title == "50 <minutes>", "a title is never markup")
    #expect(desktop.notified.first?.actions.isEmpty == !capabilities.contains("actions"))
  }

  @Test func aServerThatDoesNotKnowTheQuestionIsGivenAText() throws {
    let desktop = try desktop(capabilities: nil)
    try shown(1)
    #expect(desktop.notified.first?.actions == [])
  }

  @Test(arguments: [(["icon-static"], true), (["body-images"], true), (["body", "actions"], false)])
  func aPictureIsForServersThatShowPictures(_ capabilities: [String], _ isSent: Bool) throws {
    let desktop = try desktop(capabilities: capabilities)
    show(1, content(picture: "/a b/e01.svg"))
    try loop.turn { told.value == [.delivery(1, .shown)] }
    #expect(desktop.notified.first?.hints["image-path"] == (isSent ? .string("file:///a%20b/e01.svg") : nil))
  }

  // MARK: In place of another

  @Test func theNextTakesThePlaceOfTheOneBefore() throws {
    let desktop = try desktop(firstID: 7)
    try shown(1)
    server.replace(prompt: 1)
    try shown(2)
    #expect(desktop.notified.map(\.replaces) == [0, 7])
    #expect(desktop.closed.isEmpty)
    try desktop.invoke(7, "a1")
    try loop.turn { told.value.last == .reply(2, .answer(.snoozed)) }
    #expect(desktop.closed.isEmpty || desktop.closed == [7])
  }

  @Test func whatIsBeingReplacedAnswersNothing() throws {
    let desktop = try desktop(firstID: 7)
    try shown(1)
    server.replace(prompt: 1)
    try desktop.invoke(7, "a1")
    try desktop.tellClosed(7, reason: 2)
    try loop.rest()
    #expect(told.value == [.delivery(1, .shown)])
    try shown(2)
    #expect(desktop.notified.last?.replaces == 0, "it has been closed in the meantime")
  }

  /// As GNOME's does with an id that it does not know any more.
  @Test func aServerThatGivesAnotherIdLeavesNoTwoThere() throws {
    let desktop = try desktop(firstID: 7, keepsIDs: false)
    try shown(1)
    server.replace(prompt: 1)
    try shown(2)
    try loop.turn { desktop.closed == [7] }
    server.close(prompt: 2)
    try loop.turn { desktop.closed == [7, 8] }
  }

  @Test func whatNothingReplacesIsCleared() throws {
    let desktop = try desktop(firstID: 7)
    try shown(1)
    server.clear()
    server.replace(prompt: 1)
    server.clear()
    try loop.turn { desktop.closed == [7] }
  }

  @Test func aRefusalLeavesNothingOfTheOneBefore() throws {
    let desktop = try desktop(firstID: 7)
    try shown(1)
    server.replace(prompt: 1)
    desktop.refuse(BusError.failed)
    show(2)
    try loop.turn { desktop.closed == [7] }
    #expect(told.value.last == .delivery(2, .failed))
  }

  // MARK: Refusals and silence

  @Test func kdesRefusalIsTriedOnceMore() throws {
    let desktop = try desktop()
    desktop.refuse(NotificationServer.tooMany)
    try shown(1)
    #expect(desktop.notified.count == 2)
  }

  @Test func andNotMoreThanOnce() throws {
    let desktop = try desktop()
    desktop.refuse(NotificationServer.tooMany, times: 5)
    show(1)
    try loop.turn { told.value == [.delivery(1, .failed)] }
    try loop.rest()
    #expect(desktop.notified.count == 2)
  }

  @Test func whatIsNoLongerWantedIsNotTriedAgain() throws {
    let desktop = try desktop()
    desktop.refuse(NotificationServer.tooMany, times: 5)
    show(1)
    try loop.turn { desktop.notified.count == 1 }
    server.close(prompt: 1)
    try loop.rest()
    #expect(desktop.notified.count == 1)
    #expect(told.value == [.delivery(1, .takenBack)])
  }

  /// The server answers what it can do, and then nothing for a while.
  private func hang(_ desktop: FakeNotificationServer) throws {
    try loop.turn { desktop.capabilitiesAsked == 1 }
    desktop.bus.flush()
    desktop.bus.detach()
    try loop.turn { told.value == [.delivery(1, .unknown)] }
  }

  @Test func aLateIdOfAPromptThatIsOverIsClosed() throws {
    let desktop = try desktop(firstID: 7)
    show(1)
    try hang(desktop)
    server.close(prompt: 1)
    try desktop.bus.attach(to: loop)
    try loop.turn { desktop.closed == [7] }
    #expect(told.value == [.delivery(1, .unknown)])
  }

  @Test func aLateIdOfAPromptThatIsOpenIsItsId() throws {
    let desktop = try desktop(firstID: 7)
    show(1)
    try hang(desktop)
    try desktop.bus.attach(to: loop)
    try loop.turn { told.value.last == .late(1) }
    try desktop.invoke(7, "a1")
    try loop.turn { told.value.last == .reply(1, .answer(.snoozed)) }
    #expect(told.value == [.delivery(1, .unknown), .late(1), .reply(1, .answer(.snoozed))])
  }

  @Test func oneThatSaysNothingAtAllHasNotBeenHandedIt() throws {
    let silent = try Bus.open(address: daemon.address)
    #expect(try silent.requestName(NotificationServer.busName))
    try loop.rest()
    show(1)
    try loop.turn { told.value == [.delivery(1, .failed)] }
  }

  // MARK: Servers that come and go

  @Test func aServerThatComesShowsWhatIsStillOpenOnce() throws {
    show(1)
    try loop.turn { told.value == [.delivery(1, .failed)] }
    let desktop = try desktop()
    try loop.turn { told.value.last == .late(1) }
    #expect(desktop.notified.count == 1)
    // It goes and comes again: that is not shown anew.
    try desktop.vanish()
    try loop.turn { told.value.last == .closed(1, byPerson: false) }
    try desktop.appear()
    try loop.rest()
    #expect(desktop.notified.count == 1)
  }

  @Test func whatMayNotWaitIsNotShownLate() throws {
    server.show(1, content(), mayWait: false) { [told] in told.value.append(.delivery(1, $0)) }
    try loop.turn { told.value == [.delivery(1, .failed)] }
    let desktop = try desktop()
    try shown(2)
    #expect(desktop.notified.count == 1)
  }

  @Test func whatIsOverIsNotShownLate() throws {
    show(1)
    try loop.turn { told.value == [.delivery(1, .failed)] }
    server.close(prompt: 1)
    let desktop = try desktop()
    try loop.rest()
    #expect(desktop.notified.isEmpty)
  }

  @Test func aServerThatComesAndRefusesIsNotAskedAgain() throws {
    show(1)
    try loop.turn { told.value == [.delivery(1, .failed)] }
    let desktop = try desktop(appears: false)
    desktop.refuse(BusError.failed, times: 9)
    for _ in 0..<3 {
      try desktop.appear()
      try loop.rest()
      try desktop.vanish()
      try loop.rest()
    }
    #expect(desktop.notified.count == 1)
    #expect(told.value == [.delivery(1, .failed)])
  }

  @Test func anIdOfOneServerMeansNothingToTheNext() throws {
    let first = try desktop(firstID: 5)
    try shown(1)
    try first.vanish()
    try loop.turn { told.value.last == .closed(1, byPerson: false) }
    let second = try desktop(firstID: 5)
    try second.invoke(5, "a1")
    server.close(prompt: 1)
    try loop.rest()
    #expect(second.notified.isEmpty && second.closed.isEmpty && first.closed.isEmpty)
    try shown(2)
    #expect(second.notified.first?.replaces == 0)
  }

  /// The first has been handed the prompt, and another has its name by the time that it answers.
  @Test func aServerThatLosesItsNameInBetweenIsNotTheOneThatCounts() throws {
    let first = try desktop(firstID: 5)
    show(1)
    try loop.turn { first.capabilitiesAsked == 1 }
    first.bus.flush()
    first.bus.detach()
    try loop.turn { told.value == [.delivery(1, .unknown)] }
    try first.vanish()
    let second = try desktop(firstID: 9)
    try first.bus.attach(to: loop)
    try loop.turn { told.value.last == .late(1) }
    #expect(second.notified.count == 1)
    server.close(prompt: 1)
    try loop.turn { second.closed == [9] }
    #expect(first.closed.isEmpty)
  }
}
