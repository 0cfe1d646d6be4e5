import Foundation
import Testing

/// What a program left behind when it ended.
struct Outcome {
  /// The exit status; a program that a signal ended has that of a shell, 128 more than the signal.
  let status: Int32
  let output: [UInt8]
  let errors: String

  var text: String { String(decoding: output, as: UTF8.self) }
}

/// A folder of its own for a test, in which the tool runs: its messages name files as the test
/// does. It goes with everything in it when the test ends.
final class Workplace: Sendable {
  let path: String

  init() {
    path = NSTemporaryDirectory() + "kmeans-tool-\(UUID().uuidString)"
    for folder in [path, path + ".streams"] {
      try! FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }
  }

  deinit {
    try? FileManager.default.removeItem(atPath: path)
    try? FileManager.default.removeItem(atPath: path + ".streams")
  }

  /// Makes a folder, and those that it is to be in.
  func makeFolder(_ name: String) {
    try! FileManager.default.createDirectory(
      atPath: "\(path)/\(name)", withIntermediateDirectories: true)
  }

  func write(_ text: String, to name: String) { write(Array(text.utf8), to: name) }

  func write(_ bytes: [UInt8], to name: String) {
    try! Data(bytes).write(to: URL(fileURLWithPath: "\(path)/\(name)"))
  }

  func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: URL(fileURLWithPath: "\(path)/\(name)")))
  }

  func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

  /// The text below the header of a file.
  func text(
    _ name: String, under header: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let text = try text(name)
    #expect(text.hasPrefix("\(header)\n"), sourceLocation: sourceLocation)
    return String(text.dropFirst(header.count + 1))
  }

  /// All names in the folder, hidden ones too.
  var names: [String] { try! FileManager.default.contentsOfDirectory(atPath: path).sorted() }

  /// What every file holds; a folder holds nothing.
  var contents: [String: [UInt8]] {
    Dictionary(uniqueKeysWithValues: names.map { ($0, (try? bytes($0)) ?? []) })
  }

  /// Runs the tool to its end.
  @discardableResult
  func kmeans(
    _ arguments: String..., input: [UInt8] = [], environment: [String: String] = [:]
  ) throws -> Outcome {
    try run(Program.kmeans, arguments, input: input, environment: environment)
  }

  /// Runs a script to its end; the tool is `"$KMEANS"` there.
  func shell(_ script: String) throws -> Outcome {
    try run("/bin/sh", ["-c", script], environment: ["KMEANS": Program.kmeans])
  }

  func run(
    _ program: String, _ arguments: [String], input: [UInt8] = [],
    environment: [String: String] = [:]
  ) throws -> Outcome {
    let running = try Running(
      program, arguments, in: self, input: input, environment: environment)
    return running.wait()
  }
}
