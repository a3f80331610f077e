import ArgumentParser
import Glibc
import JSON
import NapeBus
import NapeCore
import NapeSettings
import NapeStore
import Systemd

struct Doctor: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check what nape needs, and say what to do about what is missing.",
    discussion: """
      Exits 1 if something is missing that nape cannot do without. Nothing is started or changed.

      Examples:
        nape doctor
        nape doctor --json
      """)

  @Flag(name: .long, help: "Print what was found as a JSON array.")
  var json = false

  func run() throws {
    let findings = [
      Checkup.settings(), Checkup.store(), Checkup.journal(), Checkup.unit(),
    ]
    var all = [Checkup.bus()]
    if all[0].state != .bad { all += [Checkup.notifications()] + Checkup.daemon() + Checkup.desktop() }
    all += findings
    if json {
      print(JSONText.array(all.map(\.json)))
    } else {
      show(all)
    }
    if all.contains(where: { $0.state == .bad }) { throw ExitCode(1) }
  }

  private func show(_ findings: [Finding]) {
    let width = findings.map(\.name.count).max() ?? 0
    for finding in findings {
      let gap = String(repeating: " ", count: width - finding.name.count)
      print("\(finding.state.mark)  \(finding.name)\(gap)  \(finding.text)")
      if let advice = finding.advice { print("\(String(repeating: " ", count: width + 6))→ \(advice)") }
    }
  }
}

/// What was found, and what to do about it.
struct Finding {
  enum State: String {
    case good = "ok"
    case worth = "note"
    case bad = "bad"

    var mark: String {
      switch self {
      case .good: "ok  "
      case .worth: "note"
      case .bad: "BAD "
      }
    }
  }

  let name: String
  let state: State
  let text: String
  var advice: String?

  var json: String {
    JSONText.object([
      ("name", JSONText.quoted(name)), ("state", JSONText.quoted(state.rawValue)), ("text", JSONText.quoted(text)),
      ("advice", JSONText.optional(advice)),
    ])
  }
}

/// The single checks of `nape doctor`.
enum Checkup {

  static func bus() -> Finding {
    do throws(Errno) {
      _ = try Bus.openUser()
      return Finding(name: "session bus", state: .good, text: "reachable")
    } catch {
      return Finding(
        name: "session bus", state: .bad, text: "not reachable: \(error)",
        advice: "log in to a session with a user manager; over ssh or su, use: machinectl shell USER@")
    }
  }

  static func notifications() -> Finding {
    let name = "notifications"
    let service = "org.freedesktop.Notifications"
    do {
      let bus = try Bus.openUser()
      func ask(_ member: String) throws -> [BusValue] {
        let call = try bus.methodCall(service, "/org/freedesktop/Notifications", service, member)
        try call.setAutoStart(false)
        return try bus.call(call, timeoutUSec: 3_000_000)
      }
      let server = try ask("GetServerInformation")
      let capabilities = try ask("GetCapabilities").first?.strings ?? []
      let title = "\(server.first?.string ?? "?") \(server.count > 2 ? server[2].string ?? "" : "")"
      guard capabilities.contains("actions") else {
        return Finding(
          name: name, state: .worth, text: "\(title), without buttons (\(capabilities.joined(separator: ", ")))",
          advice: "answer prompts with nape snooze and nape break, or use a server with actions")
      }
      return Finding(name: name, state: .good, text: "\(title) (\(capabilities.joined(separator: ", ")))")
    } catch {
      return Finding(
        name: name, state: .worth, text: "no server is running",
        advice: "the first prompt starts one if the bus can; else install one (mako, dunst, xfce4-notifyd); "
          + "until then prompts go to the journal alone")
    }
  }

  static func daemon() -> [Finding] {
    do throws(DaemonClient.Failure) {
      let client = try DaemonClient()
      let sitting = try client.properties(of: BusName.sitting)
      let daemon = try client.properties(of: BusName.daemon)
      let version = daemon["Version"]?.string ?? "?"
      let problems = daemon["Problems"]?.strings ?? []
      var findings = [Finding(name: "daemon", state: .good, text: "running, version \(version)")]
      if version != NapeVersion.string {
        findings[0] = Finding(
          name: "daemon", state: .worth, text: "running, version \(version); this command is \(NapeVersion.string)",
          advice: "systemctl --user restart nape")
      }
      findings.append(source(sitting["Source"]?.string ?? "", sitting["Quality"]?.string ?? ""))
      for problem in problems { findings.append(Finding(name: "problem", state: .worth, text: problem)) }
      return findings
    } catch {
      return [
        Finding(name: "daemon", state: .bad, text: "\(error)", advice: "systemctl --user enable --now nape")
      ]
    }
  }

  private static func source(_ name: String, _ quality: String) -> Finding {
    guard !name.isEmpty else {
      return Finding(
        name: "presence source", state: .bad, text: "none: nobody knows whether you are at the desk",
        advice: "GNOME tells by mutter, other Wayland desktops by ext-idle-notify, X servers by SYNC; is "
          + "WAYLAND_DISPLAY or DISPLAY known to the user manager? systemctl --user show-environment")
    }
    guard quality == Quality.precise.rawValue else {
      return Finding(
        name: "presence source", state: .worth, text: "\(name) (\(quality))",
        advice: quality == Quality.inhibitorAffected.rawValue
          ? "while a film or a call keeps the screen awake, this source does not see you leave"
          : "this source is late, or blind to some input")
    }
    return Finding(name: "presence source", state: .good, text: "\(name) (\(quality))")
  }

  static func desktop() -> [Finding] {
    do {
      let survey = try DesktopSurvey(environment: Environment.value)
      let sources = survey.sources.map { "\($0.name.rawValue) (\($0.quality.rawValue))" }
      let keepers = survey.inhibitors
      return [
        Finding(
          name: "sources", state: sources.isEmpty ? .worth : .good,
          text: sources.isEmpty ? "none is there" : "there are \(sources.joined(separator: ", "))"),
        Finding(
          name: "inhibitors", state: .good,
          text: keepers.isEmpty
            ? "nothing keeps the screen awake"
            : "something keeps the screen awake, says \(keepers.joined(separator: ", "))"),
        screenSaver(survey), session(survey.session),
      ]
    } catch {
      return [Finding(name: "desktop", state: .worth, text: "cannot be asked: \(error)")]
    }
  }

  private static func screenSaver(_ survey: DesktopSurvey) -> Finding {
    let name = "screen saver"
    guard survey.activeScreenSavers.isEmpty else {
      return Finding(
        name: name, state: .good, text: "\(survey.activeScreenSavers.joined(separator: ", ")), active: you are away")
    }
    guard survey.screenSavers.isEmpty else {
      return Finding(name: name, state: .good, text: "\(survey.screenSavers.joined(separator: ", ")), not active")
    }
    return Finding(name: name, state: .good, text: "none on the bus; a lock is known from logind alone")
  }

  private static func session(_ session: Login.Session?) -> Finding {
    let name = "session"
    guard let session else {
      return Finding(
        name: name, state: .worth, text: "logind knows of none",
        advice: "a lock, a switch to somebody else and sleep are not seen in time")
    }
    let kind = "\(session.id) (\(session.type))"
    guard !session.isRemote else {
      return Finding(
        name: name, state: .worth, text: "\(kind), remote", advice: "where you sit is another desk than this machine's")
    }
    let isActive = session.isActive ? "active" : "another one is active: you are away"
    return Finding(name: name, state: .good, text: "\(kind), \(isActive)\(session.isLocked ? ", locked" : "")")
  }

  static func settings() -> Finding {
    let loaded = LoadedSettings.load(environment: Environment.value)
    guard loaded.diagnostics.isEmpty else {
      return Finding(
        name: "settings", state: .bad, text: loaded.diagnostics.map(\.description).joined(separator: "\n"),
        advice: "mend the file, then: systemctl --user reload nape")
    }
    return Finding(
      name: "settings", state: .good, text: loaded.files.isEmpty ? "built-in" : loaded.files.joined(separator: ", "))
  }

  static func store() -> Finding {
    guard let path = StoreLocation.path(environment: Environment.value) else {
      return Finding(name: "store", state: .bad, text: "neither XDG_DATA_HOME nor HOME is set", advice: "set HOME")
    }
    guard access(path, F_OK) == 0 else {
      return Finding(name: "store", state: .worth, text: "\(path) does not exist yet", advice: "the daemon makes it")
    }
    do throws(StoreError) {
      let damage = try Store(path: path, patience: .command).quickCheck()
      guard damage.isEmpty else {
        return Finding(
          name: "store", state: .bad, text: "\(path) is damaged: \(damage.joined(separator: "; "))",
          advice: "stop the daemon and keep a copy of the file before anything else")
      }
      let old = DamagedStore.paths(beside: path)
      if !old.isEmpty {
        return Finding(
          name: "store", state: .worth, text: "\(path); damaged ones were set aside: \(old.joined(separator: ", "))",
          advice: "what can be read of them: sqlite3 \(old[0]) .recover; delete them when you need them no more")
      }
      return Finding(name: "store", state: .good, text: path)
    } catch {
      return Finding(name: "store", state: .bad, text: "\(error)", advice: "see who owns it: ls -l \(path)")
    }
  }

  static func journal() -> Finding {
    guard access("/run/systemd/journal/socket", W_OK) == 0 else {
      return Finding(
        name: "journal", state: .worth, text: "no journal is running",
        advice: "prompts are then carried by notifications alone")
    }
    return Finding(name: "journal", state: .good, text: "journalctl --user -u nape shows its records")
  }

  static func unit() -> Finding {
    let name = "unit"
    do {
      let bus = try Bus.openUser()
      let manager = "org.freedesktop.systemd1"
      let call = try bus.methodCall(
        manager, "/org/freedesktop/systemd1", manager + ".Manager", "GetUnitFileState", .string("nape.service"))
      try call.setAutoStart(false)
      let state = try bus.call(call).first?.string ?? "?"
      guard state == "enabled" || state == "enabled-runtime" else {
        return Finding(
          name: name, state: .worth, text: "nape.service is \(state)", advice: "systemctl --user enable --now nape")
      }
      return Finding(name: name, state: .good, text: "nape.service is \(state)")
    } catch {
      return Finding(
        name: name, state: .worth, text: "nape.service is not known to a user manager: \(error)",
        advice: "install the package or run make install, then: systemctl --user daemon-reload")
    }
  }
}
