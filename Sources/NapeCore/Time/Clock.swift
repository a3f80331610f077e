/// The only way in which the daemon knows time; the simulator and `nape demo` hand in another one.
public protocol Clock: AnyObject {
  /// All clocks, read now.
  func now() -> Moment
  /// Asks to be woken at a boot time, in place of what was asked before; `nil` asks for nothing.
  ///
  /// - Parameter accuracy: how much later the wake-up may come, so that the kernel can coalesce wake-ups.
  func arm(_ deadline: Microseconds?, accuracy: Microseconds)
}
