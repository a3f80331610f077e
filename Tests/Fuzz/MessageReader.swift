import Glibc
import NapeCore
import Systemd

@testable import NapeDesktop

/// What a bus sends, after it has let us in: messages are read or refused.
@_cdecl("LLVMFuzzerTestOneInput")
public func readMessages(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = UnsafeBufferPointer(start: bytes, count: count)
  guard areWhole(UnsafeRawBufferPointer(bytes)) else { return -1 }
  do {
    let loop = try EventLoop()
    var pair = SocketPair()
    pair.say("DATA\r\nOK 0123456789abcdef0123456789abcdef\r\nAGREE_UNIX_FD\r\n".utf8)
    let bus = try Bus.open(fd: dup(pair.ours.raw))
    try bus.attach(to: loop)
    let slot = try bus.match(sender: nil, path: nil, interface: nil, member: nil) { read($0) }
    let listeners = try Listeners(bus, loop)
    loop.settle()
    // Only once it is let in does it look for messages when some come.
    pair.say(bytes)
    loop.settle()
    pair.hangUp()
    loop.settle()
    withExtendedLifetime((slot, listeners)) {}
  } catch {
    fatalError("\(error)")
  }
  return 0
}

/// What the daemon has on its buses, each in the middle of something.
private struct Listeners {
  private let login: Login
  private let server: NotificationServer
  private let mutter: MutterSource
  private let pause: (any PauseWait)?
  private let inhibitors: Inhibitors
  private let savers: ScreenSavers
  private let reminders: GnomeBreakReminders
  private let doNotDisturb: DoNotDisturb

  init(_ bus: Bus, _ loop: EventLoop) throws(Errno) {
    login = Login(bus: bus)
    server = NotificationServer(bus: bus, loop: loop)
    mutter = try MutterSource(.mutter, bus: bus, owner: ":1.9", loop: loop) { _ in }
    pause = mutter.awaitPause(of: .seconds(3)) { _ in }
    inhibitors = Inhibitors(session: bus, system: bus, now: { 0 })
    savers = ScreenSavers(bus: bus)
    reminders = GnomeBreakReminders(bus: bus)
    doNotDisturb = DoNotDisturb(bus: bus)
    try inhibitors.start()
    try savers.start()
    try reminders.start()
    try doNotDisturb.start()
    try login.start()
    try server.start()
    server.information { _ in }
    let content = NotificationContent(
      title: "x", body: "x", actions: [.init("Snooze", .snoozed)], click: .answer(.done), isLow: false, category: "")
    server.show(1, content) { _ in }
    mutter.watch(.idle(after: .minutes(1)))
  }
}

/// Whether the messages are as long as their headers say: for others, libsystemd only sets memory aside and waits.
private func areWhole(_ bytes: UnsafeRawBufferPointer) -> Bool {
  var rest = bytes[...]
  while !rest.isEmpty {
    guard rest.count >= 16 else { return false }
    let header = UnsafeRawBufferPointer(rebasing: rest.prefix(16))
    let isLittle = header[0] == UInt8(ascii: "l")
    let lengths = [4, 12].map { place in
      let length = header.loadUnaligned(fromByteOffset: place, as: UInt32.self)
      return Int(isLittle ? UInt32(littleEndian: length) : UInt32(bigEndian: length))
    }
    let whole = 16 + (lengths[1] + 7) & ~7 + lengths[0]
    guard whole <= rest.count else { return false }
    rest = rest.dropFirst(whole)
  }
  return true
}

/// Reads a message twice, which gives the same, and asks the values what they are.
private func read(_ message: Message) {
  _ = (message.sender, message.path, message.interface, message.member)
  guard let values = try? message.read() else { return }
  guard let again = try? message.read(), again.count == values.count else { fatalError("it cannot be read again") }
  for value in values {
    _ = (value.typeSignature, value.unwrapped, value.dictionary, value.strings, value.elements)
  }
}
