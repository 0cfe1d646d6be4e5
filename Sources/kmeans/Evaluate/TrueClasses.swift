import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// The true classes of the points: a file with one a row, or a column of the input.
struct TrueClasses {
  private let source: FileOrColumn

  init(_ text: String?) { source = FileOrColumn(text) }

  /// The column, if it is one.
  var column: String? { source.column }

  /// A line for the user where the file that is taken has the name of a column of the input.
  func note(_ info: VectorFileInfo) -> String? {
    source.note("--labels-true", info.path, info.columnNames)
  }

  /// The name of the classes in messages.
  func name(_ input: String) -> String { source.name(input) }

  /// The class of each row, if there are classes.
  ///
  /// - Parameter options: those by which the points are read.
  func read(beside input: InputOptions, _ options: ReadingOptions) throws -> [ClassName]? {
    switch source {
    case .none:
      return nil
    case .file(let path):
      try checkHoldsPoints(path)
      var plain = ReadingOptions(header: options.header)
      plain.namesOptions = true
      return try Self.read(nil, path, plain)
    case .column(let column):
      guard isRegularFile(input.input) else {
        if looksLikeFile(column) { throw missingFile(column) }
        let name = input.input == "-" ? "the standard input" : input.input
        throw Failure.usage(
          "--labels-true \(column): expected a file, for \(name) cannot be read twice")
      }
      do {
        return try Self.read(column, input.input, options)
      } catch FileError.unusable(let path, let problem) {
        if looksLikeFile(column) { throw missingFile(column) }
        throw FileError.unusable(path: path, problem: "\(problem) (nor is there such a file)")
      }
    }
  }

  private static func read(
    _ column: String?, _ path: String, _ options: ReadingOptions
  ) throws -> [ClassName] {
    guard isBinary(path, options) else {
      return try TextColumn(column, of: path, options: options).values.map { ClassName($0) }
    }
    var options = options
    options.columns = column.map { .listed([$0]) } ?? .numeric
    options.excluded = []
    return try MemoryBudget().values(of: path, .labels, options).values.map {
      ClassName(Int(exactly: $0).map(\.description) ?? $0.description)
    }
  }

  /// Whether a file holds numbers that are not text. A pipe, which cannot be opened twice, holds
  /// text.
  private static func isBinary(_ path: String, _ options: ReadingOptions) -> Bool {
    // Text without a column of numbers does not open; nor do files that the next reader refuses.
    let plain = ReadingOptions(
      format: options.format, dimension: options.dimension, array: options.array)
    guard isRegularFile(path), let file = try? OpenedVectorFile(path, options: plain) else {
      return false
    }
    return file.info.format != .csv && file.info.format != .tsv
  }
}

/// A class as it is written. Numbers come in their own order, before texts.
struct ClassName: Hashable, Comparable, Encodable {
  let text: String
  private let number: Double

  init(_ text: String) {
    self.text = text
    let value = Double(text) ?? .infinity
    number = value.isFinite ? value : .infinity
  }

  static func < (left: ClassName, right: ClassName) -> Bool {
    (left.number, left.text) < (right.number, right.text)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}

/// The clusters of points, read from a file.
enum ClusterLabels {
  /// One whole number a row, from -1 on.
  static func read(_ path: String) throws -> [Int32] {
    try checkHoldsPoints(path)
    let (name, values) = try MemoryBudget().values(of: path, .labels)
    return try values.enumerated().map { row, value in
      guard let label = Int32(exactly: value), label >= -1 else {
        throw FileError.malformed(
          path: name, place: .row(row),
          problem: "expected a whole number from -1 to \(Int32.max), found \(value) "
            + "(rows count from 0)")
      }
      return label
    }
  }
}
