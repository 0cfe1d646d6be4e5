import Clustering
import Foundation
import KMeansFiles

/// The names of columns in a file of their own, one a line: the terms of a vocabulary.
struct FeatureNames {
  /// More is no list of names.
  private static let mostBytes = 1 << 30

  private let path: String
  /// One a column.
  let all: [String]

  /// - Throws: ``FileError`` or ``Failure`` where a line is none, with the line.
  init(_ path: String) throws {
    if let kind = try archiveKind(path) {
      throw Failure.data("\(path): expected the names of columns, one a line, found a \(kind)")
    }
    guard isRegularFile(path) || !exists(path) else {
      throw Failure.usage("--feature-names \(path): expected a file, not a folder or a pipe")
    }
    let buffer = try InputBuffer(InputFile(path), capacity: 1 << 20)
    while try buffer.fill() {
      guard buffer.unread.count <= Self.mostBytes else {
        throw Failure.data("\(path): more than 1 GiB, expected the names of columns, one a line")
      }
    }
    defer { withExtendedLifetime(buffer) {} }
    var names: [String] = []
    var lines = buffer.unread.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    // The end of the last line begins no other one.
    if lines.last?.isEmpty ?? false { lines.removeLast() }
    for (number, bytes) in lines.enumerated() {
      let line = bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes
      func wrong(_ problem: String) -> FileError {
        .malformed(path: path, place: .line(number + 1), problem: problem)
      }
      guard let name = String(validating: line, as: UTF8.self) else {
        let found = quoted(UnsafeRawBufferPointer(rebasing: line))
        throw wrong("\(found) is not UTF-8: expected a name")
      }
      guard !name.allSatisfy(\.isWhitespace) else {
        throw wrong("it is empty: expected the name of a column")
      }
      names.append(name)
    }
    (self.path, all) = (path, names)
  }

  /// The names of some columns.
  ///
  /// - Throws: ``Failure`` where there are more or fewer.
  init(_ path: String, columns: Int) throws {
    try self.init(path)
    try check(columns: columns)
  }

  /// Refuses more or fewer than there are columns.
  func check(columns: Int) throws {
    guard all.count == columns else {
      throw Failure.data(
        "\(path): \(counted(all.count, "name")) for \(counted(columns, "column")), expected one each"
      )
    }
  }
}
