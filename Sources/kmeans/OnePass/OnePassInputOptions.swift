import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// The input of points that are read once: names alone, or Mahout's `-i`.
struct OnePassInputOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "Files of points, or folders of them, each of which has a sketch of its own; or - for the "
        + "standard input.", valueName: "input"), completion: .file())
  var inputs: [String] = []

  @Option(
    name: [.customShort("i"), .customLong("input")],
    help: ArgumentHelp("The same under Mahout's name, once or more often.", valueName: "INPUT"),
    completion: .file())
  var namedInputs: [String] = []

  @OptionGroup var rows: RowOptions

  @Option(help: ArgumentHelp("The column of the weights.", valueName: "COLUMN"))
  var pointWeights: String?

  @OptionGroup var ids: IDOptions

  /// The names that were given.
  var paths: [String] { inputs + namedInputs }

  /// The columns beside the coordinates.
  var auxiliary: AuxiliaryColumns { AuxiliaryColumns(weight: pointWeights, key: ids.idColumn) }

  /// How each input is read.
  var reading: ReadingOptions {
    var options = rows.reading
    options.auxiliary = auxiliary
    return options
  }

  /// The first input that cannot be read a second time. A file that cannot be opened is left to the
  /// code that opens it.
  var pipe: String? {
    paths.first { path in
      if path == "-" { return true }
      guard let status = FileStatus(of: path) else { return false }
      return !status.isRegularFile && !status.isFolder
    }
  }

  func validate() throws {
    if paths.isEmpty {
      throw ValidationError("there is no input: expected a file, or - for standard input")
    }
    if let input = inputs.first, let named = namedInputs.first {
      throw ValidationError("two inputs, '\(input)' and -i '\(named)': expected one of them")
    }
    try InputFiles.check(paths)
  }

  /// Opens the input; waits for its first row if that is to come yet.
  ///
  /// - Parameters:
  ///   - options: ``reading``, or more than that.
  ///   - note: takes lines for the user.
  func open(_ options: ReadingOptions, note: (String) -> Void) throws -> OpenedVectorFile {
    try rows.open(paths, options, note: note)
  }
}
