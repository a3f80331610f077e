import NapeCore

@testable import NapeSimulation

/// A trace: it ends in records or in an error.
@_cdecl("LLVMFuzzerTestOneInput")
public func readTrace(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = UnsafeBufferPointer(start: bytes, count: count)
  let lines = text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
  guard areShort(lines) else { return -1 }
  simulate(lines, laws: nil)
  return 0
}

/// Whether a trace ends within a working day: years with a prompt a second are no hang, but take as long.
private func areShort(_ lines: [some Sequence<UInt8>]) -> Bool {
  var reader = NapeSimulation.TraceReader(file: "")
  return lines.allSatisfy { line in
    let line = try? reader.line(line)
    return (line?.t ?? 0) <= 9 * .hour
  }
}
