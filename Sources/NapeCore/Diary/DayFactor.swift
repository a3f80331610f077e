/// Something of a day that may bear on a headache (`clinical.md` §1.1; NICE CG150 1.1.4, possible precipitants).
public enum DayFactor: String, Hashable, Sendable, CaseIterable {
  case sleep, stress
  case skippedMeal = "skipped-meal"
  case alcohol, menstruation, screen, driving, phone, bag, illness
}
