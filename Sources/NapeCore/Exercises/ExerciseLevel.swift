/// One step of difficulty of a movement.
public struct ExerciseLevel: Hashable, Sendable {
  /// From 1, without gaps.
  public var number: Int
  public var dose: Dose
  /// Whether the dose is for the left and for the right.
  public var eachSide: Bool
  /// How and with what: "lying on your back", "against a band".
  public var position: String
  public var desk: DeskFit

  public init(number: Int, dose: Dose, eachSide: Bool, position: String, desk: DeskFit) {
    self.number = number
    self.dose = dose
    self.eachSide = eachSide
    self.position = position
    self.desk = desk
  }
}

/// Whether a movement suits the desk.
public enum DeskFit: String, Hashable, Sendable, CaseIterable {
  /// Sitting at it.
  case yes
  /// Standing at it.
  case stand
  /// It leads away from the desk, which is its point.
  case leave
  /// It needs a mat, a bed or a quarter of an hour.
  case no

  /// Whether a prompt at the desk may ask for it.
  public var suitsPrompts: Bool { self != .no }
}
