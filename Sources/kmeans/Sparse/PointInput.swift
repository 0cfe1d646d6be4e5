import Clustering
import KMeansFiles
import KMeansLinearAlgebra
import VectorIO

/// Points in memory, with their zeros or without, and what is asked of the library about them.
protocol PointInput<Scalar> {
  associatedtype Scalar: ClusteringScalar

  var file: PointFile { get }
  var rows: Int { get }
  var columns: Int { get }
  /// One a point; `nil` for 1 each.
  var weights: [Double]? { get }
  var readSeconds: Double { get }
  var skipped: SkippedRows { get }
  /// The files and the rows that errors are about.
  var locator: ErrorLocator { get }
  /// Whether they are without their zeros.
  var isSparse: Bool { get }

  /// The nearest centroid of each, and the squared distance to it.
  func labelsAndDistances(
    _ model: KMeansModel<Scalar>, execution: Execution, leavingOutZeroRows: Bool
  ) throws(ClusteringError) -> (labels: [Int32], distances: [Double])
  /// The quality of labels.
  ///
  /// - Parameters:
  ///   - model: that of the centroids; `nil` for the means of the points.
  ///   - onSilhouettes: gets the number of rows whose silhouettes have been found.
  func quality(
    _ labels: [Int32], _ model: KMeansModel<Scalar>?, _ sampling: EvaluateSampleOptions,
    _ execution: Execution, _ onSilhouettes: @escaping (Int) -> Void
  ) throws(ClusteringError) -> ClusterQuality
  /// The rows that a fit leaves out, for they have no direction.
  func zeroRows(_ parameters: KMeans) throws(ClusteringError) -> [Int]
  /// The curve over numbers of clusters, each fitted anew as well.
  func curve(
    _ parameters: KMeans, _ clusterCounts: [Int], gapReferences: Int,
    onIteration: (Int, KMeans.Iteration) -> Void, onFit: (ElbowCurve.Fit) -> Void
  ) throws(ClusteringError) -> ElbowCurve
}

extension PointInput {
  var info: VectorFileInfo { file.info }

  /// What a file says of each of its rows, for the rows that are points.
  func forPoints<Value>(_ values: [Value]) -> [Value] { skipped.kept(of: values, points: rows) }
}

extension Points: PointInput {
  var isSparse: Bool { false }

  func labelsAndDistances(
    _ model: KMeansModel<Scalar>, execution: Execution, leavingOutZeroRows: Bool
  ) throws(ClusteringError) -> (labels: [Int32], distances: [Double]) {
    let found = try model.labelsAndDistances(
      view, execution: execution, leavingOutZeroRows: leavingOutZeroRows)
    return (found.labels, found.distances)
  }

  func quality(
    _ labels: [Int32], _ model: KMeansModel<Scalar>?, _ sampling: EvaluateSampleOptions,
    _ execution: Execution, _ onSilhouettes: @escaping (Int) -> Void
  ) throws(ClusteringError) -> ClusterQuality {
    guard let model else {
      return try ClusterQuality(
        view, labels: labels, weights: weights?.span, sample: sampling.sample,
        seed: sampling.seed, execution: execution, onSilhouettes: onSilhouettes)
    }
    return try model.evaluate(
      view, labels: labels, weights: weights?.span, sample: sampling.sample, seed: sampling.seed,
      execution: execution, onSilhouettes: onSilhouettes)
  }

  func zeroRows(_ parameters: KMeans) throws(ClusteringError) -> [Int] {
    try parameters.zeroRows(view, weights: weights?.span)
  }

  func curve(
    _ parameters: KMeans, _ clusterCounts: [Int], gapReferences: Int,
    onIteration: (Int, KMeans.Iteration) -> Void, onFit: (ElbowCurve.Fit) -> Void
  ) throws(ClusteringError) -> ElbowCurve {
    try parameters.curve(
      view, weights: weights?.span, clusterCounts: clusterCounts, startsAnew: true,
      withIndices: true, gapReferences: gapReferences, onIteration: onIteration, onFit: onFit)
  }
}

extension SparseInput: PointInput {
  var rows: Int { matrix.rows }
  var columns: Int { matrix.columns }
  var isSparse: Bool { true }

  func labelsAndDistances(
    _ model: KMeansModel<Scalar>, execution: Execution, leavingOutZeroRows: Bool
  ) throws(ClusteringError) -> (labels: [Int32], distances: [Double]) {
    let found = try model.labelsAndDistances(
      matrix, execution: execution, leavingOutZeroRows: leavingOutZeroRows)
    return (found.labels, found.distances)
  }

  func quality(
    _ labels: [Int32], _ model: KMeansModel<Scalar>?, _ sampling: EvaluateSampleOptions,
    _ execution: Execution, _ onSilhouettes: @escaping (Int) -> Void
  ) throws(ClusteringError) -> ClusterQuality {
    try withExtendedLifetime(matrix) { () throws(ClusteringError) in
      guard let model else {
        return try ClusterQuality(
          matrix.unsafeArrays, labels: labels, centroids: nil, weights: weights?.span,
          sample: sampling.sample, seed: sampling.seed, execution: execution,
          onSilhouettes: onSilhouettes)
      }
      return try model.evaluate(
        matrix.unsafeArrays, labels: labels, weights: weights?.span, sample: sampling.sample,
        seed: sampling.seed, execution: execution, onSilhouettes: onSilhouettes)
    }
  }

  func zeroRows(_ parameters: KMeans) throws(ClusteringError) -> [Int] {
    try withExtendedLifetime(matrix) { () throws(ClusteringError) in
      try parameters.zeroRows(matrix.unsafeArrays, weights: weights?.span)
    }
  }

  func curve(
    _ parameters: KMeans, _ clusterCounts: [Int], gapReferences: Int,
    onIteration: (Int, KMeans.Iteration) -> Void, onFit: (ElbowCurve.Fit) -> Void
  ) throws(ClusteringError) -> ElbowCurve {
    try withExtendedLifetime(matrix) { () throws(ClusteringError) in
      try parameters.curve(
        matrix.unsafeArrays, weights: weights?.span, clusterCounts: clusterCounts,
        startsAnew: true, withIndices: true, gapReferences: gapReferences,
        onIteration: onIteration, onFit: onFit)
    }
  }
}
