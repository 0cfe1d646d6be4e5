internal import KMeansKernelTypes

/// The runs of the clusters among rows that are sorted by cluster.
struct ClusterRuns: Sendable {
  /// The first row of each cluster, and behind them the number of rows.
  private(set) var starts: [Int] = []
  /// The number of the cluster of each row, in order of appearance.
  private(set) var clusters: [Int] = []

  init(_ sortedLabels: [Int32]) {
    for row in sortedLabels.indices {
      if row == 0 || sortedLabels[row] != sortedLabels[row - 1] { starts.append(row) }
      clusters.append(starts.count - 1)
    }
    starts.append(sortedLabels.count)
  }
}

/// The rows of a sample: with their zeros, or as sparse rows are stored. An unsafe handle.
struct SampledRows<Scalar: ClusteringScalar>: Sendable {
  private let rows: Rows<Scalar>
  private let kernels: KernelSet<Scalar>
  private let columns: SampledColumns<Scalar>?

  init(_ rows: Rows<Scalar>, _ instructionSet: InstructionSet) {
    self.rows = rows
    kernels = .compiled(for: instructionSet)
    columns = rows.compressed.map { SampledColumns($0, columns: rows.columns) }
  }

  /// Finds the squared distances of a row to all rows: the same bits, however they are stored.
  ///
  /// - Parameter distances: OUT, one a row.
  /// - Complexity: O(m d) for m rows; less for sparse ones.
  func squaredDistances(of row: Int, into distances: UnsafeMutablePointer<Double>) {
    if let sparse = rows.compressed, let columns {
      return columns.squaredDistances(of: sparse[row], into: distances)
    }
    for other in 0..<rows.count {
      distances[other] = kernels.directDistance(rows[row], rows[other], rows.columns)
    }
  }
}

extension PointSource {
  /// Hands copies of some rows, transformed, to a closure; without their zeros where they have
  /// none.
  func withSample<Result>(
    _ numbers: [Int], _ body: (SampledRows<Scalar>) -> Result
  ) throws(Failure) -> Result {
    guard let sparse = sparseRows else {
      return try rows(numbers).withRows { body(SampledRows($0, execution.kernels)) }
    }
    let memory = sparse.makeMemory(rows: numbers.count)
    let list = numbers.map { Int32(truncatingIfNeeded: $0) }
    return list.withUnsafeBufferPointer { list in
      withExtendedLifetime(memory) {
        let found = sparse.gather(list.baseAddress!, count: list.count, into: memory)
        return body(SampledRows(found.rows, execution.kernels))
      }
    }
  }
}

/// The distances of a row to all rows of a sample: only one sum is kept, so the memory is that of
/// the sample.
struct SampleDistances<Scalar: ClusteringScalar>: Sendable {
  private let rows: SampledRows<Scalar>
  private let runs: ClusterRuns

  init(_ rows: SampledRows<Scalar>, _ runs: ClusterRuns) {
    self.rows = rows
    self.runs = runs
  }

  /// The silhouette of a row.
  ///
  /// - Complexity: O(m d); less for sparse rows.
  func silhouette(of row: Int) -> Double {
    let own = runs.clusters[row]
    guard runs.starts[own + 1] - runs.starts[own] > 1 else { return 0 }
    return withUnsafeTemporaryAllocation(of: Double.self, capacity: runs.clusters.count) {
      let distances = $0.baseAddress!
      rows.squaredDistances(of: row, into: distances)
      var (a, b) = (0.0, Double.infinity)
      for cluster in 0..<runs.starts.count - 1 {
        let members = runs.starts[cluster]..<runs.starts[cluster + 1]
        let sum = members.reduce(0.0) { $0 + distances[$1].squareRoot() }
        if cluster == own {
          // The row itself is among them, at distance 0.
          a = sum / Double(members.count - 1)
        } else {
          b = min(b, sum / Double(members.count))
        }
      }
      return max(a, b) > 0 ? (b - a) / max(a, b) : 0
    }
  }
}
