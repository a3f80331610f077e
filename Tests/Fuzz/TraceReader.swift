/// A trace: it ends in records or in an error.
@_cdecl("LLVMFuzzerTestOneInput")
public func readTrace(_ bytes: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let text = UnsafeBufferPointer(start: bytes, count: count)
  simulate(text.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false), laws: nil)
  return 0
}
