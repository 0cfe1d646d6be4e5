import ArgumentParser
import Clustering
import KMeansFiles
import VectorIO

/// The centroids that points are compared with.
struct GivenCentroidOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The model of a fit.", valueName: "M"), completion: .file())
  var model: String?

  @Option(
    help: ArgumentHelp("Centroids: any file of rows.", valueName: "FILE"), completion: .file())
  var centroids: String?

  @OptionGroup(title: "Distance") var distances: DistanceOptions

  /// The file, if there is one.
  var path: String? { model ?? centroids }

  /// The columns that points must have to be compared with the centroids that were read.
  func expectedColumns(_ centroids: GivenCentroids?, _ rows: RowOptions) -> ExpectedColumns? {
    guard let centroids, let path else { return nil }
    return centroids.expectedColumns(
      from: path, areListed: rows.areColumnsListed, isModel: model != nil)
  }

  /// - Parameters:
  ///   - rows: the format of the points is that of the centroids unless they have their own.
  ///   - note: takes lines for the user.
  func read(_ rows: RowOptions, note: (String) -> Void) throws -> GivenCentroids? {
    let given = distances.givenNames
    if let model {
      guard let name = given.first else { return try GivenCentroids(model: model) }
      throw Failure.usage(
        "\(name): the model \(model) says by what distance points are compared, expected no such option"
      )
    }
    let found = try centroids.map {
      try GivenCentroids(rows: $0, format: rows.format, header: rows.header, note: note)
    }
    guard let name = given.first else { return found }
    guard let found, let path else {
      throw Failure.usage("\(name): expected --centroids FILE, which points are compared with")
    }
    return try found.compared(by: distances.measure(), path)
  }
}
