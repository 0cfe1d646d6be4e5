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

  private func square(_ a: Int, _ b: Int) -> Double {
    kernels.directDistance(centers[a], centers[b], centers.columns)
  }

  /// The square of the smallest distance of two centres; infinite where there is one.
  var smallestSquare: Double {
    let nearest = Workers.map(centers.count, threads: threads) { a in
      (a + 1..<centers.count).reduce(Double.infinity) { min($0, square(a, $1)) }
    }
    return nearest.reduce(.infinity, min)
  }

  /// The smallest distance of two centres; infinite where there is one.
  var smallest: Double { smallestSquare.squareRoot() }

  /// The mean over the centres of the largest (s_a + s_b) / d_ab; pairs at one place do not count.
  func daviesBouldin(spreads: [Double]) -> Double {
    mean { a, b in
      let distance = square(a, b).squareRoot()
      return distance > 0 ? (spreads[a] + spreads[b]) / distance : 0
    }
  }

  /// The same of squared distances, as Mahout has it: infinite where two centres are at one place,
  /// but for those of no spread.
  ///
  /// - Parameter spreads: the mean squared distance of the points of each.
  func daviesBouldin(squareSpreads spreads: [Double]) -> Double {
    mean { a, b in
      let sum = spreads[a] + spreads[b]
      return sum > 0 ? sum / square(a, b) : 0
    }
  }

  /// The mean over the centres of the largest value of a pair, at least 0.
  private func mean(_ value: @Sendable (Int, Int) -> Double) -> Double {
    let largest = Workers.map(centers.count, threads: threads) { a in
      (0..<centers.count).reduce(0.0) { a == $1 ? $0 : max($0, value(a, $1)) }
    }
    return largest.reduce(0, +) / Double(centers.count)
  }
}
