/// One record of a diary, of any kind.
public enum DiaryItem: Hashable, Sendable {
  case episode(EpisodeRecord)
  case day(DayRecord)
  case note(DiaryEntry<DiaryNote>)
  case score(DiaryEntry<Score>)
  case deskCheck(DiaryEntry<DeskCheck>)
}
