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

  /// How many letters are missing, too many, wrong, or the wrong way round (the optimal string alignment), in bytes.
  private static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left.utf8.prefix(200)), Array(right.utf8))
    var (before, row) = ([Int](), Array(0...right.count))
    for index in left.indices {
      var next = [index + 1]
      for column in right.indices {
        let substitute = row[column] + (left[index] == right[column] ? 0 : 1)
        var least = min(substitute, row[column + 1] + 1, next[column] + 1)
        if index > 0, column > 0, left[index] == right[column - 1], left[index - 1] == right[column] {
          least = min(least, before[column - 1] + 1)
        }
        next.append(least)
      }
      (before, row) = (row, next)
    }
    return row[right.count]
  }
}
