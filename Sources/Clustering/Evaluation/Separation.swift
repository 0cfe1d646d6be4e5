internal import KMeansKernelTypes

/// The distances of centres from each other: all pairs, k^2 d steps on several threads.
struct Separation<Scalar: ClusteringScalar> {
  private let centers: Rows<Scalar>
  private let kernels: KernelSet<Scalar>
  private let threads: Int

  init(_ centers: Rows<Scalar>, _ execution: Execution) {
    self.centers = centers
    threads = execution.threadCount
    kernels = .compiled(for: execution.kernels)
  }

  private func distance(_ a: Int, _ b: Int) -> Double {
    kernels.directDistance(centers[a], centers[b], centers.columns).squareRoot()
  }

  /// The smallest distance of two centres; infinite where there is one.
  var smallest: Double {
    let nearest = Workers.map(centers.count, threads: threads) { a in
      (a + 1..<centers.count).reduce(Double.infinity) { min($0, distance(a, $1)) }
    }
    return nearest.reduce(.infinity, min)
  }

  /// The mean over the centres of the largest (s_a + s_b) / d_ab; pairs at one place do not count.
  func daviesBouldin(spreads: [Double]) -> Double {
    let largest = Workers.map(centers.count, threads: threads) { a in
      (0..<centers.count).reduce(0.0) { largest, b in
        let distance = a == b ? 0 : distance(a, b)
        return distance > 0 ? max(largest, (spreads[a] + spreads[b]) / distance) : largest
      }
    }
    return largest.reduce(0, +) / Double(centers.count)
  }
}
