import NapeSettings

/// A settings file, or a policy: whatever it holds, settings or diagnostics come of it.
@_cdecl("LLVMFuzzerTestOneInput")
public func readSettings(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: bytes, count: count))
  var loaded = LoadedSettings()
  loaded.apply(bytes, file: "fuzzed")
  for diagnostic in loaded.diagnostics + Policy(bytes, file: "fuzzed").diagnostics { _ = "\(diagnostic)" }
  return 0
}
