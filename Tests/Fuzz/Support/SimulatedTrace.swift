import Glibc
import NapeCore
import NapeSettings
import NapeSimulation

private let builtIn = LoadedSettings.builtIn()
private let zones = ["UTC", "Europe/Berlin", "Asia/Tokyo", "America/St_Johns"]
private let zoneFiles = Dictionary(uniqueKeysWithValues: zones.map { ($0, contents(of: "/usr/share/zoneinfo/" + $0)) })

/// Runs a trace until it ends or cannot be taken.
func simulate(_ lines: some Sequence<some Sequence<UInt8>>) {
  var laws = Laws()
  var simulation = Simulation(file: "fuzzed", settings: builtIn, zoneFile: { zoneFiles[$0] }) { laws.check($0) }
  do throws(TraceError) {
    for line in lines { try simulation.take(line) }
    try simulation.finish()
  } catch {
    _ = "\(error)"
  }
}

private func contents(of path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { fatalError("no \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = Array(repeating: 0, count: 64 * 1024)
  let count = fread(&bytes, 1, bytes.count, file)
  return Array(bytes[..<count])
}
