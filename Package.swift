// swift-tools-version: 6.3
import PackageDescription

// Target names carry the prefix `KMeans` (two packages with a target `Kernels` cannot be in one
// graph), except the modules that programs import by name: `Clustering`, `VectorIO` and
// `Batching`. Folders stay short.

/// Settings of every Swift target; `Lifetimes` lets `MatrixView` borrow memory that it does not
/// own.
let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableExperimentalFeature("Lifetimes"),
]

func library(_ name: String, _ folder: String, _ dependencies: [Target.Dependency]) -> Target {
  .target(
    name: name, dependencies: dependencies, path: "Sources/\(folder)", swiftSettings: settings)
}

/// A whole program that shows how the library is used.
func example(_ folder: String, _ dependencies: [Target.Dependency]) -> Target {
  .executableTarget(
    name: "KMeans\(folder)Example", dependencies: dependencies, path: "Examples/\(folder)",
    swiftSettings: settings)
}

/// Without optimisation tests compile in less than half of the time, and run as fast: the modules
/// that they call are optimised.
func tests(
  _ folder: String, _ dependencies: [Target.Dependency], data: [String] = []
) -> Target {
  .testTarget(
    name: "KMeans\(folder)", dependencies: dependencies, path: "Tests/\(folder)", exclude: data,
    swiftSettings: settings + [.unsafeFlags(["-Onone"])])
}

/// A folder of kernels compiled for one instruction set and one scalar. Without options the folder
/// is compiled for the platform's baseline. `-O` keeps debug builds usable; without cross-module
/// optimisation no kernel can be inlined into code for an older processor.
func kernels(
  _ name: String, _ folder: String, scalar: String? = nil, options: [String],
  beside: [Target.Dependency] = []
) -> Target {
  let architecture = options.flatMap { ["-Xcc", "-Xarch_x86_64", "-Xcc", $0] }
  let isDouble = scalar == "Double"
  return .target(
    name: "KMeansKernels\(name)", dependencies: ["KMeansKernelTypes", "KMeansCLanes"] + beside,
    path: "Sources/\(folder)", exclude: isDouble ? ["Float"] : [],
    swiftSettings: settings + (isDouble ? [.define("KMEANS_DOUBLE")] : []) + [
      .unsafeFlags(
        ["-O", "-disable-cmo", "-Xcc", "-Qunused-arguments"] + architecture
          + (isDouble ? ["-Xcc", "-DKMEANS_DOUBLE"] : []))
    ])
}

/// The same kernels for both scalars: links to one folder, for no two targets may have the same.
func twins(_ name: String, options: [String], beside: [Target.Dependency] = []) -> [Target] {
  ["Float", "Double"].map {
    kernels(
      name + $0, "KernelTargets/\(name)\($0)", scalar: $0, options: options, beside: beside)
  }
}

/// Options for what multiplies bytes. Kernels that see nothing but bytes have no scalar.
let bytes = ["-march=x86-64-v4", "-mavx512vnni"]
let kernelTargets: [Target] =
  twins("", options: []) + twins("X86V3", options: ["-march=x86-64-v3"])
  + twins("X86V4", options: ["-march=x86-64-v4"])
  + [kernels("X86VNNI", "KernelsInt8", options: bytes)]
  + twins("X86VNNI", options: bytes, beside: ["KMeansKernelsX86VNNI"])

let package = Package(
  name: "swift-kmeans",
  products: [
    .library(name: "Clustering", targets: ["Clustering"]),
    .library(name: "VectorIO", targets: ["VectorIO"]),
    .library(name: "Batching", targets: ["Batching"]),
    // What Scripts/build-library makes libkmeans.so of.
    .library(name: "CKMeans", type: .static, targets: ["KMeansCInterface"]),
    .executable(name: "kmeans", targets: ["KMeansTool"]),
    .executable(name: "kmeans-bench", targets: ["KMeansBench"]),
  ],
  traits: [
    .trait(
      name: "LivePage",
      description: "kmeans stream --serve. FlyingFox is fetched for it, and for nothing else.")
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/swhitty/FlyingFox.git", from: "0.27.1"),
  ],
  targets: [
    // MARK: - System libraries and headers
    .systemLibrary(
      name: "KMeansCZlib", path: "Modules/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"]), .brew(["zlib"])]),
    .systemLibrary(name: "KMeansCMalloc", path: "Benchmarks/CMalloc"),
    .systemLibrary(name: "KMeansCMachineLimits", path: "Benchmarks/CMachineLimits"),
    .systemLibrary(name: "KMeansCHeader", path: "Modules/CKMeans"),
    .target(name: "KMeansCLanes", path: "Modules/CLanes"),
    .target(name: "KMeansCProcessor", path: "Modules/CProcessor"),

    // MARK: - Kernels, but for the targets that `kernelTargets` adds
    library("KMeansKernelTypes", "KernelTypes", ["KMeansCLanes"]),

    // MARK: - The library
    library("KMeansCLibrary", "CLibrary", []),
    library("KMeansLocks", "Locks", ["KMeansCLibrary"]),
    library(
      "KMeansLinearAlgebra", "LinearAlgebra",
      ["KMeansLocks", "KMeansCLibrary"]),
    library("KMeansFiles", "Files", ["KMeansCZlib", "KMeansLocks", "KMeansCLibrary"]),
    library(
      "Clustering", "Clustering",
      [
        "KMeansLinearAlgebra", "KMeansFiles", "KMeansLocks", "KMeansCLibrary",
        "KMeansKernelTypes", "KMeansCLanes", "KMeansCProcessor",
      ] + kernelTargets.map { .init(stringLiteral: $0.name) }),
    library(
      "VectorIO", "VectorIO",
      ["KMeansLinearAlgebra", "KMeansFiles", "KMeansCLibrary", "KMeansCZlib"]),
    library(
      "Batching", "Batching", ["VectorIO", "KMeansLinearAlgebra", "KMeansFiles", "KMeansLocks"]),
    library("KMeansReports", "Reports", ["Clustering", "KMeansFiles", "KMeansLinearAlgebra"]),
    library("KMeansReference", "Reference", []),
    library(
      "KMeansLivePage", "LivePage",
      [
        "KMeansLocks", "KMeansCLibrary",
        .product(
          name: "FlyingSocks", package: "FlyingFox", condition: .when(traits: ["LivePage"])),
      ]),
    library("KMeansScenes", "Scenes", ["Clustering", "KMeansLinearAlgebra"]),
    library(
      "KMeansCInterface", "CInterface",
      [
        "KMeansCHeader", "Clustering", "VectorIO", "KMeansFiles", "KMeansLinearAlgebra",
        "KMeansLocks", "KMeansCLibrary",
      ]),

    // MARK: - Programs
    .executableTarget(
      name: "KMeansTool",
      dependencies: [
        "Clustering", "Batching", "VectorIO", "KMeansFiles", "KMeansLinearAlgebra", "KMeansLocks",
        "KMeansReference", "KMeansReports", "KMeansScenes", "KMeansLivePage",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Sources/kmeans", swiftSettings: settings),
    .executableTarget(
      name: "KMeansBench",
      dependencies: [
        "Clustering", "VectorIO", "KMeansLinearAlgebra", "KMeansReference",
        "KMeansCMalloc", "KMeansCMachineLimits",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      path: "Benchmarks/kmeans-bench", swiftSettings: settings),

    example("Anomalies", ["Batching", "Clustering"]),
    example("Arrays", ["Clustering"]),
    example("ClusterFile", ["Clustering", "VectorIO"]),
    example("Follow", ["Batching", "Clustering"]),
    example("Palette", ["Clustering"]),
    example("Parts", ["Clustering", "VectorIO"]),
    example("Refit", ["Clustering"]),
    example("Sensors", ["Clustering"]),
    example("Spirals", ["Clustering"]),
    example("Visitors", ["Clustering"]),

    // MARK: - Tests
    // A program and no bundle of tests: it builds with ThreadSanitizer in a few minutes.
    .executableTarget(
      name: "KMeansRaces",
      dependencies: ["Batching", "Clustering", "VectorIO", "KMeansLinearAlgebra"],
      path: "Tests/Races", swiftSettings: settings),
    tests("LinearAlgebraTests", ["KMeansLinearAlgebra"]),
    .target(name: "KMeansTestSupport", path: "Tests/Support", swiftSettings: settings),
    tests("FilesTests", ["KMeansFiles", "KMeansTestSupport"]),
    tests(
      "ClusteringTests",
      [
        "Clustering", "KMeansFiles", "KMeansCLanes", "KMeansCLibrary", "KMeansKernelTypes",
        "KMeansReference", "KMeansTestSupport",
      ],
      data: ["Data"]),
    tests("SeamTests", ["Clustering"]),
    tests("VectorIOTests", ["VectorIO", "KMeansCZlib", "KMeansTestSupport"]),
    tests("BatchingTests", ["Batching", "VectorIO", "KMeansFiles", "KMeansTestSupport"]),
    tests("LivePageTests", ["KMeansLivePage"]),
    tests(
      "CInterfaceTests",
      [
        "KMeansCInterface", "KMeansCHeader", "Clustering", "KMeansLinearAlgebra",
        "KMeansTestSupport",
      ]),
    tests(
      "ReportsTests", ["KMeansReports", "KMeansScenes", "Clustering", "KMeansTestSupport"]),
    tests("ScenesTests", ["KMeansScenes", "Clustering", "KMeansLinearAlgebra"]),
    tests(
      "ToolTests",
      [
        "KMeansTool", "Clustering", "KMeansFiles", "KMeansLinearAlgebra", "KMeansTestSupport",
      ]),
  ] + kernelTargets
)

// The plugin that makes the pages of Sources/*/*.docc, for whoever makes them: users do not fetch it.
if Context.environment["KMEANS_DOCUMENTATION"] != nil {
  package.dependencies.append(
    .package(url: "https://github.com/swiftlang/swift-docc-plugin", from: "1.5.0"))
}

// A tool that runs without Swift, as Scripts/install wants it. Nothing but the link differs from other
// builds, so that nothing is compiled again; objects that were compiled for the shared Foundation do
// not name what the static one is made of.
if Context.environment["KMEANS_STATIC_STDLIB"] != nil {
  let parts = [
    "Foundation", "FoundationInternationalization", "FoundationEssentials", "CoreFoundation",
    "_FoundationICU", "_FoundationCollections", "_FoundationCShims", "swiftSynchronization",
    "stdc++",
  ]
  package.targets.first { $0.name == "KMeansTool" }?.linkerSettings = [
    .unsafeFlags(["-static-stdlib"] + parts.map { "-l\($0)" })
  ]
}

// A build for the tests of kernels alone, as .ci/address-sanitizer wants it.
if Context.environment["KMEANS_KERNEL_TESTS_ONLY"] != nil {
  package.products.removeAll { $0.name.hasPrefix("kmeans") }
  package.targets.removeAll { target in
    target.type == .executable || target.type == .test && target.name != "KMeansClusteringTests"
  }
}
