import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// The true classes of the points: a file with one a row, a column of a file, or one of the input.
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
    case .file(let path, let column):
      try checkHoldsPoints(path)
      var plain = ReadingOptions(header: options.header)
      plain.namesOptions = true
      return try Self.read(column, path, plain)
    case .column(let column):
      return try Self.read(column, of: input, options, "--labels-true")
    }
  }

  /// The texts of a column of the input.
  ///
  /// - Parameters:
  ///   - options: those by which the points are read.
  ///   - option: the one that names the column.
  static func read(
    _ column: String, of input: InputOptions, _ options: ReadingOptions, _ option: String
  ) throws -> [ClassName] {
    let files = try InputFiles(input.inputs).paths
    if let pipe = files.first(where: { !isRegularFile($0) }) {
      if let missing = FileOrColumn.absentFile(in: column) { throw missing }
      let name = pipe == "-" ? "the standard input" : pipe
      throw Failure.usage(
        "\(option) \(column): expected a file, for \(name) cannot be read twice")
    }
    do {
      return try files.flatMap { path -> [ClassName] in
        // A text without rows among several has no classes either.
        if files.count > 1 {
          var plain = ReadingOptions(
            format: options.format, header: options.header, dimension: options.dimension,
            array: options.array)
          (plain.allowsNoRows, plain.columns) = (true, .listed([column]))
          guard try OpenedVectorFile(path, options: plain).info.saysColumns else { return [] }
        }
        return try read(column, path, options)
      }
    } catch FileError.unusable(let path, let problem) {
      if let missing = FileOrColumn.absentFile(in: column) { throw missing }
      throw FileError.unusable(path: path, problem: "\(problem) (nor is there such a file)")
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
    (options.excluded, options.takesLabels) = ([], true)
    return try MemoryBudget().values(
      of: path, .labels, options, hint: FileOrColumn.hint
    ).values.map {
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

/// A class as it is written, byte by byte. Numbers come in their own order, before texts.
struct ClassName: Hashable, Comparable, Encodable {
  private let name: ExactText
  private let number: Double
  var text: String { name.text }

  init(_ text: String) {
    name = ExactText(text)
    let value = Double(text) ?? .infinity
    number = value.isFinite ? value : .infinity
  }

  static func < (left: ClassName, right: ClassName) -> Bool {
    (left.number, left.name) < (right.number, right.name)
  }

  func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(text)
  }
}
