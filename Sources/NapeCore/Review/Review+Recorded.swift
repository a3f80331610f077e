extension Review {
  /// Whether anything is recorded of the period.
  public var isOfAnything: Bool {
    diary.recordedDays > 0 || !episodes.isEmpty || !movements.isEmpty || !notes.isEmpty || !scores.isEmpty
      || days.contains { $0.desk.map { $0.desk + $0.away > 0 } ?? false }
  }
}
