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
    if let name = distances.givenNames.first, centroids == nil {
      throw Failure.usage(
        model.map { "\(name): the model \($0) says what the distance is, expected no such option" }
          ?? "\(name): expected centroids to compare with, --centroids FILE")
    }
    if let model { return try GivenCentroids(model: model) }
    let distance = try distances.measure()
    return try centroids.map {
      try GivenCentroids(rows: $0, format: rows.format, header: rows.header, note: note)
        .compared(by: distance, $0)
    }
  }
}
