import NapeSettings

/// A settings file: whatever it holds, settings or diagnostics come of it.
@_cdecl("LLVMFuzzerTestOneInput")
public func readSettings(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  var loaded = LoadedSettings()
  loaded.apply(Array(UnsafeBufferPointer(start: bytes, count: count)), file: "fuzzed")
  for diagnostic in loaded.diagnostics { _ = "\(diagnostic)" }
  return 0
}
