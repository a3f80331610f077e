/// What nape comes with: what it is called tells nothing of the person.
public struct Shipped: Hashable, Sendable {
  /// Names of the movements by their ids.
  public let exercises: [String: String]
  public let programmes: [Programme]
  /// What `exercises.programme` may hold that is no file.
  public let programmeSettings: Set<String>

  public init(exercises: [String: String], programmes: [Programme], programmeSettings: Set<String>) {
    (self.exercises, self.programmes, self.programmeSettings) = (exercises, programmes, programmeSettings)
  }

  /// Whether it is one of them, whatever it is called.
  func holds(_ programme: Programme) -> Bool {
    programmes.contains { shipped in
      var shipped = shipped
      shipped.own = programme.own
      return shipped == programme
    }
  }
}
