import Foundation
import Testing

/// What stands beside a checkpoint, or in the place of it.
@Suite struct CheckpointPlaceTests {
  private static let options = "-k 2 --first-rows 2 --batch-size 2 --quiet"

  @Test(.timeLimit(.minutes(5)), arguments: [("mkfifo", "a pipe"), ("ln -s a.csv", "a link")])
  func `what would be the lock and is no file`(_ command: String, _ kind: String) throws {
    let place = Workplace.withStream()
    _ = try place.shell("\(command) c.lock")
    let words = "stream a.csv \(Self.options) --checkpoint c".split(separator: " ").map(String.init)
    let outcome = try place.run(Program.kmeans, words)
    #expect(outcome.status == 64)
    #expect(
      outcome.errors
        == "kmeans: c.lock: it is \(kind), and would be the lock of the checkpoint: move it away, or "
        + "give the checkpoint another name\n")
    #expect(place.names.contains("c.lock") && !place.names.contains("c"))
  }
}
