import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// The input of points that are read once: a name alone, or Mahout's `-i`.
struct OnePassInputOptions: ParsableArguments {
  @Argument(help: "A file of points, or - for the standard input.", completion: .file())
  var input: String?

  @Option(
    name: [.customShort("i"), .customLong("input")],
    help: ArgumentHelp("The same under Mahout's name.", valueName: "INPUT"), completion: .file())
  var namedInput: String?

  @OptionGroup var rows: RowOptions

  @Option(help: ArgumentHelp("The column of the weights.", valueName: "COLUMN"))
  var pointWeights: String?

  /// The path that was given.
  var path: String { input ?? namedInput ?? "-" }

  /// The columns beside the coordinates.
  var auxiliary: AuxiliaryColumns { AuxiliaryColumns(weight: pointWeights) }

  /// Whether it can be read a second time. A file that cannot be opened is left to the code that
  /// opens it.
  var isRereadable: Bool {
    if path == "-" { return false }
    guard let status = FileStatus(of: path) else { return true }
    return status.isRegularFile || status.isFolder
  }

  func validate() throws {
    switch (input, namedInput) {
    case (nil, nil):
      throw ValidationError("there is no input: expected a file, or - for standard input")
    case (let input?, let named?):
      throw ValidationError(
        "two inputs, '\(input)' and -i '\(named)': expected one of them")
    default: break
    }
    if path.isEmpty {
      throw ValidationError("the input is an empty name: expected a file, or - for standard input")
    }
  }

  /// Opens the input; waits for its first row if that is to come yet.
  ///
  /// - Parameter skippingZeroRows: whether rows of zeros are left out where invalid ones are.
  func open(skippingZeroRows: Bool) throws -> OpenedVectorFile {
    var options = rows.reading
    options.skipsZeroRows = skippingZeroRows
    options.auxiliary = auxiliary
    return try rows.open(path, options)
  }
}
