// swift-tools-version: 6.1
import PackageDescription

// The house of the design (§3): a target imports only from floors below it, and the compiler holds the walls.

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6)]

let package = Package(
  name: "nape",
  products: [
    .executable(name: "nape", targets: ["nape"])
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // 1: system libraries and system calls.
    .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),

    // 2: thin faces of those libraries; the reader of settings; the whole domain.
    .target(name: "Systemd", dependencies: ["CSystemd"], swiftSettings: strict),
    .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: strict),
    .target(name: "TOML", swiftSettings: strict),
    .target(name: "NapeCore", swiftSettings: strict),

    // 3: settings and store.
    .target(
      name: "NapeSettings", dependencies: ["NapeCore", "TOML"], resources: [.embedInCode("Resources")],
      swiftSettings: strict),

    // 4: traces.
    .target(name: "NapeSimulation", dependencies: ["NapeCore", "NapeSettings"], swiftSettings: strict),

    // 6: the programs.
    .executableTarget(
      name: "nape",
      dependencies: [
        "NapeCore", "NapeSettings", "NapeSimulation",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
  ]
)
