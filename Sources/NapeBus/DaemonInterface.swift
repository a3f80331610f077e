import NapeCore
import Systemd

/// `io.github.nape.Nape1.Daemon`: the program itself.
public enum DaemonInterface {
  public static func object(for daemon: any DaemonFace) -> BusObject {
    BusObject(
      path: BusName.path, interface: BusName.daemon,
      methods: [
        .init("Reload") { [weak daemon] _ in
          try daemon?.reload()
          return []
        },
        .init("Refresh") { [weak daemon] _ in
          try daemon?.refresh()
          return []
        },
        .init("Why", returns: [.init("text", "s")]) { [weak daemon] _ in [.string(daemon?.why ?? "")] },
      ],
      properties: [
        .init("Version", "s", .constant) { .string(NapeVersion.string) },
        .init("Status", "s", .silent) { [weak daemon] in .string(daemon?.statusText ?? "") },
        .init("Problems", "as", .emitted) { [weak daemon] in .strings(daemon?.problems ?? []) },
        .init("LockedKeys", "as", .emitted) { [weak daemon] in .strings(daemon?.lockedKeys ?? []) },
      ],
      signals: [])
  }
}
