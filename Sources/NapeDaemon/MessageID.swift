/// The kinds of journal records: `MESSAGE_ID` tells them apart for good, whatever their texts come to say.
public enum MessageID: String, CaseIterable {
  case started = "b7d0a9e4c2f84d5d9a1b6c3e5f708192"
  case failed = "bde2377c3a314be2864e0186aa7b5fdc"
  case stopped = "0c4e6d1f3a2b4c8e9f5d7a6b1e2c3d40"
  case degraded = "5f2a8c3d7e914b06a4c8d1e0f3b7925a"
  case recovered = "93d1b5e7c0a84f2e8b6d4c1a7f5e3029"
  case advised = "a9e3d7c1f5b24860b7d2e8f4c6a01b93"
  case settingsRefused = "e1a7c4f09b3d4e5ca8f2d6b04c7e1935"
  case settingsOverruled = "f1c8e36a5d2b47909e4a7b3c6d815f02"
  case settingsLoaded = "2d9f6b8e1c5a4037b1e8a3d7c6f40952"
  case promptPosted = "7a3c1e9d5b8f42c6a0d4e7f1b2c86935"
  case promptEnded = "c8f5a2d7e4b1493f9c6e0a8d3b7f1524"
  case storeFailed = "4b8e2f6a0d9c4751b3e7c5a1f8d60293"
  case storeRecovered = "d6a1f8c3b5e74920a7c4e2b9f0d13856"
  case onsetNoted = "6e0b4d92a7c34f18b5d1f8e3c97a2046"
  case unconfined = "3d7f0b5c91e84a26b3f6a8d2c4e17059"
  case clockStepped = "18c7e5b3d9f24a60b8d1c6e4a2f07395"
}
