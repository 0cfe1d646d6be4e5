import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

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
