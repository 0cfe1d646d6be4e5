internal import KMeansKernelTypes

private import KMeansCLibrary

/// The state of Spark MLlib's `StreamingKMeansModel` and its update, in Spark's own arithmetic and
/// order: Double, sums in the order of the rows, products rounded before they are added.
///
/// A value: a copy keeps the state of its time. Equal bits to Spark 4.3.0 with one
/// partition (`SparkTraceTests`), so far as Spark agrees with itself: where it adds the batch to
/// the center (`daxpy`), whole vectors of the processor's width go through fused multiply-adds
/// since its launcher switches Java's vector API on, and only the columns that are left over are
/// rounded twice; from 256 columns on it is a native BLAS, where there is one. Two roundings are
/// common to all processors; they are off by an ulp or two.
package struct SparkModel: Sendable {
  /// The unit of time of a decay factor; the raw values are Spark's.
  package enum TimeUnit: String, Sendable, Hashable, CaseIterable {
    /// A batch, however many rows it has: an empty one decays, too.
    case batches
    /// A row: a batch of N rows decays by the N-th power, all its rows at once.
    case points
  }

  /// The cluster centers.
  package private(set) var centroids: Matrix<Double>
  /// The decayed number of points of each cluster.
  package private(set) var weights: [Double]
  private var assignment: SequentialAssignment
  private let kernels: KernelSet<Double>
  private let fusedLanes: Int
  /// The sum of the rows of each cluster, clusters x columns; memory that updates use again.
  private var sums: [Double] = []

  /// A model of finite centroids with one weight each; the other requirements of Spark are checked
  /// by ``SparkRequirement``.
  ///
  /// - Parameter fusedLanes: the doubles in a vector of the Java machine whose bits are wanted: 8
  ///   with AVX-512, 4 with AVX2; 0 for two roundings everywhere. Of d columns, d mod
  ///   `fusedLanes` are not fused.
  package init(
    centroids: Matrix<Double>, weights: [Double], fusedLanes: Int = 0,
    instructionSet: InstructionSet = .best
  ) {
    precondition(centroids.rows > 0 && centroids.rows == weights.count && fusedLanes >= 0)
    self.fusedLanes = fusedLanes
    self.centroids = centroids
    self.weights = weights
    assignment = SequentialAssignment(instructionSet: instructionSet)
    kernels = .compiled(for: instructionSet)
  }

  /// The decay factor of a half-life: exp(log(1/2) / h), as `setHalfLife` computes it.
  package static func decayFactor(halfLife: Double) -> Double { exp(log(0.5) / halfLife) }

  /// Spark's labels for some rows, which leave the model as it is (memory aside).
  ///
  /// - Parameters:
  ///   - rows: finite, of the centroids' dimension.
  ///   - labels: OUT, one a row.
  /// - Returns: the number of rows that had to be decided by the sequential sum.
  /// - Complexity: O(n k d).
  @discardableResult
  package mutating func assign(
    _ rows: Rows<Double>, labels: UnsafeMutableBufferPointer<Int32>, threads: Int
  ) -> Int {
    precondition(rows.columns == centroids.columns && labels.count == rows.count)
    guard rows.count > 0, let labels = labels.baseAddress else { return 0 }
    return assignment.assign(rows, to: centroids, threads: threads, labels: labels)
  }

  /// One update by a batch.
  ///
  /// - Parameters:
  ///   - batch: finite rows of the centroids' dimension, in the order in which Spark would have
  ///     them; there may be none.
  ///   - decayFactor: not NaN; Spark allows more than 1.
  ///   - labels: OUT, one a row: the nearest centroid before the update.
  /// - Complexity: O(n k d).
  package mutating func update(
    _ batch: Rows<Double>, decayFactor: Double, timeUnit: TimeUnit,
    labels: UnsafeMutableBufferPointer<Int32>, threads: Int
  ) -> SparkUpdate {
    assign(batch, labels: labels, threads: threads)
    return learn(
      batch, labels: UnsafeBufferPointer(labels), decayFactor: decayFactor, timeUnit: timeUnit)
  }

  /// An update by a batch that has been assigned.
  mutating func learn(
    _ batch: Rows<Double>, labels: UnsafeBufferPointer<Int32>, decayFactor: Double,
    timeUnit: TimeUnit
  ) -> SparkUpdate {
    let counts = addUp(batch, labels)
    let discount = Self.discount(decayFactor, timeUnit, rows: batch.count)
    for cluster in weights.indices { weights[cluster] *= discount }
    SparkRule.move(
      &centroids, &weights, by: sums, counts,
      fusedColumns: fusedLanes == 0 ? 0 : centroids.columns / fusedLanes * fusedLanes)
    return SparkUpdate(counts: counts, split: SparkRule.splitDying(&centroids, &weights))
  }

  /// The factor of every weight before a batch is added.
  static func discount(_ decayFactor: Double, _ timeUnit: TimeUnit, rows: Int) -> Double {
    switch timeUnit {
    case .batches: decayFactor
    case .points: pow(decayFactor, Double(rows))
    }
  }

  /// Leaves the sum of the rows of each cluster in `sums`.
  ///
  /// - Returns: the number of rows of each cluster.
  private mutating func addUp(
    _ batch: Rows<Double>, _ labels: UnsafeBufferPointer<Int32>
  ) -> [Int] {
    var counts = [Int](repeating: 0, count: weights.count)
    let stride = SumLayout(columns: centroids.columns).stride
    // Spark starts with the first point, not with 0: adding -0 leaves every number as it is.
    if sums.isEmpty {
      sums = Array(repeating: -0.0, count: weights.count * stride)
    } else {
      for index in sums.indices { sums[index] = -0.0 }
    }
    guard let labels = labels.baseAddress else { return counts }
    for row in 0..<batch.count { counts[Int(labels[row])] += 1 }
    sums.withUnsafeMutableBufferPointer { sums in
      guard let sums = sums.baseAddress else { return }
      kernels.accumulate(
        batch.base, batch.stride, batch.count, batch.columns, labels, nil, sums, stride)
    }
    return counts
  }
}
