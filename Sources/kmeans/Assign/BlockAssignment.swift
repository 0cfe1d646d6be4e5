import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// Assigns rows as they are read: memory for one block of rows, and for the results.
struct BlockAssignment<Scalar: ClusteringScalar> {
  let model: KMeansModel<Scalar>
  let threads: Int
  let isa: InstructionSet
  let strategy: Strategy
  /// Whether rows without a direction get the label -1.
  let leavesOutZeroRows: Bool
  /// Those that have none, counted from 0 among all that were not left out before.
  private(set) var zeroRows: [Int] = []
  private var blame: Blame
  private let budget = MemoryBudget()
  private(set) var labels: [Int32] = []
  private(set) var distances: [Double] = []
  private(set) var inertia = 0.0
  private(set) var counts = AssignmentCounts()
  /// The time of the assignment alone.
  private(set) var seconds = 0.0

  init(
    model: KMeansModel<Scalar>, threads: Int, isa: InstructionSet, strategy: Strategy,
    leavesOutZeroRows: Bool, blame: Blame
  ) {
    self.leavesOutZeroRows = leavesOutZeroRows
    self.model = model
    self.threads = threads
    self.isa = isa
    self.strategy = strategy
    self.blame = blame
  }

  /// Reads and assigns all rows, and hands them on with their labels.
  mutating func read(
    _ rows: VectorFile<Scalar>, keepingDistances: Bool, _ labeled: LabeledRows<Scalar>?
  ) throws {
    let limit = max(1024, (1 << 25) / (rows.columns * MemoryLayout<Scalar>.stride))
    let clock = ContinuousClock()
    while true {
      var block = try Matrix<Scalar>(reserving: limit, columns: rows.columns)
      while block.rows < limit {
        let count = try block.append(atMost: limit - block.rows) { try rows.read(into: &$0) }
        if count == 0 { break }
      }
      if block.rows == 0 { break }
      let start = clock.now
      blame.rowsBefore = labels.count
      let found: (labels: [Int32], distances: [Double], counts: AssignmentCounts)
      do throws(ClusteringError) {
        found = try model.labelsAndDistances(
          block.view, threads: threads, instructionSet: isa, strategy: strategy,
          leavingOutZeroRows: leavesOutZeroRows)
      } catch {
        // Not before: a list that somebody else holds is copied when it grows.
        blame.skipped = rows.skippedRows
        throw blame.failure(error)
      }
      seconds += (clock.now - start).seconds
      if leavesOutZeroRows {
        zeroRows += found.labels.indices.filter { found.labels[$0] < 0 }.map { labels.count + $0 }
      }
      labels += found.labels
      try labeled?.write(block.view, labels: found.labels)
      inertia = found.distances.reduce(inertia) { $1.isNaN ? $0 : $0 + $1 }
      if keepingDistances { distances += found.distances }
      counts += found.counts
      // A label each, once as it is found and once for the file, and a distance.
      let bytes = Double(labels.count + rows.skippedRows.count) * (keepingDistances ? 24 : 8)
      try budget.check(bytes, "\(blame.points): the labels of \(labels.count) points")
    }
    if labels.isEmpty { throw Failure.data("\(blame.points): there are no points") }
  }
}
