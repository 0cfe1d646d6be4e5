import Clustering
import KMeansFiles
import VectorIO

// What the library is asked of points, with the files that its errors are about.
extension EvaluateRun {
  /// Labels points, unless their labels are given, and measures the clusters.
  ///
  /// - Parameters:
  ///   - path: the file of the centroids.
  ///   - classes: the true class of each point.
  func evaluated<Scalar: ClusteringScalar>(
    _ points: any PointInput<Scalar>, _ model: KMeansModel<Scalar>?, from path: String?,
    labels given: [Int32]? = nil, classes: [ClassName]? = nil
  ) throws -> EvaluatedPoints {
    let progress = Progress(command.common, total: 0)
    let assigned =
      if let given { AssignedPoints(labels: given, squaredDistances: nil) } else {
        try self.assigned(points, model!, from: path)
      }
    let sample = min(command.sampling.sample, points.rows)
    progress.show(points.rows) {
      "\(counted(points.rows, "point")) labelled; measures and the silhouette of at most "
        + "\(command.sampling.sample) follow"
    }
    let quality = try locator(points, path, areGiven: given != nil).onError {
      () throws(ClusteringError) in
      try points.quality(assigned.labels, model, command.sampling, execution) { done in
        progress.show(done, of: sample) { "silhouettes of \(done) of \(counted(sample, "point"))" }
      }
    }
    progress.finish()
    if given == nil {
      noteZeroRows(
        points, assigned.labels, isScaled: model?.transform.scalesColumns ?? false)
    }
    let agreement = try classes.map {
      try LabelAgreement(weighing(assigned.labels, points), truth: $0)
    }
    return EvaluatedPoints(assigned: assigned, quality: quality, agreement: agreement)
  }

  /// The nearest centroid of each point, and the squared distance to it.
  func assigned<Scalar: ClusteringScalar>(
    _ points: any PointInput<Scalar>, _ model: KMeansModel<Scalar>, from path: String?
  ) throws -> AssignedPoints {
    let leavesOut = command.source.rows.leavesOut
    let found = try locator(points, path).onError { () throws(ClusteringError) in
      try points.labelsAndDistances(
        model, execution: execution, leavingOutZeroRows: leavesOut)
    }
    return AssignedPoints(labels: found.labels, squaredDistances: found.distances)
  }

  /// Mahout's figures of the points and of others as one set; `nil` unless they are wanted, and
  /// where labels are given.
  func together<Scalar: ClusteringScalar>(
    _ found: AssignedPoints, _ points: any PointInput<Scalar>, _ tested: AssignedPoints,
    _ test: any PointInput<Scalar>, _ model: KMeansModel<Scalar>
  ) throws -> MahoutQuality? {
    guard isSquared, let first = found.squaredDistances,
      let second = tested.squaredDistances
    else { return nil }
    var weights: [Double]?
    if points.weights != nil || test.weights != nil {
      weights =
        (points.weights ?? Array(repeating: 1, count: points.rows))
        + (test.weights ?? Array(repeating: 1, count: test.rows))
    }
    return try MahoutQuality(
      labels: found.labels + tested.labels, squared: first + second, weights: weights,
      centroids: model.transformedCentroids, execution: execution)
  }

  /// - Parameter areGiven: whether the labels are not found but given.
  private func locator<Scalar: ClusteringScalar>(
    _ points: any PointInput<Scalar>, _ path: String?, areGiven: Bool = false
  ) -> ErrorLocator {
    var locator = points.locator
    if areGiven {
      locator.labels = ClusterLabels(command.judged.labels).name(points.info.path)
    }
    locator.centroids = path
    return locator
  }

  private func noteZeroRows<Scalar: ClusteringScalar>(
    _ points: any PointInput<Scalar>, _ labels: [Int32], isScaled: Bool
  ) {
    let skipped = points.skipped
    let without = labels.indices.filter { labels[$0] < 0 }.map { skipped.fileRow($0) }
    let note = ZeroRows.note(
      points.info.path, without, points.locator.parts, isScaled: isScaled)
    if let note { command.common.note(note) }
  }

  /// The labels, where a point without weight has none: it is in no count of a cluster.
  private func weighing<Scalar: ClusteringScalar>(
    _ labels: [Int32], _ points: any PointInput<Scalar>
  ) -> [Int32] {
    guard let weights = points.weights else { return labels }
    return zip(labels, weights).map { $1 > 0 ? $0 : -1 }
  }
}
