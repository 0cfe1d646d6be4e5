// swift-tools-version: 6.2
// A package that depends on this one; elsewhere by .package(url: ..., from: "0.1.0").
import PackageDescription

let package = Package(
  name: "OwnMemory",
  dependencies: [.package(name: "swift-kmeans", path: "../..")],
  targets: [
    .executableTarget(
      name: "OwnMemory", dependencies: [.product(name: "Clustering", package: "swift-kmeans")])
  ]
)
