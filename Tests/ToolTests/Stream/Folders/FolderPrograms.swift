import Foundation
import Testing

/// A stream of files that a test moves into folders while it runs.
final class FolderProgram {
  let place = Workplace()
  private var running: Running?

  /// - Parameter folders: made beforehand.
  init(_ folders: String...) {
    for folder in folders { place.makeFolder(folder) }
  }

  deinit { if running?.isRunning == true { running?.send(SIGKILL) } }

  /// Starts `kmeans stream` with a short interval.
  func start(_ command: String) throws {
    let words = command.split(separator: " ").map(String.init)
    running = try Running(
      Program.kmeans, ["stream"] + words + ["--interval", "50ms"], in: place)
  }

  /// Moves a file in, as a program does that writes it elsewhere first.
  func move(_ text: String, to name: String, modified: Double? = nil) throws {
    place.write(text, to: "staged")
    if let modified {
      try FileManager.default.setAttributes(
        [.modificationDate: Date(timeIntervalSince1970: modified)],
        ofItemAtPath: "\(place.path)/staged")
    }
    #expect(rename("\(place.path)/staged", "\(place.path)/\(name)") == 0)
  }

  /// Waits until an output holds a text.
  func wait(for text: String, in name: String, sourceLocation: SourceLocation = #_sourceLocation)
    throws
  {
    let isThere = eventually {
      (try? place.text(name).contains(text)) ?? false || !(running?.isRunning ?? false)
    }
    #expect(isThere, sourceLocation: sourceLocation)
    #expect(try place.text(name).contains(text), sourceLocation: sourceLocation)
  }

  /// Waits until something was said.
  func wait(forError text: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let running = try #require(running)
    #expect(
      eventually { running.errors.contains(text) || !running.isRunning },
      sourceLocation: sourceLocation)
    #expect(running.errors.contains(text), "\(running.errors)", sourceLocation: sourceLocation)
  }

  func send(_ signal: Int32) { running?.send(signal) }

  /// Ends the stream by a signal, or waits for its end.
  func end(with signal: Int32? = nil) throws -> Outcome {
    let running = try #require(running)
    if let signal { running.send(signal) }
    return running.wait()
  }
}
