internal import KMeansKernelTypes

// The strategies `blas` and `inverted`: products of a block of rows, and one scan of the scores.
// For `blas`: one GEMM for a block of rows against all centroids, one scan of the scores.
// See `ScoreErrorBound` for the bound. BLAS runs with the threads it has; `RowPass` sets one.
extension NearestCentroids {
  /// Leaves the label of each row in `scratch.labels`, and the second best where it is asked for.
  ///
  /// - Returns: the number of rows that `directDistance` had to decide.
  func assignByProducts(
    _ rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>, _ result: Assignment
  ) -> Int {
    if strategy == .inverted, !result.wantsSecond {
      return assignInverted(ListedRows(rows), scratch, others: nil)
    }
    if strategy == .inverted {
      multiplyTerms(ListedRows(rows), scratch)
    } else {
      multiply(rows, scratch)
    }
    return packed.low.withUnsafeBufferPointer { low in
      kernels.nearestTwo(
        scratch.tile, packed.width, rows.count, packed.width, low.baseAddress!, scratch.labels,
        scratch.best, scratch.second)
      if result.wantsSecond {
        for row in 0..<rows.count {
          decideTwo(row, line(row, scratch), of: rows, scratch, low, result)
        }
        return rows.count
      }
      return rerank(ListedRows(rows), scratch, low) { line($0, scratch) }
    }
  }

  /// The products of a row of the block.
  func line(_ row: Int, _ scratch: AssignmentScratch<Scalar>) -> UnsafePointer<Scalar> {
    UnsafePointer(scratch.tile + row * packed.width)
  }

  /// Packs a block of rows and leaves its products with all centroids in `scratch.tile`.
  func multiply(_ rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>) {
    let d = rows.columns
    centering.shift.withUnsafeBufferPointer { shift in
      kernels.pack(
        rows.base, rows.stride, rows.count, d, shift.baseAddress!, scratch.packed, scratch.norms)
    }
    packed.matrix.withRows { centroids in
      BLAS.gemm(
        rows.count, packed.width, d, alpha: 1, scratch.packed, lda: d, centroids.base, ldb: d,
        transposedB: true, beta: 0, scratch.tile, ldc: packed.width)
    }
  }

  /// Whether the scores of a row can be trusted: no product can have overflowed. Written so that a
  /// NaN is a case for directDistance, too.
  func mayRuleOut(squaredNorm: Double) -> Bool {
    squaredNorm <= bound.largestNorm && !packed.decidesDirectly
  }

  /// Decides the rows that have more than one candidate.
  ///
  /// - Parameters:
  ///   - others: OUT, room for the block: at most the squared distance of each of these rows to all
  ///     other centroids, in the order of `scratch.ambiguous`; their own ones are left in
  ///     `scratch.distances`. `nil` where nobody wants them.
  ///   - products: gives the products of a row with all centroids.
  /// - Returns: the number of these rows.
  func rerank(
    _ rows: ListedRows<Scalar>, _ scratch: AssignmentScratch<Scalar>,
    _ low: UnsafeBufferPointer<Scalar>, others: UnsafeMutablePointer<Double>? = nil,
    products: (Int) -> UnsafePointer<Scalar>
  ) -> Int {
    packed.twicePart.withUnsafeBufferPointer { twicePart in
      let count = findUndecided(rows.count, scratch, twicePart.baseAddress!)
      for place in 0..<count {
        let row = Int(scratch.ambiguous[place])
        let norm = Double(scratch.norms[row])
        let parts = twicePart[Int(scratch.labels[row])] + 2 * bound.pointPart(squaredNorm: norm)
        // Who wants to know how far the others are looks further: those beyond are farther than the
        // nearest by more than the error of their scores.
        let reach = others == nil ? parts : 9 * parts
        let threshold = bound.threshold(score: Double(scratch.best[row]), twiceParts: reach)
        let isTrusted = mayRuleOut(squaredNorm: norm)
        let found = collectCandidates(products(row), scratch, low, threshold, trusted: isTrusted)
        let number = rows.number(row)
        let nearest: (label: Int32, distance: Double, second: Double)
        if let compressed = rows.rows.compressed {
          let candidates = UnsafeMutableBufferPointer(start: scratch.indices, count: found)
          nearest = self.nearest(to: compressed[number], among: candidates, scratch)
        } else {
          let candidates = UnsafeBufferPointer(start: scratch.indices, count: found)
          let point = rows.rows[number]
          nearest = self.nearest(among: candidates) { directDistance(point, $0) }
        }
        scratch.labels[row] = nearest.label
        if nearest.distance == .infinity { scratch.notFinite += 1 }
        guard let others else { continue }
        let beyond =
          isTrusted ? bound.squaredDistance(ofScore: threshold, squaredNorm: norm) : .infinity
        scratch.distances[place] = nearest.distance
        others[place] = min(nearest.second, beyond)
      }
      return count
    }
  }

  /// Leaves the rows that have more than one candidate in `scratch.ambiguous`.
  private func findUndecided(
    _ count: Int, _ scratch: AssignmentScratch<Scalar>, _ twicePart: UnsafePointer<Double>
  ) -> Int {
    guard !packed.decidesDirectly else {
      for row in 0..<count { scratch.ambiguous[row] = Int32(row) }
      return count
    }
    return kernels.ambiguous(
      scratch.labels, scratch.best, scratch.second, scratch.norms, count, twicePart,
      packed.mostTwicePart, 2 * bound.pointFactor, 2 * bound.underflow, bound.largestNorm,
      scratch.ambiguous)
  }

  /// Leaves the centroids that `threshold`, where it is to be trusted, does not rule out in
  /// `scratch.indices`: ascending, duplicates left out.
  ///
  /// - Returns: the number of these centroids.
  private func collectCandidates(
    _ line: UnsafePointer<Scalar>, _ scratch: AssignmentScratch<Scalar>,
    _ low: UnsafeBufferPointer<Scalar>, _ threshold: Double, trusted: Bool
  ) -> Int {
    guard trusted else { return collectDistinct(scratch.indices) }
    return kernels.scoresAtMost(
      line, packed.width, low.baseAddress!, Scalar(limitAtLeast: threshold), scratch.indices)
  }

  /// Leaves all centroids in `indices`: ascending, duplicates left out.
  ///
  /// - Returns: the number of these centroids.
  func collectDistinct(_ indices: UnsafeMutablePointer<Int32>) -> Int {
    var count = 0
    for centroid in 0..<centroids.rows where packed.firstEqual[centroid] == Int32(centroid) {
      indices[count] = Int32(centroid)
      count += 1
    }
    return count
  }

  /// The argmin of the distances of a row to some centroids in ascending order, the lowest on ties;
  /// its squared distance, and the smallest of the others.
  @inline(__always)
  func nearest(
    among candidates: UnsafeBufferPointer<Int32>, by distance: (_ centroid: Int) -> Double
  ) -> (label: Int32, distance: Double, second: Double) {
    var best = (label: candidates[0], distance: Double.infinity, second: Double.infinity)
    for place in candidates.indices {
      let found = distance(Int(candidates[place]))
      if found < best.distance {
        best = (candidates[place], found, best.distance)
      } else {
        best.second = min(best.second, found)
      }
    }
    return best
  }
}
