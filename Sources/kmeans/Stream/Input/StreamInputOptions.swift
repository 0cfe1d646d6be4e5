import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// Where the batches of a stream come from and how they are read.
struct StreamInputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files of points, each a batch; or - alone for the standard input.", valueName: "input"),
    completion: .file())
  var inputs: [String] = []

  @OptionGroup var folders: FolderOptions

  @OptionGroup var rows: RowOptions

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "A batch is so many rows; the last one of each file may have fewer.", valueName: "N"),
    transform: wholeNumber)
  var batchSize: Int?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Of the standard input without --batch-size, a batch is what comes within this time of its "
        + "first row, at most 10,000 rows; folders are looked at each time: 500ms, 2s, 1m. "
        + "(default: 1s)", valueName: "TIME"),
    transform: duration)
  var interval: Duration?

  @Option(
    help: ArgumentHelp(
      "The column of the times: seconds, or in csv and tsv dates and times of ISO 8601 such as "
        + "2026-11-21T09:30:00+01:00, UTC without an offset.",
      valueName: "COLUMN"))
  var timeColumn: String?

  @OptionGroup var ids: IDOptions

  @Option(help: ArgumentHelp("The column of the weights.", valueName: "COLUMN"))
  var pointWeights: String?

  /// Whether rows of zeros are left out where invalid ones are: they have no direction. Not an
  /// option of its own.
  var skipsZeroRows = false

  /// Whether a batch of the standard input is what is there, with nothing else awaited. Not an
  /// option.
  var takesRowsAtOnce = false

  /// How many columns points have, where something else than the input says so. Not an option.
  var knownColumns: Int?

  /// The column of the keys of many models. Not an option.
  var modelColumn: String?

  private enum CodingKeys: CodingKey {
    case inputs, folders, rows, batchSize, interval, timeColumn, ids, pointWeights
  }

  /// Whether the points come from the standard input.
  var isStandardInput: Bool { inputs == ["-"] }

  /// The column of the keys.
  var keyColumn: String? { modelColumn ?? ids.idColumn }

  /// The columns beside the coordinates.
  var auxiliary: AuxiliaryColumns {
    AuxiliaryColumns(time: timeColumn, weight: pointWeights, key: keyColumn)
  }

  /// Looks whether all inputs are there, before any of them is learnt.
  ///
  /// - Throws: what is wrong with the first that cannot be read.
  func checkInputs() throws {
    for path in inputs where path != "-" {
      guard let status = FileStatus(of: path), FileStatus.isReadable(path) else {
        throw FileError.system(path: path, operation: "open", code: errno)
      }
      if status.isFolder {
        throw FileError.system(path: path, operation: "read", code: EISDIR)
      }
      try checkHoldsPoints(path)
    }
  }

  func validate() throws {
    if inputs.isEmpty, !folders.areGiven {
      throw ValidationError("Missing expected argument '<input> ...'")
    }
    if let input = inputs.first, let folder = folders.paths.first {
      throw ValidationError(
        "\(input): the points come from the folder \(folder), expected no other input")
    }
    if inputs.contains("") {
      throw ValidationError("an input is an empty name: expected a file, or - for standard input")
    }
    if inputs.contains("-"), inputs.count > 1 {
      throw ValidationError(
        "the standard input (-) among other inputs: expected it alone, or files alone")
    }
    if let batchSize, batchSize < 1 {
      throw ValidationError("--batch-size \(batchSize): expected at least 1")
    }
    if interval != nil, !folders.areGiven, !isStandardInput || batchSize != nil {
      throw ValidationError(
        "--interval: expected the standard input (-), and no --batch-size, for it to cut")
    }
  }
}
