// Checks that the sums of a stream stay within the numbers of Double.
extension StreamLearner {
  /// The weighted sum of the squared deviations of all points from the centroids.
  ///
  /// - Parameter now: the weight of a present event, in units of the landmark.
  /// - Complexity: O(k d).
  func squaredError(now: Double) -> Double {
    let centroids = nearest.centroids.converted(to: Double.self)
    let unit = clusters.weightUnit
    return (0..<clusters.count).map {
      clusters.squaredError($0, about: centroids, unit: unit) / (now / unit)
    }.reduce(0, +)
  }

  /// Whether sums of weights times values, or times squared distances, may be more than a Double
  /// holds when the batch that was measured last is learnt: hardly ever.
  ///
  /// - Parameters:
  ///   - factor: the factor of the weights of the clusters before that.
  ///   - now: the factor of the weights of the batch.
  func mayOverflow(times factor: Double, now: Double) -> Bool {
    let total = clusters.totalWeight * factor + sums.weights.reduce(0, +) * now
    let limit = min(FiniteCheck<Scalar>.limit, Double(Scalar.greatestFiniteMagnitude))
    return !(4 * limit * limit * Double(columns) * (total / now) <= SumLimits.largest)
  }

  /// The error of a batch whose inertia is too large.
  ///
  /// - Parameter total: the sum of all weights then.
  func sumsTooLarge(times factor: Double, now: Double, total: Double) -> ClusteringError {
    var learnt = clusters
    var moves = [Double](repeating: 0, count: clusters.count)
    learnt.scale(by: factor)
    learnt.learn(sums, about: nearest.centroids, now: now, gain: nil, moves: &moves)
    return .sumsTooLarge(weight: total / now, largest: learnt.largestMagnitude)
  }

  /// Checks that sums of weights times values, and the squared error, are numbers, once a batch was
  /// learnt, or a stream merged.
  ///
  /// - Complexity: O(k d).
  func checkErrors(now: Double) throws(ClusteringError) {
    let total = clusters.totalWeight
    guard total.isFinite else { throw .streaming(.weightsOverflow(times: 1)) }
    let largest = clusters.largestMagnitude
    guard squaredError(now: now) <= SumLimits.largest,
      largest * (total / now) <= SumLimits.largest
    else { throw .sumsTooLarge(weight: total / now, largest: largest) }
  }
}

// Centers that rounding must not move out of the box of their points.
extension StreamLearner {
  /// A box in which a center must lie after a step: that of its points in the batch, and of its old
  /// place unless that has no weight.
  struct CenterBox {
    let cluster: Int
    let low: [Double]
    let high: [Double]
  }

  /// The boxes of the clusters in which the batch outweighs all before.
  ///
  /// A step c + lambda (b - c) goes from a place in the box towards one in it. The deviations that
  /// make b - c are off by g times their mean magnitude at most, g = (n + 16) 2^-53 for n rows, so
  /// that the sum stays in the box while lambda (1 + g) <= 1, and rounding it, which keeps the
  /// order of numbers, keeps it there. Where the points replace the old center, as in the
  /// beginning, lambda is 1, and b may be any place near.
  ///
  /// - Complexity: O(k); a pass over the batch where there are such.
  func boxes(of batch: BatchRows<Scalar>, now: Double, gain: Double?) -> [CenterBox] {
    if spark != nil { return [] }
    let unit = Double(batch.points.count + 16) * 0x1p-52
    let outweighed = (0..<clusters.count).filter { cluster in
      let weight = sums.weights[cluster] * now
      return weight > 0 && (gain ?? weight / (clusters.weights[cluster] + weight)) * (1 + unit) > 1
    }
    if outweighed.isEmpty { return [] }
    let none = ClusterBoxes<Scalar>(outweighed, clusters: clusters.count, columns: columns)
    let found = RowPass(batch.points, clusters: clusters.count, threads: threads).reduce(
      labels: batch.labels, into: none)
    return outweighed.compactMap { cluster in
      guard let box = found.box(of: cluster) else { return nil }
      let hasBegun = clusters.weights[cluster] > 0
      let center = clusters.center(cluster)
      return CenterBox(
        cluster: cluster,
        low: center.indices.map {
          hasBegun ? min(Double(box.low[$0]), center[$0]) : Double(box.low[$0])
        },
        high: center.indices.map {
          hasBegun ? max(Double(box.high[$0]), center[$0]) : Double(box.high[$0])
        })
    }
  }
}

extension StreamClusters {
  /// Puts a center into a box.
  mutating func putCenter(of cluster: Int, into low: [Double], _ high: [Double]) {
    for column in 0..<columns {
      centers[cluster, column] = min(max(centers[cluster, column], low[column]), high[column])
    }
  }
}

// Batches whose weights are so small that products with them underflow: of rows that came long ago,
// or as they were given.
extension StreamLearner {
  /// Sums a batch once more where products may have underflowed so far that a mean or a variance
  /// shows it.
  ///
  /// A product loses at most 2^-1075. In sums of 2^-900 and more that is invisible; smaller ones,
  /// or none, are those of weights W that are small, or of small deviations, or of values that are
  /// equal. Two values that differ do so by 2^-53 of the smaller of them at least, or by all of the
  /// other: by 2^-53 m, with m the smallest magnitude of a value but 0. So where W m^2 is 2^-850
  /// and more, no deviations but 0 have squares, above 2^-956, that lose digits that count.
  ///
  /// - Complexity: O(k d) nearly always; O(n d) where sums are small.
  mutating func scaleTinyWeights(of batch: BatchRows<Scalar>) {
    guard sums.hasTinySums else { return }
    let smallest = smallestValue(of: batch.points.rows)
    guard
      sums.weights.contains(where: { $0 > 0 && $0 * smallest * smallest < 0x1p-850 })
    else { return }
    sums.measureScaled(
      batch.points, labels: batch.labels, centroids: nearest.centroids, threads: threads)
  }

  /// The smallest magnitude but 0 of a value of rows, and of the centroids.
  private func smallestValue(of rows: Rows<Scalar>) -> Double {
    if Scalar.self == Float.self { return Double(Float.leastNonzeroMagnitude) }
    let kernels = nearest.instructionSet
    return nearest.centroids.withRows {
      min(
        ValueRange(of: rows, instructionSet: kernels).smallest,
        ValueRange(of: $0, instructionSet: kernels).smallest)
    }
  }
}
