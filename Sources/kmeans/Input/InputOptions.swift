public import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
public import VectorIO

/// Where points come from and how they are read.
struct InputOptions: ParsableArguments {
  @Argument(help: "A file of points, or - for the standard input.", completion: .file())
  var input: String

  @OptionGroup var rows: RowOptions

  var precision: Precision? { rows.precision }
  var reading: ReadingOptions { rows.reading }

  /// Opens the input.
  ///
  /// - Parameter options: ``reading``, or more than that.
  func open(_ options: ReadingOptions) throws -> OpenedVectorFile {
    try rows.open(input, options)
  }

  /// Opens the input with the column of the weights, if it has that.
  ///
  /// - Parameter options: ``reading``, or more than that.
  func open(_ weights: PointWeights, _ options: ReadingOptions) throws -> OpenedVectorFile {
    try open(weights.adding(to: options))
  }

  func validate() throws {
    if input.isEmpty {
      throw ValidationError("the input is an empty name: expected a file, or - for standard input")
    }
  }
}

/// How rows of points are read, wherever they come from.
struct RowOptions: ParsableArguments {
  @Option(help: "The format; by the extension otherwise. gzip is found by itself.")
  var format: VectorFormat?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Whether the first line of csv and tsv names the columns; auto asks the line itself.",
      valueName: "auto|yes|no"))
  var header = HeaderRow.auto

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The columns of the points: numeric, or a list of numbers from 1, names, ranges (5-8, 5-, "
        + "age-income) and patterns ('temp_*'); a name with a comma in double quotes.",
      valueName: "LIST"))
  var columns = "numeric"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Columns to leave out, chosen or not: a list as that of --columns.", valueName: "LIST"))
  var exclude: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How many values a row of raw-f32 or libsvm has.", valueName: "D"),
    transform: wholeNumber)
  var dimension: Int?

  @Option(
    help: ArgumentHelp(
      "The index of the first column of libsvm; by the model or the file otherwise.",
      valueName: "0|1"),
    transform: zeroOrOne)
  var firstIndex: Int?

  @Option(help: ArgumentHelp("The array of an npz file that holds several.", valueName: "NAME"))
  var array: String?

  @Option(help: "float or double; that of the file otherwise, and double for text.")
  var precision: Precision?

  @Option(
    help: ArgumentHelp(
      "What becomes of rows with a missing value, text, NaN or infinity, and of malformed ones: "
        + "error, or skip them.",
      valueName: "error|skip"))
  var onInvalid = InvalidRows.error

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --on-invalid skip: more rows than that, or than a share of them such as 1%, are an error.",
      valueName: "N"),
    transform: invalidRowLimit)
  var maxBadRows: InvalidRowLimit?

  var reading: ReadingOptions {
    var options = ReadingOptions(
      format: format, header: header, columns: ColumnSelection(columns), dimension: dimension,
      firstIndex: firstIndex, array: array, onInvalid: onInvalid)
    options.excluded = exclude.map(ColumnSelection.items) ?? []
    options.namesOptions = true
    options.mostInvalid = maxBadRows
    // What no sum of squares can hold.
    options.largestValue = 1e140
    return options
  }

  /// Whether columns are chosen, not found out.
  var areColumnsListed: Bool { columns != "numeric" }

  /// Opens an input.
  ///
  /// - Parameter options: ``reading``, or more than that.
  func open(_ input: String, _ options: ReadingOptions) throws -> OpenedVectorFile {
    if format == .rawF32 || input.hasSuffix(".f32"), dimension == nil {
      throw Failure.usage(
        "\(input): raw-f32 does not say how many values a row has, expected --dimension D")
    }
    try checkHoldsPoints(input)
    return try OpenedVectorFile(input, options: options)
  }

  func validate() throws {
    if let dimension, dimension < 1 {
      throw ValidationError("--dimension \(dimension): expected at least 1")
    }
    if maxBadRows != nil, onInvalid == .error {
      throw ValidationError("--max-bad-rows: expected --on-invalid skip, which leaves rows out")
    }
  }
}

/// The type of the points and the centroids.
enum Precision: String, ExpressibleByArgument, CaseIterable {
  case float, double

  init(_ precision: VectorFileInfo.Precision) {
    self = precision == .float ? .float : .double
  }
}

/// 0 or 1.
private func zeroOrOne(_ text: String) throws -> Int {
  guard let index = Int(text), index == 0 || index == 1 else {
    throw ValidationError("expected 0 or 1")
  }
  return index
}

extension HeaderRow: ExpressibleByArgument {}

extension VectorFormat: ExpressibleByArgument {}

extension InvalidRows: ExpressibleByArgument {}
