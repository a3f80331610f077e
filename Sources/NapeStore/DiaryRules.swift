import NapeCore

/// What of the settings the diary is kept by.
public struct DiaryRules: Hashable, Sendable {
  /// `presence.break_after`.
  public var breakAfter: Microseconds
  /// `diary.afternoon`: its first second of the local day, and the one after its last.
  public var afternoonFrom: Int
  public var afternoonTo: Int
  /// `diary.detail_until`.
  public var openFor: Microseconds

  public init(_ settings: Settings) {
    breakAfter = settings.presence.breakAfter
    afternoonFrom = settings.diary.afternoonFrom
    afternoonTo = settings.diary.afternoonTo
    openFor = settings.diary.detailUntil
  }
}
