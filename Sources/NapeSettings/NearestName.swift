/// The name that somebody probably meant.
public enum NearestName {
  /// - Returns: `nil` where none is near.
  public static func find(_ name: String, among names: [String]) -> String? {
    // Any word of four letters is near some other.
    let limit = max(name.utf8.count > 4 ? 2 : 1, name.utf8.count / 3)
    let ranked = names.map { (name: $0, distance: distance(name, $0)) }
    guard let best = ranked.min(by: { $0.distance < $1.distance }), best.distance <= limit else {
      return nil
    }
    return best.name
  }

  /// Levenshtein's distance, in bytes.
  private static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right.utf8)
    var row = Array(0...right.count)
    for (index, byte) in left.utf8.prefix(200).enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let substitute = diagonal + (byte == right[column] ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substitute, diagonal + 1, row[column] + 1)
      }
    }
    return row[right.count]
  }
}
