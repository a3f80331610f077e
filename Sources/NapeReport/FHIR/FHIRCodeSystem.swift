import JSON
import NapeCore

/// The codes of nape's own, for what neither SNOMED CT nor LOINC names: published beside each export.
public enum FHIRCodeSystem {
  /// The one canonical address; it belongs to the project.
  public static let url = "https://nape.github.io/fhir/CodeSystem/nape-observation"
  public static let version = "1.0.0"
  public static let fileName = "codesystem.fhir.json"

  enum Concept: String, CaseIterable {
    case diarySummary = "diary-summary"
    case headacheDays = "headache-days"
    case confirmedDays = "confirmed-days"
    case unknownDays = "unknown-days"
    case headaches = "headaches"
    case moderateDays = "moderate-severe-days"
    case medianPeak = "median-peak-pain"
    case medianDuration = "median-duration"
    case duration
    case onsetPrecision = "onset-precision"
    case knownEnd = "end-known"
    case side
    case quality
    case startPlace = "start-place"
    case neck = "neck-pain-before-or-with"
    case neckProvoked = "provoked-by-neck"
    case worseWithActivity = "worse-with-activity"
    case loggingDelay = "logging-delay"
    case medicineDays = "acute-medicine-days-30d"
    case medicineDaysOfClass = "acute-medicine-class-days-30d"
    case deskTime = "desk-time"
    case boutsOf30 = "bouts-ge-30-min"
    case boutsOf60 = "bouts-ge-60-min"
    case longestBout = "longest-bout"
    case medianLongestBout = "median-longest-bout"
    case deskPattern = "desk-pattern"
    case deskDays = "desk-days"
    case medianDeskTime = "median-desk-time"
    case prolongedShare = "time-in-prolonged-bouts"
    case breaksPerHour = "breaks-per-desk-hour"
    case movePrompts = "move-prompts"
    case movesTaken = "move-prompts-followed"

    var display: String {
      switch self {
      case .diarySummary: "Self-kept headache diary summary"
      case .headacheDays: "Headache days in the period"
      case .confirmedDays: "Days of which the diary tells"
      case .unknownDays: "Days not recorded"
      case .headaches: "Headaches that began in the period"
      case .moderateDays: "Headache days with a peak of 4 or more"
      case .medianPeak: "Median peak pain"
      case .medianDuration: "Median duration of headaches"
      case .duration: "Headache duration"
      case .onsetPrecision: "How far off the onset may be"
      case .knownEnd: "What is known of the end"
      case .side: "Side of pain"
      case .quality: "Quality of pain"
      case .startPlace: "Where the pain began"
      case .neck: "Neck pain before or with headache"
      case .neckProvoked: "Brought on or made worse by the neck"
      case .worseWithActivity: "Worse with routine activity"
      case .loggingDelay: "Delay between onset and entry"
      case .medicineDays: "Days with acute medicine in 30 days"
      case .medicineDaysOfClass: "Days with acute medicine of a class in 30 days"
      case .deskTime: "Time at the desk: sitting as assumed from use, standing as declared"
      case .boutsOf30: "Sitting bouts of 30 min or more"
      case .boutsOf60: "Sitting bouts of 60 min or more"
      case .longestBout: "Longest sitting bout"
      case .medianLongestBout: "Median of the longest sitting bouts of the desk days"
      case .deskPattern: "Desk pattern of the period"
      case .deskDays: "Days on which the desk was used"
      case .medianDeskTime: "Median time at the desk by desk day"
      case .prolongedShare: "Share of sitting in prolonged bouts"
      case .breaksPerHour: "Breaks per hour at the desk"
      case .movePrompts: "Prompts to move that were shown"
      case .movesTaken: "Prompts to move that a break followed"
      }
    }
  }

  /// The fields whose words are codes too.
  private static let fields: [EpisodeField] = [.side, .quality, .startPlace, .neckProvoked]

  /// What else is a code: words of ends and classes of medicine.
  private static var words: [String] {
    var words: [String] = []
    for field in fields {
      if case .word(let some) = field.kind { words += some }
      if case .words(let some) = field.kind { words += some + ["none"] }
    }
    words += EpisodeEnd.Word.allCases.map(\.rawValue) + Medicine.Class.allCases.map(\.rawValue)
    var seen: Set<String> = []
    return words.filter { seen.insert($0).inserted }
  }

  /// `Base of skull`
  static func display(of word: String) -> String {
    let text = word.replacing("-", with: " ")
    return text.prefix(1).uppercased() + text.dropFirst()
  }

  /// The resource.
  public static var json: String {
    let concepts =
      Concept.allCases.map { ($0.rawValue, $0.display) } + words.map { ($0, display(of: $0)) }
    let listed = concepts.map { code, display in
      JSONText.object([("code", JSONText.quoted(code)), ("display", JSONText.quoted(display))])
    }
    let members: [(String, String)] = [
      ("resourceType", JSONText.quoted("CodeSystem")),
      ("text", FHIRNarrative.json("Codes of the diary of nape: \(concepts.map(\.1).joined(separator: "; "))")),
      ("url", JSONText.quoted(url)), ("version", JSONText.quoted(version)),
      ("name", JSONText.quoted("NapeObservation")),
      ("title", JSONText.quoted("Observations of the nape diary")), ("status", JSONText.quoted("active")),
      ("publisher", JSONText.quoted("nape")),
      (
        "description",
        JSONText.quoted("What a self-kept headache and desk diary holds and neither SNOMED CT nor LOINC names.")
      ),
      ("caseSensitive", "true"), ("content", JSONText.quoted("complete")), ("count", "\(concepts.count)"),
      ("concept", "[\n    " + listed.joined(separator: ",\n    ") + "\n  ]"),
    ]
    return FHIRBundle.lines(members)
  }
}
