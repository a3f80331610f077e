import Glibc
import NapeCore
import NapeSettings
import NapeSimulation

private let builtIn = LoadedSettings()
private let zones = ["UTC", "Europe/Berlin", "Asia/Tokyo", "America/St_Johns"]
private let zoneFiles = Dictionary(uniqueKeysWithValues: zones.map { ($0, contents(of: "/usr/share/zoneinfo/" + $0)) })

/// With `FUZZ_SHOW` in the environment a trace and its records are printed, as an input alone does not say what it is.
private let shows = getenv("FUZZ_SHOW") != nil

/// Runs a trace until it ends or cannot be taken.
///
/// - Parameter laws: what its records must keep to; `nil` only reads them.
func simulate(_ lines: some Sequence<some Sequence<UInt8>>, laws: Laws?) {
  var laws = laws
  var simulation = Simulation(file: "fuzzed", settings: builtIn, exercises: .builtIn(), zoneFile: zoneFile(named:)) {
    record in
    show("  \(record.json())")
    _ = record.text()
    laws?.check(record)
  }
  do throws(TraceError) {
    for line in lines {
      show(String(decoding: Array(line), as: UTF8.self))
      try simulation.take(line)
    }
    try simulation.finish()
  } catch {
    _ = "\(error)"
  }
}

private func zoneFile(named name: String) -> [UInt8]? { zoneFiles[name] }

private func show(_ line: @autoclosure () -> String) {
  guard shows else { return }
  print(line())
  fflush(nil)
}

private func contents(of path: String) -> [UInt8] {
  guard let file = fopen(path, "r") else { fatalError("no \(path)") }
  defer { fclose(file) }
  var bytes: [UInt8] = Array(repeating: 0, count: 64 * 1024)
  let count = fread(&bytes, 1, bytes.count, file)
  return Array(bytes[..<count])
}
