// swift-tools-version: 6.2
import PackageDescription

// The house of the design (§3): a target imports only from floors below it, and the compiler holds the walls.

let strict: [SwiftSetting] =
  [.swiftLanguageMode(.v6)] + (Context.environment["CI"] == nil ? [] : [.treatAllWarnings(as: .error)])

let package = Package(
  name: "nape",
  products: [
    .executable(name: "nape", targets: ["nape"]),
    .executable(name: "naped", targets: ["naped"]),
    .executable(name: "laws", targets: ["Laws"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    // 1: system libraries and system calls.
    .systemLibrary(name: "CSystemd", pkgConfig: "libsystemd", providers: [.apt(["libsystemd-dev"])]),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "CLinux"),

    // 2: thin faces of those libraries; readers of settings and of JSON; the whole domain.
    .target(name: "Systemd", dependencies: ["CSystemd"], swiftSettings: strict),
    .target(name: "SQLite", dependencies: ["CSQLite"], swiftSettings: strict),
    .target(name: "TOML", swiftSettings: strict),
    .target(name: "JSON", swiftSettings: strict),
    .target(name: "NapeCore", swiftSettings: strict),

    // 3: settings and store.
    .target(
      name: "NapeSettings", dependencies: ["NapeCore", "TOML"], resources: [.embedInCode("Resources")],
      swiftSettings: strict),

    .target(name: "NapeStore", dependencies: ["NapeCore", "SQLite"], swiftSettings: strict),

    // 4: D-Bus; what talks to a desktop; traces; the review in all its forms.
    .target(name: "NapeBus", dependencies: ["NapeCore", "Systemd"], swiftSettings: strict),
    .target(name: "NapeDesktop", dependencies: ["CLinux", "NapeCore", "Systemd"], swiftSettings: strict),
    .target(name: "NapeSimulation", dependencies: ["JSON", "NapeCore", "NapeSettings"], swiftSettings: strict),
    .target(name: "NapeReport", dependencies: ["JSON", "NapeCore"], swiftSettings: strict),

    // 5: the wiring of the daemon.
    .target(
      name: "NapeDaemon",
      dependencies: ["CLinux", "NapeBus", "NapeCore", "NapeDesktop", "NapeSettings", "NapeStore", "Systemd"],
      swiftSettings: strict),

    // 6: the programs.
    .executableTarget(name: "naped", dependencies: ["NapeDaemon"], swiftSettings: strict),
    .executableTarget(
      name: "nape",
      dependencies: [
        "JSON", "NapeBus", "NapeCore", "NapeDaemon", "NapeDesktop", "NapeReport", "NapeSettings", "NapeSimulation",
        "NapeStore", "Systemd",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),

    // The laws of the ledger, over a million generated events: a program, since that takes an optimised build.
    .executableTarget(
      name: "Laws", dependencies: ["NapeCore", "NapeSimulation"], path: "Tests/Laws", swiftSettings: strict),

    // The tests of each floor; those against real parts are Python, in Tests/Integration and Tests/System.
    .testTarget(name: "SystemdTests", dependencies: ["Systemd", "CSystemd"], swiftSettings: strict),
    .testTarget(name: "SQLiteTests", dependencies: ["SQLite", "CSQLite"], swiftSettings: strict),
    .testTarget(name: "TOMLTests", dependencies: ["TOML"], exclude: ["tomllib_oracle.py"], swiftSettings: strict),
    .testTarget(name: "NapeCoreTests", dependencies: ["NapeCore"], swiftSettings: strict),
    .testTarget(name: "NapeSettingsTests", dependencies: ["NapeSettings", "NapeCore"], swiftSettings: strict),
    .testTarget(
      name: "NapeStoreTests", dependencies: ["NapeStore", "NapeCore", "NapeSettings", "SQLite"], swiftSettings: strict),
    .testTarget(name: "NapeDesktopTests", dependencies: ["NapeDesktop", "NapeCore", "Systemd"], swiftSettings: strict),
    .testTarget(
      name: "NapeSimulationTests", dependencies: ["JSON", "NapeSimulation", "NapeCore", "NapeSettings"],
      swiftSettings: strict),
    .testTarget(
      name: "NapeReportTests", dependencies: ["JSON", "NapeReport", "NapeCore", "NapeSettings"], swiftSettings: strict),
    .testTarget(
      name: "NapeTests",
      dependencies: ["nape", .product(name: "ArgumentParser", package: "swift-argument-parser")], swiftSettings: strict),
  ]
)
