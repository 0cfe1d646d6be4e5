import Foundation
import Testing

/// What is said behind a value of a file of numbers that is no finite one.
let notFiniteHint =
  "; --on-invalid skip leaves such rows out, --on-invalid mean takes the column's mean for NaN"

extension Workplace {
  /// Expects that the tool fails as a user should see it: this status, this one line on stderr,
  /// nothing on stdout, and every file in the folder as it was.
  func expectFailure(
    _ status: Int32, _ line: String, _ arguments: [String], input: [UInt8] = [],
    environment: [String: String] = [:], sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let before = contents
    let outcome = try run(Program.kmeans, arguments, input: input, environment: environment)
    #expect(outcome.errors == "kmeans: \(line)\n", sourceLocation: sourceLocation)
    #expect(outcome.status == status, sourceLocation: sourceLocation)
    #expect(outcome.text == "", sourceLocation: sourceLocation)
    #expect(contents == before, sourceLocation: sourceLocation)
  }

  /// The same for a command line without blanks in its words.
  func expectFailure(
    _ status: Int32, _ line: String, _ command: String,
    sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    let words = command.split(separator: " ").map(String.init)
    try expectFailure(status, line, words, sourceLocation: sourceLocation)
  }
}

/// A wrong command line or a wrong file, and what the tool says of it.
struct Wrong: CustomTestStringConvertible, Sendable {
  let command: String
  let line: String
  let status: Int32

  init(_ command: String, _ line: String, _ status: Int32 = 65) {
    self.command = command
    self.line = line
    self.status = status
  }

  var testDescription: String { "\(status) \(command)" }

  /// Runs it in a folder.
  func check(in workplace: Workplace) throws {
    try workplace.expectFailure(status, line, command)
  }
}
