/// What can be noted of a headache besides onset, end and medicine. The raw values are the columns of the CSV
/// dictionary, the members of the JSON export, the keys on D-Bus and the names in the audit (`clinical.md` §1.1).
///
/// What has no value is unknown, never "no".
public enum EpisodeField: String, Hashable, Sendable, CaseIterable {
  /// Pain at the onset or when it was entered, 0 … 10 (numeric rating scale); a range where only words were asked for.
  case intensity = "onset_nrs"
  /// The worst pain, 0 … 10.
  case worst = "peak_nrs"
  case side
  /// Neck pain or stiffness before the headache or with it.
  case neck = "neck_with"
  case startPlace = "start_place"
  /// Where it is or was, several.
  case places
  case quality
  /// It reached its worst within five minutes.
  case sudden
  /// Walking or stairs made it worse, or it made the person avoid them.
  case worseWithActivity = "worse_activity"
  case nausea, vomiting, light, sound, aura
  /// What of the neck brings it on or makes it worse (CHISG Ia).
  case neckProvoked = "neck_provoked"
  /// Neck movement feels limited, and to which side (CHISG Ib).
  case neckLimited = "neck_limited"
  /// Shoulder or arm pain on the same side (CHISG Ic).
  case armPain = "arm_pain"
  /// Whether moving, another position or an exercise eased it.
  case easedByMove = "eased_by_move"
  case activityEffect = "activity_effect"
  case factors
  case note

  /// What values it takes.
  public var kind: FieldKind {
    switch self {
    case .intensity: .range(0...10)
    case .worst: .range(0...10)
    case .side: .word(["left", "right", "both", "middle"])
    case .startPlace: .word(Self.placeWords)
    case .places: .words(Self.placeWords)
    case .quality: .word(["pressing", "throbbing", "stabbing", "dull", "other"])
    case .neck, .sudden, .worseWithActivity, .nausea, .vomiting, .light, .sound, .aura, .armPain: .flag
    case .neckProvoked: .words(["movement", "position", "pressure"])
    case .neckLimited: .word(["no", "left", "right", "both"])
    case .easedByMove: .word(["yes", "partly", "no", "not-tried"])
    case .activityEffect: .word(["none", "slowed", "stopped"])
    case .factors: .words(DayFactor.allCases.map(\.rawValue))
    case .note: .text(longest: 1000)
    }
  }

  private static let placeWords = [
    "base-of-skull", "neck", "temple", "forehead", "behind-eye", "top", "band", "whole",
  ]
}
