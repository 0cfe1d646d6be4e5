import Foundation
import KMeansFiles

/// A file of JSON, an object a line, that another program may be writing: its last line may be cut.
enum JSONLines {
  /// A longer line is none of ours.
  private static let longest = 1 << 28

  /// Decodes line after line.
  ///
  /// - Parameters:
  ///   - path: a file, or - for the standard input.
  ///   - writer: the command that writes such lines, for messages.
  ///   - body: gets a record, and returns what is wrong with it.
  /// - Returns: how many lines there were, and the bytes of a last one that has no end and is none.
  /// - Throws: ``FileError`` with the line that is wrong.
  static func read<Record: Decodable>(
    _ path: String, as type: Record.Type, of writer: String, _ body: (Record) -> String?
  ) throws -> (lines: Int, cutBytes: Int) {
    let buffer = try InputBuffer(InputFile(path), capacity: 1 << 20)
    let name = buffer.source.path
    let decoder = JSONDecoder()
    var (line, searched) = (0, 0)
    func malformed(_ problem: String) -> FileError {
      .malformed(path: name, place: .line(line), problem: problem)
    }
    func take(_ bytes: UnsafeRawBufferPointer) throws {
      line += 1
      let record: Record
      do {
        record = try decoder.decode(type, from: Data(bytes))
      } catch {
        throw malformed("\(reason(error)), found \(quoted(bytes)): expected a line of '\(writer)'")
      }
      if let problem = body(record) { throw malformed(problem) }
    }
    while true {
      let unread = buffer.unread
      if let end = unread[searched...].firstIndex(of: UInt8(ascii: "\n")) {
        let bytes = UnsafeRawBufferPointer(rebasing: unread[..<end])
        if bytes.allSatisfy({ $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\r") }) {
          line += 1
        } else {
          try take(bytes)
        }
        buffer.consume(end + 1)
        searched = 0
        continue
      }
      searched = unread.count
      if searched > longest {
        line += 1
        throw malformed("a line of more than \(longest) bytes: expected a line of '\(writer)'")
      }
      if try !buffer.fill() { break }
    }
    guard searched > 0 else { return (line, 0) }
    // A whole object is a line, with or without its end; what another program writes begins as one.
    if isBeginning(buffer.unread) { return (line, searched) }
    try take(buffer.unread)
    return (line, 0)
  }

  /// Whether the rest of a line may be still to come.
  private static func isBeginning(_ bytes: UnsafeRawBufferPointer) -> Bool {
    let blanks: [UInt8] = [UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r")]
    guard let first = bytes.first(where: { !blanks.contains($0) }) else { return true }
    return first == UInt8(ascii: "{")
      && (try? JSONSerialization.jsonObject(with: Data(bytes))) == nil
  }

  /// What is wrong with a line, in words.
  private static func reason(_ error: any Error) -> String {
    switch error {
    case DecodingError.keyNotFound(let key, _): "there is no key \(quoted(key.stringValue))"
    case DecodingError.typeMismatch(_, let context) where context.codingPath.isEmpty:
      "no object of JSON"
    case DecodingError.typeMismatch(_, let context), DecodingError.valueNotFound(_, let context):
      "the value of \(quoted(context.codingPath.map(\.stringValue).joined(separator: "."))) is of "
        + "another type"
    default: "no object of JSON"
    }
  }
}
