import Foundation
import Testing

/// A command whose run can be killed and gone on with, and what it writes.
struct KilledRun: CustomTestStringConvertible, Sendable {
  let command: String
  /// The output that grows, whose lines say when to kill.
  let growing: String

  init(_ command: String, growing: String = "t.jsonl") {
    (self.command, self.growing) = (command, growing)
  }

  var testDescription: String { command }
  var words: [String] { command.split(separator: " ").map(String.init) }
}

extension Workplace {
  /// Rows with times, weights, keys and a few faults, in two files.
  static func withSensors(rows: Int = 3000) -> Workplace {
    let place = Workplace()
    var random = TestRandom(11)
    for (number, name) in ["a.csv", "b.csv"].enumerated() {
      var text = "host,time,weight,x,y,z\n"
      for row in 0..<rows {
        let center = Double(Int.random(in: 0..<5, using: &random) * 10)
        let values = (0..<3).map { _ in center + Double.random(in: -2...2, using: &random) }
        let fault = row % 331 == 7
        let time = Double(number * rows + row) + Double(row % 13) / 16
        text += "h\(row % 7),\(time),\(1 + row % 3),\(fault ? "" : values[0].description),"
        text += "\(values[1]),\(values[2])\n"
      }
      place.write(text, to: name)
    }
    return place
  }

  /// What outputs hold, but for seconds.
  func results(_ names: [String]) throws -> [String: [UInt8]] {
    var found: [String: [UInt8]] = [:]
    for name in names where self.names.contains(name) {
      found[name] =
        name == "m.jsonl"
        ? Array(try text(name).replacing(/"(seconds|readSeconds)":[^,}]*/, with: "").utf8)
        : try bytes(name)
    }
    return found
  }

  func removeAll(_ names: [String]) { names.forEach(remove) }

  /// Runs a command to its end, which must be a good one.
  @discardableResult
  func succeed(
    _ words: [String], sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> Outcome {
    let outcome = try run(Program.kmeans, words)
    #expect(outcome.status == 0, "\(outcome.errors)", sourceLocation: sourceLocation)
    return outcome
  }

  /// Starts a command and kills it when an output has so many lines.
  func kill(_ words: [String], after count: Int, linesIn name: String) throws {
    let running = try Running(Program.kmeans, words, in: self)
    _ = eventually {
      !running.isRunning || ((try? bytes(name))?.count { $0 == 10 } ?? 0) >= count
    }
    running.send(SIGKILL)
    _ = running.wait()
  }
}
