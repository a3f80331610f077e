/// Why a prompt that is due waits.
public enum Deferral: String, Hashable, Sendable, CaseIterable {
  case typing, inhibited, dnd, quiet, hours, paused
}
