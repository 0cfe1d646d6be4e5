import Foundation

/// The tool as it was built beside this test bundle.
enum Program {
  static let kmeans: String = {
    #if os(Linux)
      let bundle = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
    #else
      let bundle = Bundle.allBundles.first { $0.bundlePath.hasSuffix(".xctest") }?.bundlePath
    #endif
    // The bundle is a file or a folder in the folder of all products.
    for start in [bundle, CommandLine.arguments.first].compactMap({ $0 }) {
      var folder = URL(fileURLWithPath: start).standardizedFileURL
      for _ in 0..<4 {
        folder.deleteLastPathComponent()
        let candidate = folder.appendingPathComponent("kmeans").path
        var isFolder: ObjCBool = false
        if FileManager.default.fileExists(atPath: candidate, isDirectory: &isFolder),
          !isFolder.boolValue
        {
          return candidate
        }
      }
    }
    fatalError("there is no kmeans beside \(bundle ?? "the tests"): build the product kmeans")
  }()

  /// What the tests' own environment says must not matter.
  static func environment(_ changes: [String: String]) -> [String: String] {
    var environment = ProcessInfo.processInfo.environment
    for name in ["KMEANS_ISA", "OMP_NUM_THREADS"] { environment[name] = nil }
    return environment.merging(changes) { $1 }
  }

  /// Where only root can do something, or where root cannot be refused anything.
  static let isRoot = geteuid() == 0
}
