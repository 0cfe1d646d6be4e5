internal import KMeansFiles
internal import KMeansKernelTypes

/// The distances of points to every centroid of a model, of all points at once or of some after
/// others: the centroids are packed once.
struct AllDistances<Scalar: ClusteringScalar> {
  /// The distances [n x k].
  private(set) var matrix: Matrix<Double>
  private let map: RowMap<Scalar>?
  private let pairwise: PairwiseCentroids<Scalar>?
  private let nearest: NearestCentroids<Scalar>?
  private let execution: Execution
  /// How many points have been looked at.
  private var count = 0

  /// Makes room for the distances of points.
  ///
  /// - Throws: ``ClusteringError`` where they have other columns than the centroids, and where
  ///   there is no room.
  init(
    _ points: Int, _ columns: Int, to model: KMeansModel<Scalar>, _ execution: Execution
  ) throws(ClusteringError) {
    try execution.validate()
    guard columns == model.dimension else {
      throw .dimensionMismatch(found: columns, expected: model.dimension)
    }
    guard let matrix = try? Matrix<Double>(rows: points, columns: model.clusterCount) else {
      throw .memoryTooSmall(
        limit: AvailableMemory.bytes ?? 0,
        needed: points.multipliedReportingOverflow(by: model.clusterCount * 8).partialValue)
    }
    self.matrix = matrix
    self.execution = execution
    map = RowMap(model.transform, columns: columns, instructionSet: execution.kernels)
    pairwise = points > 0 ? model.nearestPairwise(execution) : nil
    nearest = points > 0 && pairwise == nil ? model.nearest(execution) : nil
  }

  /// Finds the distances of the next points.
  ///
  /// - Throws: ``ClusteringError`` where a value is wrong, with its row among all points.
  mutating func find(_ rows: Rows<Scalar>) throws(ClusteringError) {
    guard rows.count > 0 else { return }
    let first = count
    do throws(ClusteringError) {
      try WeightedRows(rows: rows).checkFinite(execution, map: map)
    } catch { throw error.mappingRows { $0 + first } }
    let clusters = matrix.columns
    let pass = RowPass(
      MappedRows(WeightedRows(rows: rows), map: map), clusters: clusters,
      threads: execution.threadCount)
    matrix.withMutableValues { values in
      let distances = values + first * clusters
      if let pairwise {
        _ = pass.reduce(into: AllPairwiseDistances(nearest: pairwise, distances: distances))
      } else if let nearest {
        _ = pass.reduce(into: AllDirectDistances(nearest: nearest, distances: distances))
      }
    }
    count += rows.count
  }
}

/// Notes the squared distance of each row to every centroid.
///
/// `@unchecked Sendable`: workers write to entries of different rows.
private struct AllDirectDistances<Scalar: ClusteringScalar>: RowReduction, @unchecked Sendable {
  let nearest: NearestCentroids<Scalar>
  let distances: UnsafeMutablePointer<Double>

  var needsDistances: Bool { false }
  func empty() -> AllDirectDistances { self }
  mutating func reset() {}
  mutating func merge(_ later: borrowing AllDirectDistances) {}

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    let (rows, clusters) = (block.points.rows, nearest.clusters)
    nearest.centroids.withRows { centroids in
      for row in 0..<rows.count {
        let found = distances + (block.first + row) * clusters
        for cluster in 0..<clusters {
          found[cluster] = nearest.kernels.directDistance(
            rows[row], centroids[cluster], rows.columns)
        }
      }
    }
  }
}
