import Foundation

/// A folder of its own for a test, removed with everything in it when the test ends.
package final class Folder: Sendable {
  package let path: String

  package init() {
    path = NSTemporaryDirectory() + "kmeans-test-\(UUID().uuidString)"
    try! FileManager.default.createDirectory(
      atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  package func file(_ name: String) -> String { path + "/" + name }

  package func write(_ bytes: [UInt8], to name: String) throws -> String {
    try Data(bytes).write(to: URL(fileURLWithPath: file(name)))
    return file(name)
  }

  package func bytes(of name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: file(name))))
  }

  /// All names in the folder, hidden ones too.
  package var names: [String] {
    (try! FileManager.default.contentsOfDirectory(atPath: path)).sorted()
  }
}
