import NapeCore
import Systemd

/// `io.github.nape.Nape1.Diary`: entries by other programs.
///
/// Its messages are erased from memory after use. Nothing of what is stored can be read here.
public enum DiaryInterface {
  /// - Parameter diary: keeps the entries.
  public static func object(for diary: any DiaryFace) -> BusObject {
    BusObject(
      path: BusName.path, interface: BusName.diary,
      methods: [
        method("LogHeadache", [.init("options", "a{sv}")], returns: [.init("id", "s")], diary) { diary, arguments in
          [.string(try diary.logHeadache(try logged(arguments.first, diary)).description)]
        },
        method(
          "EndHeadache", [.init("id", "s"), .init("end_timestamp", "t"), .init("options", "a{sv}")], diary
        ) { diary, arguments in
          try diary.editHeadache(try id(arguments.first)) { episode throws(BusError) in
            try ended(arguments, diary, episode)
          }
          return []
        },
        method("EditHeadache", [.init("id", "s"), .init("options", "a{sv}")], diary) { diary, arguments in
          try diary.editHeadache(try id(arguments.first)) { episode throws(BusError) in
            try edited(arguments.last, diary, takesBack: true, episode)
          }
          return []
        },
        method("DeleteHeadache", [.init("id", "s")], diary) { diary, arguments in
          try diary.deleteHeadache(try id(arguments.first))
          return []
        },
        method("SetDay", [.init("date", "s"), .init("state", "s")], diary) { diary, arguments in
          guard let date = arguments.first?.string.flatMap({ LocalDate($0) }) else {
            throw BusError.invalid("date: YYYY-MM-DD")
          }
          guard let state = arguments.last?.string.flatMap(DayState.init), state == .none || state == .unknown else {
            throw BusError.invalid("state: one of none, unknown")
          }
          try diary.setDay(date, to: state)
          return []
        },
        method("LogExercise", [.init("options", "a{sv}")], diary) { diary, arguments in
          let time = diary.entryTime
          let options = try DiaryOptions(
            arguments.first, allowed: ["exercise_id", "level", "done_timestamp"], time: time)
          guard let exercise = try options.text("exercise_id", longest: 40) else {
            throw BusError.invalid("exercise_id (s) is needed: one of nape exercise list")
          }
          try diary.logExercise(
            exercise, level: try options.integer("level", in: 1...10),
            done: try options.stamp("done_timestamp") ?? time.now)
          return []
        },
        method("AddNote", [.init("options", "a{sv}")], returns: [.init("id", "s")], diary) { diary, arguments in
          let time = diary.entryTime
          let options = try DiaryOptions(arguments.first, allowed: ["kind", "date", "text"], time: time)
          let note = DiaryNote(
            kind: try options.word("kind", DiaryNote.Kind.self) ?? .note,
            date: try options.date("date") ?? time.now.date,
            text: try options.text("text", longest: DiaryNote.longestText) ?? "")
          return [.string(try diary.addNote(note).description)]
        },
      ],
      properties: [],
      signals: [.init("Changed")])
  }

  /// The diary has changed. It does not say what.
  public static func emitChanged(on bus: Bus) throws(Errno) {
    try bus.emit(path: BusName.path, interface: BusName.diary, member: "Changed", [])
  }

  private static func method(
    _ name: String, _ inputs: [BusObject.Argument], returns outputs: [BusObject.Argument] = [],
    _ diary: any DiaryFace, _ body: @escaping (any DiaryFace, [BusValue]) throws -> [BusValue]
  ) -> BusObject.Method {
    .init(name, inputs, returns: outputs, isSensitive: true) { [weak diary] arguments in
      guard let diary else { return [] }
      return try body(diary, arguments)
    }
  }

  // MARK: Arguments

  private static func id(_ value: BusValue?) throws(BusError) -> RecordID {
    guard let id = value?.string.flatMap({ RecordID($0) }) else {
      throw BusError.invalid("id: as it was returned when it was entered")
    }
    return id
  }

  private static let changeKeys =
    DiaryOptions.fieldKeys + ["onset_timestamp", "onset_precision", "end_timestamp", "end_known", "medicines"]

  private static func logged(_ value: BusValue?, _ diary: any DiaryFace) throws(BusError) -> Episode {
    let begun = Episode(onset: Onset(at: diary.entryTime.now))
    return try edited(value, diary, takesBack: false, begun).applied(to: begun)
  }

  private static func edited(
    _ value: BusValue?, _ diary: any DiaryFace, takesBack: Bool, _ episode: Episode
  ) throws(BusError) -> EpisodeChange {
    let options = try DiaryOptions(value, allowed: changeKeys, time: diary.entryTime)
    var change = EpisodeChange(
      onset: try options.onset(before: episode.onset), end: try options.changedEnd(),
      fields: try options.fields(takesBack: takesBack))
    change.medicines = try options.medicines(for: change.applied(to: episode), classOf: diary.medicineClass)
    return change
  }

  private static func ended(
    _ arguments: [BusValue], _ diary: any DiaryFace, _ episode: Episode
  ) throws(BusError) -> EpisodeChange {
    let time = diary.entryTime
    let options = try DiaryOptions(
      arguments.last, allowed: DiaryOptions.fieldKeys + ["end_known", "medicines"], time: time)
    // 0 is now; for somebody who fell asleep, that it is not known.
    let end = try options.end(at: try DiaryOptions.time(arguments[1], "end_timestamp", time))
    // A call that is made again must not enter its medicines again.
    guard episode.takes(end) else { throw BusError.refused("its end is there already: edit it") }
    var change = EpisodeChange(
      end: .some(end), fields: try options.fields(takesBack: true))
    change.moreMedicines = try options.medicines(for: change.applied(to: episode), classOf: diary.medicineClass) ?? []
    return change
  }
}
