public import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
public import VectorIO

/// Where points come from and how they are read.
struct InputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files of points, or folders of them, taken as one set of rows; or - for the standard "
        + "input.", valueName: "input"), completion: .file())
  var inputs: [String]

  @OptionGroup var rows: RowOptions

  var precision: Precision? { rows.precision }
  var reading: ReadingOptions { rows.reading }
  /// Whether the points come from the standard input.
  var isStandardInput: Bool { inputs == ["-"] }

  /// Opens the input.
  ///
  /// - Parameters:
  ///   - options: ``reading``, or more than that.
  ///   - note: takes lines for the user.
  func open(_ options: ReadingOptions, note: (String) -> Void) throws -> OpenedVectorFile {
    try rows.open(inputs, options, note: note)
  }

  /// Opens the input with the column of the weights, if it has that.
  ///
  /// - Parameters:
  ///   - options: ``reading``, or more than that.
  ///   - note: takes lines for the user.
  func open(
    _ weights: PointWeights, _ options: ReadingOptions, note: (String) -> Void
  ) throws -> OpenedVectorFile {
    try open(weights.adding(to: options), note: note)
  }

  func validate() throws { try InputFiles.check(inputs) }
}

/// How rows of points are read, wherever they come from.
struct RowOptions: ParsableArguments {
  @Option(
    help: """
      The format, whatever the name; otherwise by the extension, .gz aside, or by the first bytes (npy, \
      npz, idx, safetensors, mtx), else csv. gzip is found by itself.
      """)
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
      "What stands between fields: a character, or comma, semicolon, tab, pipe, space (any number of "
        + "blanks); the first lines tell it otherwise.", valueName: "CHAR"),
    completion: .list(["comma", "semicolon", "tab", "pipe", "space"]), transform: fieldDelimiter)
  var delimiter: FieldDelimiter?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "What lines begin with that are passed over, such as '#'.", valueName: "CHAR"),
    transform: commentMark)
  var comment: CommentMark?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The decimal mark of numbers in text: a point, or a comma, which then separates no fields.",
      valueName: ".|,"),
    transform: decimalMark)
  var decimal: DecimalMark?

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

  @Option(
    help: ArgumentHelp(
      "The array of an npz or safetensors file that holds several.", valueName: "NAME"))
  var array: String?

  @Option(help: "float or double; that of the file otherwise, and double for text.")
  var precision: Precision?

  @Option(
    help: ArgumentHelp(
      "error: end at the first row with a missing value (an empty field, \(MissingWords.list)), text, "
        + "infinity or another number of fields; skip: leave such rows out, label -1; mean: take the "
        + "column's mean for missing values, that of the model where it has one.",
      valueName: "error|skip|mean"))
  var onInvalid = InvalidRows.error

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "With --on-invalid skip: more rows than that, or than a share of them such as 1%, are an error. "
        + "With mean: so many rows may be left out for other faults than missing values.",
      valueName: "N"),
    transform: invalidRowLimit)
  var maxBadRows: InvalidRowLimit?

  var reading: ReadingOptions {
    var options = ReadingOptions(
      format: format, header: header, columns: ColumnSelection(columns), dimension: dimension,
      firstIndex: firstIndex, array: array, onInvalid: onInvalid)
    options.text = TextFormat(delimiter: delimiter, decimal: decimal, comment: comment)
    // Points in memory, blocks and batches are filled in when their rows are there.
    options.leavesMissing = true
    options.takesLabels = false
    options.excluded = exclude.map(ColumnSelection.items) ?? []
    options.namesOptions = true
    options.mostInvalid = maxBadRows
    // What no sum of squares can hold.
    options.largestValue = 1e140
    return options
  }

  /// Whether malformed rows are left out.
  var leavesOut: Bool { reading.leavesOut }

  /// The options that were given, as typed: of what is no file of rows they say nothing.
  var given: [String] {
    let options: [(String, String?)] = [
      ("--format", format?.rawValue), ("--header", header == .auto ? nil : header.rawValue),
      ("--delimiter", delimiter?.text), ("--comment", comment?.text),
      ("--decimal", decimal?.rawValue), ("--columns", areColumnsListed ? columns : nil),
      ("--exclude", exclude), ("--dimension", dimension?.description),
      ("--first-index", firstIndex?.description), ("--array", array),
      ("--precision", precision?.rawValue),
      ("--on-invalid", onInvalid == .error ? nil : onInvalid.rawValue),
    ]
    return options.compactMap { name, value in value.map { "\(name) \($0)" } }
  }

  /// Whether columns are chosen, not found out.
  var areColumnsListed: Bool { columns != "numeric" }

  /// Opens an input.
  ///
  /// - Parameter options: ``reading``, or more than that.
  func open(_ input: String, _ options: ReadingOptions) throws -> OpenedVectorFile {
    try check(input)
    return try OpenedVectorFile(input, options: options)
  }

  /// Refuses a file that does not hold points, or not enough to read them.
  func check(_ input: String) throws {
    try checkLength(of: input)
    try checkHoldsPoints(input)
  }

  /// Refuses a file that does not say how long a row is, where nothing else does.
  func checkLength(of input: String) throws {
    if format == .rawF32 || input.hasSuffix(".f32"), dimension == nil {
      throw Failure.usage(
        "\(input): raw-f32 does not say how many values a row has, expected --dimension D")
    }
  }

  func validate() throws {
    if let dimension, dimension < 1 {
      throw ValidationError("--dimension \(dimension): expected at least 1")
    }
    if decimal == .comma, delimiter == .comma {
      throw ValidationError(
        "--decimal , and --delimiter \(FieldDelimiter.comma.text): expected another delimiter")
    }
    if maxBadRows != nil, onInvalid == .error {
      throw ValidationError(
        "--max-bad-rows: expected --on-invalid skip, which leaves rows out, or mean")
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
