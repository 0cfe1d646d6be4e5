internal import KMeansKernelTypes
private import KMeansLocks

/// The sums that the rows of a batch add to their clusters: weights, numbers, and the sums of the
/// deviations from the centroids that they were assigned to, and of their squares.
///
/// Each column is summed in row order: the same bits for every thread count and instruction set.
/// Threads share columns, not rows, so that there are no partial sums to merge, which for many
/// clusters would cost more than adding the rows.
struct BatchSums<Scalar: ClusteringScalar>: Sendable {
  let columns: Int
  /// The distance of two clusters' sums: whole cache lines, so that threads never share one.
  let stride: Int
  /// The sum of weight x (x - c) per cluster and column; `stride` apart.
  private(set) var deviations: Matrix<Double>
  /// The sum of weight x (x - c)^2 per cluster and column.
  private(set) var squares: Matrix<Double>
  /// The weight of each cluster's rows.
  private(set) var weights: [Double]
  /// The number of rows of each cluster.
  private(set) var counts: [Int]
  /// Whether some row has no weight, and so no part in the sums.
  private(set) var hasWeightlessRows = false
  /// The factors of the weights in the sums of deviations and squares, where weights are so small
  /// that products underflow; `nil` elsewhere.
  private var scales: WeightScales?
  /// The weighted sum of the squared distances to the centroids of the labels.
  private(set) var inertia = 0.0
  /// Counters of rows, four for each cluster: zeros between batches.
  private var tallies: [Int32]
  private let kernels: KernelSet<Scalar>

  init(clusters: Int, columns: Int, instructionSet: InstructionSet) {
    self.columns = columns
    stride = (columns + 7) / 8 * 8
    guard let zeros = try? Matrix<Double>(rows: clusters, columns: stride) else {
      preconditionFailure("centroids that exist have sums of at most 16 times their size")
    }
    deviations = zeros
    squares = zeros
    weights = Array(repeating: 0, count: clusters)
    counts = Array(repeating: 0, count: clusters)
    tallies = Array(repeating: 0, count: 4 * clusters)
    kernels = .compiled(for: instructionSet)
  }

  /// Sums a batch anew.
  ///
  /// - Parameters:
  ///   - labels: one a row; known when the work begins.
  ///   - centroids: the centroids that the labels name [k x d].
  ///   - run: runs some work on one thread or several, each of which calls it once.
  /// - Complexity: O(n d + k d).
  mutating func measure(
    _ points: WeightedRows<Scalar>, labels: UnsafePointer<Int32>, centroids: Matrix<Scalar>,
    threads: Int, on run: (_ work: @Sendable () -> Void) -> Void
  ) {
    scales = nil
    accumulate(points, labels: labels, centroids: centroids, threads: threads, on: run)
    count(points, labels)
    inertia = squares.withRows { squares in
      var sum = 0.0
      for place in 0..<squares.count * squares.columns { sum += squares.base[place] }
      return sum
    }
  }

  /// Sums the deviations and squares of the last batch once more, over scaled weights.
  mutating func measureScaled(
    _ points: WeightedRows<Scalar>, labels: UnsafePointer<Int32>, centroids: Matrix<Scalar>,
    threads: Int
  ) {
    let scales = WeightScales(weights: weights)
    self.scales = scales
    let scaled = (0..<points.count).map { scales.scaled(points.weight($0), of: Int(labels[$0])) }
    scaled.withUnsafeBufferPointer { scaled in
      let points = WeightedRows(rows: points.rows, weights: scaled.baseAddress)
      accumulate(points, labels: labels, centroids: centroids, threads: threads) { work in
        Workers.run(threads) { _ in work() }
      }
    }
    inertia = squares.withRows { squares in
      (0..<squares.count).reduce(0) { sum, cluster in
        let own = (0..<columns).reduce(0) { $0 + squares[cluster][$1] }
        return sum + scales.restored(own, of: cluster)
      }
    }
  }

  private mutating func accumulate(
    _ points: WeightedRows<Scalar>, labels: UnsafePointer<Int32>, centroids: Matrix<Scalar>,
    threads: Int, on run: (_ work: @Sendable () -> Void) -> Void
  ) {
    let (kernels, stride, columns, clusters) = (kernels, stride, columns, counts.count)
    deviations.withMutableValues { sums in
      squares.withMutableValues { squares in
        centroids.withRows { centroids in
          // Workers write to different columns.
          nonisolated(unsafe) let (sums, squares) = (sums, squares)
          nonisolated(unsafe) let labels = labels
          let width = Self.width(columns: columns, threads: threads)
          let pieces = Mutex(0..<(columns + width - 1) / width)
          run {
            while let piece = pieces.withLock({ $0.popFirst() }) {
              let first = piece * width
              let count = min(width, columns - first)
              for cluster in 0..<clusters {
                let place = cluster * stride + first
                (sums + place).update(repeating: 0, count: (count + 7) / 8 * 8)
                (squares + place).update(repeating: 0, count: (count + 7) / 8 * 8)
              }
              kernels.accumulateMoments(
                points.rows.base + first, points.rows.stride, points.count, count,
                centroids.base + first, columns, labels, points.weights, sums + first,
                squares + first, stride)
            }
          }
        }
      }
    }
  }

  /// The number of columns that a thread takes at a time: whole vectors.
  private static func width(columns: Int, threads: Int) -> Int {
    ((columns + 7) / 8 + threads - 1) / threads * 8
  }

  private mutating func count(_ points: WeightedRows<Scalar>, _ labels: UnsafePointer<Int32>) {
    guard points.weights != nil else { return count(labels, points.count) }
    hasWeightlessRows = (0..<points.count).contains { points.weight($0) == 0 }
    weights.withUnsafeMutableBufferPointer { weights in
      counts.withUnsafeMutableBufferPointer { counts in
        weights.update(repeating: 0)
        counts.update(repeating: 0)
        for row in 0..<points.count {
          let cluster = Int(labels[row])
          weights[cluster] += points.weight(row)
          counts[cluster] += 1
        }
      }
    }
  }

  /// Rows of weight 1, in four tallies: neighbours with the same label need not wait for each
  /// other.
  private mutating func count(_ labels: UnsafePointer<Int32>, _ rows: Int) {
    hasWeightlessRows = false
    let clusters = counts.count
    tallies.withUnsafeMutableBufferPointer { tallies in
      let tally = tallies.baseAddress!
      for row in 0..<rows { tally[(row & 3) &* clusters &+ Int(labels[row])] &+= 1 }
      for cluster in 0..<clusters {
        let count = (0..<4).reduce(0) { $0 + Int(tally[$1 * clusters + cluster]) }
        counts[cluster] = count
        weights[cluster] = Double(count)
      }
      tallies.update(repeating: 0)
    }
  }

  /// The weight of a cluster's rows in the unit of its sums.
  func scaledWeight(of cluster: Int) -> Double {
    scales?.scaled(weights[cluster], of: cluster) ?? weights[cluster]
  }

  /// The inertia of the rows of one cluster, had its centroid been elsewhere: with a step s from
  /// the old one, the sum of w (e - s)^2 is that of w e^2, less 2 s times that of w e, and s^2
  /// times the weight.
  func inertia(
    _ cluster: Int, movedFrom old: UnsafePointer<Scalar>, to new: UnsafePointer<Scalar>
  ) -> Double {
    deviations.withRows { deviations in
      squares.withRows { squares in
        let (deviations, squares) = (deviations[cluster], squares[cluster])
        let weight = scaledWeight(of: cluster)
        var sum = 0.0
        for column in 0..<columns {
          let step = Double(new[column]) - Double(old[column])
          sum += squares[column] + step * (weight * step - 2 * deviations[column])
        }
        return max(0, scales?.restored(sum, of: cluster) ?? sum)
      }
    }
  }
}
