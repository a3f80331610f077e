import NapeCore
import Testing

@testable import NapeSettings

@Suite struct DurationTextTests {
  @Test(
    arguments: [
      ("50min", 3000), ("2h 30min", 9000), ("90s", 90), ("1h1min1s", 3661), ("0s", 0), ("48h", 172_800),
    ] as [(String, Int64)])
  func isRead(text: String, seconds: Int64) { #expect(DurationText.parse(text) == .seconds(seconds)) }

  @Test(
    arguments: [
      "", " ", "5", "min", "5 min", "5m", "-5min", "5min ", "5min 2h", "5min 5min", "1.5h", "99999999999h", "876601h",
      "9223372036854775807s", "٣min",
    ])
  func isRefused(text: String) { #expect(DurationText.parse(text) == nil) }

  @Test(arguments: [0, 1, 59, 60, 3600, 3661, 9000, 172_800] as [Int64])
  func isReadAsItWasWritten(seconds: Int64) {
    #expect(DurationText.parse(DurationText.string(.seconds(seconds))) == .seconds(seconds))
  }
}
