import Clustering
import KMeansFiles
import VectorIO

/// Another clustering of the same rows, by other centroids: that of `--against`.
struct OtherClustering {
  /// The file of the centroids.
  let path: String
  let centroids: GivenCentroids
  private let isModel: Bool

  /// - Parameters:
  ///   - text: a model, a file of centroids, or a folder of `kmeans onepass -o`.
  ///   - rows: how the points are read.
  ///   - note: takes lines for the user.
  init(_ text: String, _ rows: RowOptions, note: (String) -> Void) throws {
    path = try CentroidFile.path(text)
    isModel = try archiveKind(path) != nil
    centroids =
      isModel
      ? try GivenCentroids(model: path)
      : try GivenCentroids(rows: path, format: rows.format, header: rows.header, note: note)
  }

  /// The columns that points must have to be compared with the centroids.
  func expected(_ command: EvaluateCommand) -> ExpectedColumns {
    var expected = centroids.expectedColumns(
      from: path, areListed: command.source.rows.areColumnsListed, isModel: isModel)
    expected.setApart = command.setApart
    return isModel ? expected : expected.withoutMeans
  }
}

/// What became of the points by other centroids.
struct OtherFound {
  let path: String
  /// The cluster of each row of the input, -1 for none.
  let labels: [Int32]
  let quality: ClusterQuality
  /// In the units of the points.
  let centroids: Matrix<Double>
  let transform: RowTransform
  let distance: DistanceMeasure
  /// Whether the points were the same numbers, so that distances in them can be compared.
  let hasSamePoints: Bool
  /// Mahout's figures of the points and those of `--test` together.
  let together: MahoutQuality?
}

extension EvaluateRun {
  /// The other clustering where its points are other columns of the input, or filled in by other
  /// means: the input is read for it alone.
  ///
  /// - Parameters:
  ///   - info: the input as it was opened for the clustering that is judged.
  ///   - expected: the columns that this one needs.
  /// - Returns: `nil` where the points will do as they are.
  func apart(
    _ other: OtherClustering, _ info: VectorFileInfo, _ expected: ExpectedColumns?
  ) throws -> OtherFound? {
    let needed = other.expected(command)
    var notes: [String] = []
    let fits = Result { try needed.check(info, info.chosenColumns) { notes.append($0) } }
    let hasMeans = !info.takesMeans || needed.columns?.means == expected?.columns?.means
    let files = try InputFiles(command.source.inputs).paths
    if case .success = fits, hasMeans || !files.allSatisfy(isRegularFile) {
      notes.forEach(command.common.note)
      return nil
    }
    // What a pipe has given is gone.
    guard files.allSatisfy(isRegularFile) else {
      try fits.get()
      return nil
    }
    let file = try command.source.open(
      command.reading(needed, other.centroids), note: command.common.note)
    let precision = other.centroids.precision(for: file.info, asked: command.source.precision)
    let all: [GivenCentroids?] = [other.centroids]
    switch precision {
    case .float:
      return try self.found(
        other, nil, command.points(file, as: Float.self, needed, for: all), apart: true)
    case .double:
      return try self.found(
        other, nil, command.points(file, as: Double.self, needed, for: all), apart: true)
    }
  }

  /// What becomes of points by the other centroids.
  ///
  /// - Parameters:
  ///   - test: points that are judged with these.
  ///   - isApart: whether they were read for these centroids alone.
  func found<Scalar: ClusteringScalar>(
    _ other: OtherClustering, _ test: (any PointInput<Scalar>)?, _ points: any PointInput<Scalar>,
    apart isApart: Bool = false
  ) throws -> OtherFound {
    let model: KMeansModel<Scalar> = try other.centroids.model(from: other.path)
    let found = try self.evaluated(points, model, from: other.path)
    var both: MahoutQuality?
    if let test {
      both = try together(
        found.assigned, points, assigned(test, model, from: other.path), test, model)
    }
    return OtherFound(
      path: other.path, labels: points.skipped.filled(found.assigned.labels, with: -1),
      quality: found.quality, centroids: try other.centroids.centroids, transform: model.transform,
      distance: model.distance, hasSamePoints: !isApart, together: both)
  }
}
