import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// Assigns points as they are read: memory for one block of them, and for the results.
struct BlockAssignment<Scalar: ClusteringScalar> {
  let model: KMeansModel<Scalar>
  let execution: Execution
  /// Whether rows without a direction get the label -1.
  var leavesOutZeroRows = false
  /// Whether the labels of all points are kept.
  var keepsLabels = true
  /// Whether the distances of all points are kept.
  var keepsDistances = false
  /// Whether the ids of all rows are kept, where they have any.
  var keepsIDs = false
  /// The file of the centroids.
  var source: String?
  /// The number of points so far.
  private(set) var points = 0
  /// One for each row of the file, -1 where it was left out, as long as they are kept.
  private(set) var labels: [Int32] = []
  /// One for each row of the file, NaN where it was left out.
  private(set) var distances: [Double] = []
  /// One for each row of the file, where there is a column of them and they are kept.
  private(set) var ids: RowIDs?
  /// The rows of the file without a direction, as far as they were not left out before.
  private(set) var zeroRows: [Int] = []
  private(set) var inertia = 0.0
  private(set) var counts = AssignmentCounts()
  /// The time of the assignment alone.
  private(set) var seconds = 0.0

  init(_ model: KMeansModel<Scalar>, _ execution: Execution) {
    self.model = model
    self.execution = execution
  }

  /// Assigns sparse points, all of a file.
  ///
  /// - Returns: a label for each.
  mutating func assign(_ points: SparseInput<Scalar>) throws -> [Int32] {
    let clock = ContinuousClock()
    let start = clock.now
    var locator = points.locator
    locator.centroids = source
    let found = try locator.onError { [self] () throws(ClusteringError) in
      try model.labelsAndDistances(
        points.matrix, execution: execution, leavingOutZeroRows: leavesOutZeroRows)
    }
    seconds = (clock.now - start).seconds
    self.points = found.labels.count
    if leavesOutZeroRows {
      zeroRows = found.labels.indices.filter { found.labels[$0] < 0 }.map(locator.fileRow)
    }
    labels = points.skipped.filled(found.labels, with: -1)
    if keepsDistances { distances = points.skipped.filled(found.distances, with: .nan) }
    ids = points.ids
    inertia = found.distances.reduce(0) { $1.isNaN ? $0 : $0 + $1 }
    counts = found.counts
    return found.labels
  }

  /// Reads and assigns all points.
  ///
  /// - Parameter take: gets the points of each block, their labels, and their distances.
  mutating func read(
    _ blocks: inout PointBlocks<Scalar>,
    _ take: (borrowing PointBlocks<Scalar>, [Int32], [Double]) throws -> Void
  ) throws {
    let budget = MemoryBudget()
    let clock = ContinuousClock()
    var isMore = true
    while isMore {
      isMore = try blocks.next()
      let start = clock.now
      var locator = blocks.locator
      locator.centroids = source
      let found = try locator.onError { () throws(ClusteringError) in
        try model.labelsAndDistances(
          blocks.view, execution: execution, leavingOutZeroRows: leavesOutZeroRows)
      }
      seconds += (clock.now - start).seconds
      points += found.labels.count
      if leavesOutZeroRows {
        zeroRows += found.labels.indices.filter { found.labels[$0] < 0 }.map(locator.fileRow)
      }
      if keepsLabels { labels += blocks.filled(found.labels, with: -1) }
      if keepsIDs { ids.append(blocks.ids) }
      if keepsDistances { distances += blocks.filled(found.distances, with: .nan) }
      inertia = found.distances.reduce(inertia) { $1.isNaN ? $0 : $0 + $1 }
      counts += found.counts
      try take(blocks, found.labels, found.distances)
      // A label each, once as it is found and once for the file, and a distance.
      let bytes =
        Double(labels.count) * 8 + Double(distances.count) * 16 + Double(ids?.byteCount ?? 0)
      try budget.check(bytes, "\(locator.points): the labels of \(counted(points, "point"))")
    }
  }
}
