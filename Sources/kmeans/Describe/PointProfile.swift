import Clustering

/// What the points of each cluster are like, found as they are assigned block by block.
struct PointProfile<Scalar: ClusteringScalar> {
  /// How many points each cluster has.
  private(set) var counts: [Int]
  /// The sum of the squared distances of its points to each centroid.
  private(set) var inertias: [Double]
  /// The rows nearest to each centroid, the nearest first.
  private(set) var nearest: [NearestRows]
  /// The moments of the columns of transformed points; `nil` before there are points.
  private(set) var moments: ColumnMoments<Scalar>?
  /// How many rows are kept for each cluster.
  let examples: Int
  private let model: KMeansModel<Scalar>
  private let execution: Execution

  /// - Parameter examples: how many rows are kept for each cluster.
  init(_ model: KMeansModel<Scalar>, _ execution: Execution, examples: Int) {
    self.model = model
    self.execution = execution
    self.examples = examples
    counts = Array(repeating: 0, count: model.clusterCount)
    inertias = Array(repeating: 0, count: model.clusterCount)
    nearest = Array(repeating: NearestRows(limit: examples), count: model.clusterCount)
  }

  /// Adds the points of a block with their labels and squared distances; those with the label -1
  /// are no points.
  mutating func add(
    _ block: borrowing PointBlocks<Scalar>, _ labels: [Int32], _ distances: [Double]
  ) throws {
    try add(block.view, block.locator, ids: block.ids, labels, distances)
  }

  /// Adds some points, and of what an error is about.
  ///
  /// - Parameter ids: those of all rows of the file from the first of these points on, if any.
  mutating func add(
    _ points: borrowing MatrixView<Scalar>, _ locator: ErrorLocator, ids: RowIDs?,
    _ labels: [Int32], _ distances: [Double]
  ) throws {
    guard !labels.isEmpty else { return }
    for (point, label) in labels.enumerated() where label >= 0 {
      let cluster = Int(label)
      counts[cluster] += 1
      inertias[cluster] += distances[point]
      if nearest[cluster].takes(distances[point]) {
        let row = locator.fileRow(point)
        nearest[cluster].add(row: row, id: ids?[row - locator.rowsBefore], distances[point])
      }
    }
    let weights = labels.contains { $0 < 0 } ? labels.map { $0 < 0 ? 0.0 : 1 } : nil
    do throws(ClusteringError) {
      let found = try model.moments(points, weights: weights, execution: execution)
      if moments == nil { moments = found } else { moments!.merge(found) }
    } catch {
      throw locator.failure(error)
    }
  }
}

/// The rows nearest to a centroid, and their squared distances.
struct NearestRows {
  private let limit: Int
  /// The nearest first; of equally near ones that with the lower number.
  private(set) var rows: [(row: Int, id: String?, squaredDistance: Double)] = []

  init(limit: Int) { self.limit = limit }

  /// Whether a row at some distance, behind those before, is one of them.
  func takes(_ squaredDistance: Double) -> Bool {
    guard rows.count == limit else { return true }
    return rows.last.map { squaredDistance < $0.squaredDistance } ?? false
  }

  /// Adds a row that it takes.
  ///
  /// - Parameter id: that of the row, if it has one.
  mutating func add(row: Int, id: String?, _ squaredDistance: Double) {
    if rows.count == limit { rows.removeLast() }
    let place = rows.firstIndex { squaredDistance < $0.squaredDistance } ?? rows.count
    rows.insert((row, id, squaredDistance), at: place)
  }
}
