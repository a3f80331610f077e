import ArgumentParser

struct HeadacheCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "headache",
    abstract: "Note a headache: on a terminal with four keys, or in one line.",
    discussion: """
      On a terminal, nape headache alone asks for a key each: how strong, which \
      side, the neck; Enter stores it. One line does it everywhere; its options \
      are listed by: nape headache add --help. Works without the daemon.

      Examples:
        nape headache
        nape headache 6 --side left --neck --ago 30min
        nape headache end
      """,
    subcommands: [
      HeadacheAdd.self, HeadacheEnd.self, HeadacheEdit.self, HeadacheDelete.self, HeadacheList.self,
    ],
    defaultSubcommand: HeadacheAdd.self)
}
