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

/// The distances of a row to all rows of a sample: only one sum is kept, so the memory is that of
/// the sample.
struct SampleDistances<Scalar: ClusteringScalar>: Sendable {
  private let rows: Rows<Scalar>
  private let runs: ClusterRuns
  private let kernels: KernelSet<Scalar>

  init(_ rows: Rows<Scalar>, _ runs: ClusterRuns, _ instructionSet: InstructionSet) {
    self.rows = rows
    self.runs = runs
    kernels = .compiled(for: instructionSet)
  }

  /// The silhouette of a row.
  ///
  /// - Complexity: O(m d).
  func silhouette(of row: Int) -> Double {
    let own = runs.clusters[row]
    guard runs.starts[own + 1] - runs.starts[own] > 1 else { return 0 }
    var (a, b) = (0.0, Double.infinity)
    for cluster in 0..<runs.starts.count - 1 {
      let members = runs.starts[cluster]..<runs.starts[cluster + 1]
      var sum = 0.0
      for other in members {
        sum += kernels.directDistance(rows[row], rows[other], rows.columns).squareRoot()
      }
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
