/// One case window and the referent windows that it is compared with, each exposed or not.
public struct Stratum: Hashable, Sendable {
  public let isCaseExposed: Bool
  /// One or more.
  public let referents: Int
  /// At most ``referents``.
  public let exposedReferents: Int

  public init(isCaseExposed: Bool, referents: Int, exposedReferents: Int) {
    self.isCaseExposed = isCaseExposed
    self.referents = referents
    self.exposedReferents = exposedReferents
  }

  public var windows: Int { referents + 1 }
  public var exposedWindows: Int { exposedReferents + (isCaseExposed ? 1 : 0) }

  /// Whether its windows differ, so that it tells something.
  public var isInformative: Bool { exposedWindows > 0 && exposedWindows < windows }

  /// How likely the case is to be exposed, its windows given, where exposure makes no difference.
  public var exposedShare: Double { Double(exposedWindows) / Double(windows) }
}
