import Foundation
import Testing

/// Checkpoints whose checksums are right and whose numbers no run leaves behind: they are refused
/// with a line, or gone on from; none ends the program.
@Suite struct CheckpointCountTests {
  /// What a checkpoint only counts.
  private static let counts: Set<String> = [
    "aheadCount", "born", "count", "died", "files", "filledBefore", "finished", "number", "points",
    "predictedBatches", "redecided", "rows", "size", "skippedRows", "split", "tooLatePoints",
  ]

  @Test(
    .timeLimit(.minutes(5)),
    arguments: [
      "stream a.csv b.csv -k 2 --first-rows 2 --batch-size 2 --trace t.jsonl --trace-every 3",
      "onepass a.csv -k 1 -km 4 --centroids c.npy", "fit a.csv -k 2 --centroids c.npy",
    ])
  func `numbers that no run leaves behind`(_ command: String) throws {
    let place = Workplace()
    place.write("x,y\n1,2\n1.5,2\n,7\n10,11\n10,12\n", to: "a.csv")
    place.write("x,y\n3,4\n5,6\n7,8\n", to: "b.csv")
    let words = "\(command) --on-invalid skip --quiet --checkpoint s --resume".split(separator: " ")
      .map(String.init)
    #expect(try place.run(Program.kmeans, words).status == 0)
    let bytes = try place.bytes("s")
    let good = ArchiveParts(bytes)
    #expect(good.bytes == bytes)
    let trace = try? place.bytes("t.jsonl")
    let run = try #require(good.sections.firstIndex { $0.name == Array("run".utf8) })
    let numbers = Self.numbers(in: good.sections[run].payload)
    var found: Set<String> = []
    for (key, range) in numbers {
      // Each is a run of the program.
      let isCount = Self.counts.contains(key)
      for number: Int64 in isCount ? [0, -1, .max, 1 << 62] : [-1] {
        var parts = good
        parts.sections[run].payload.replaceSubrange(range, with: "\(number)".utf8)
        place.write(parts.bytes, to: "s")
        if let trace { place.write(trace, to: "t.jsonl") }
        let outcome = try place.run(Program.kmeans, words)
        let what = "\(key) \(number): \(outcome.status) \(outcome.errors)"
        #expect([0, 64, 65].contains(outcome.status), "\(what)")
        guard number != 0, isCount else { continue }
        found.insert(key)
        let start = "kmeans: s: the checkpoint is damaged: its section 'run': "
        let end = "\(key) is \(number), expected a number from 0 to 2^53\n"
        #expect(outcome.status == 65, "\(what)")
        #expect(outcome.errors.hasPrefix(start) && outcome.errors.hasSuffix(end), "\(what)")
      }
    }
    #expect(found.count >= (command.hasPrefix("stream") ? 13 : 3), "\(found)")
  }

  /// More rows than the file had before the place.
  @Test func `numbers that do not go together`() throws {
    let place = Workplace.withSample()
    let words = "onepass a.csv -k 1 -km 4 --centroids c.npy --quiet --checkpoint s --resume"
    #expect(try place.run(Program.kmeans, words.split(separator: " ").map(String.init)).status == 0)
    var parts = ArchiveParts(try place.bytes("s"))
    let run = try #require(parts.sections.firstIndex { $0.name == Array("run".utf8) })
    let text = String(decoding: parts.sections[run].payload, as: UTF8.self)
    let both = #"},"rows":4},"rows":4,"#
    #expect(text.contains(both), "\(text)")
    for (position, rows, what) in [
      (4, 3, "position.rows is 4, expected 3 and the 0 that were left out"),
      (0, 4, "position.rows is 0, expected 4 and the 0 that were left out"),
      (3, 3, "rows is 3, expected at least the 4 points of the sketch"),
    ] {
      let changed = text.replacing(both, with: "},\"rows\":\(position)},\"rows\":\(rows),")
      parts.sections[run].payload = Array(changed.utf8)
      place.write(parts.bytes, to: "s")
      let outcome = try place.run(Program.kmeans, words.split(separator: " ").map(String.init))
      #expect(outcome.status == 65)
      #expect(
        outcome.errors.hasPrefix(
          "kmeans: s: the checkpoint is damaged: its section 'run': \(what)\n"),
        "\(outcome.errors)")
    }
  }

  /// The whole numbers in JSON, each with the key that it stands behind.
  private static func numbers(in json: [UInt8]) -> [(key: String, range: Range<Int>)] {
    var found: [(String, Range<Int>)] = []
    var (key, place) = ("", 0)
    while place < json.count {
      let start = place
      switch json[place] {
      case UInt8(ascii: "\""):
        place += 1
        while json[place] != UInt8(ascii: "\"") { place += json[place] == 0x5c ? 2 : 1 }
        key = String(decoding: json[start + 1..<place], as: UTF8.self)
        place += 1
      case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
        while "+-.0123456789Ee".utf8.contains(json[place]) { place += 1 }
        let text = String(decoding: json[start..<place], as: UTF8.self)
        let isOfKey = json[start - 1] == UInt8(ascii: ":")
        if Int(text) != nil { found.append((isOfKey ? key : "", start..<place)) }
      default: place += 1
      }
    }
    return found
  }
}
