internal import KMeansKernelTypes

// Range search: all pairs of a row and a centroid that are nearer than the row's radius.
extension NearestCentroids {
  /// Calls a closure with every pair of some rows of a block and a centroid that is nearer than the
  /// row's radius, by `directDistance`; those of one centroid in the order of their rows.
  ///
  /// Scores rule out. With the names of ``ScoreErrorBound``, a centroid that `directDistance` finds
  /// nearer than D has S < (D - |x'|^2)/2, up to the errors that p and q hold, and so the score
  /// V <= (D - |x'|^2)/2 + p. |x'|^2 is at least the packed norm less its error.
  ///
  /// Of centroids with the same values the first one alone is found.
  ///
  /// If the strategy is `filtered`, bytes rule out instead; see `findThresholds`.
  ///
  /// - Parameters:
  ///   - rows: at most as many as the scratch is made for.
  ///   - squaredRadii: one for each row of the block.
  ///   - found: gets the row within the block, the centroid, and the squared distance.
  /// - Complexity: O(rows k d).
  package func rangeSearch(
    _ rows: ListedRows<Scalar>, squaredRadii: UnsafePointer<Double>,
    scratch: AssignmentScratch<Scalar>,
    _ found: (_ row: Int, _ cluster: Int, _ squaredDistance: Double) -> Void
  ) {
    guard rows.count > 0 else { return }
    switch strategy {
    case .filtered:
      _ = filteredRangeSearch(rows, squaredRadii: squaredRadii, scratch: scratch, found)
    case .fused: fusedRangeSearch(rows, squaredRadii: squaredRadii, scratch: scratch, found)
    case .auto, .blas:
      searchProducts(rows, squaredRadii: squaredRadii, scratch: scratch, found)
    case .inverted:
      searchTerms(rows, squaredRadii: squaredRadii, scratch: scratch, found)
    }
  }

  /// The search in the scores of one GEMM.
  private func searchProducts(
    _ rows: ListedRows<Scalar>, squaredRadii: UnsafePointer<Double>,
    scratch: AssignmentScratch<Scalar>,
    _ found: (_ row: Int, _ cluster: Int, _ squaredDistance: Double) -> Void
  ) {
    // GEMM wants rows of one distance apart: those that need not look are multiplied, too.
    multiply(rows.rows, scratch)
    centroids.withRows { centroids in
      packed.low.withUnsafeBufferPointer { low in
        for place in 0..<rows.count {
          let row = rows.number(place)
          let count = candidates(
            row, squaredRadii[row], scratch, low.baseAddress!, scratch.indices)
          for candidate in 0..<count {
            let centroid = Int(scratch.indices[candidate])
            let distance = kernels.directDistance(rows[place], centroids[centroid], rows.columns)
            if distance < squaredRadii[row] { found(row, centroid, distance) }
          }
        }
      }
    }
  }

  /// The search in scores that never leave the registers.
  private func fusedRangeSearch(
    _ rows: ListedRows<Scalar>, squaredRadii: UnsafePointer<Double>,
    scratch: AssignmentScratch<Scalar>,
    _ found: (_ row: Int, _ cluster: Int, _ squaredDistance: Double) -> Void
  ) {
    guard let groups = packed.groups else { return }
    let (tileRows, columns) = (kernels.fused.tileRows, rows.columns)
    centering.shift.withUnsafeBufferPointer { shift in
      kernels.fused.packTiles(
        rows.rows.base, rows.rows.stride, rows.list, rows.count, columns, shift.baseAddress!,
        scratch.packed, scratch.norms)
    }
    findThresholds(rows, squaredRadii, scratch)
    withUnsafeTemporaryAllocation(of: UInt64.self, capacity: groups.slots) { masks in
      for first in stride(from: 0, to: rows.count, by: tileRows) {
        packed.low.withUnsafeBufferPointer { low in
          groups.values.withUnsafeBufferPointer { values in
            kernels.fused.rangeSearch(
              scratch.packed + first * columns, columns, values.baseAddress!, groups.count,
              low.baseAddress!, scratch.best + first, masks.baseAddress!, scratch.sums)
          }
        }
        decide(masks, rows, first, squaredRadii, found)
      }
    }
  }

  /// Leaves the score that a centroid within the radius of a row has at most in `scratch.best`,
  /// infinity where products tell nothing.
  private func findThresholds(
    _ rows: ListedRows<Scalar>, _ squaredRadii: UnsafePointer<Double>,
    _ scratch: AssignmentScratch<Scalar>
  ) {
    for place in 0..<rows.count {
      scratch.best[place] =
        scoreLimit(scratch.norms[place], squaredRadii[rows.number(place)]) ?? .infinity
    }
    let size = kernels.fused.tileRows
    let end = (rows.count + size - 1) / size * size
    // The fill of the last tile finds nothing.
    for place in rows.count..<end { scratch.best[place] = -.greatestFiniteMagnitude }
  }

  /// Decides the pairs of a tile that scores did not rule out.
  @inline(__always)
  private func decide(
    _ masks: UnsafeMutableBufferPointer<UInt64>, _ rows: ListedRows<Scalar>, _ first: Int,
    _ squaredRadii: UnsafePointer<Double>, _ found: (Int, Int, Double) -> Void
  ) {
    centroids.withRows { centroids in
      for centroid in 0..<centroids.count where masks[centroid] != 0 {
        guard packed.firstEqual[centroid] == Int32(centroid) else { continue }
        var mask = masks[centroid]
        while mask != 0 {
          let place = first &+ mask.trailingZeroBitCount
          mask &= mask &- 1
          guard place < rows.count else { break }
          let row = rows.number(place)
          let distance = kernels.directDistance(rows[place], centroids[centroid], rows.columns)
          if distance < squaredRadii[row] { found(row, centroid, distance) }
        }
      }
    }
  }

  /// The same search by products of bytes.
  ///
  /// - Returns: the number of pairs that these did not rule out.
  func filteredRangeSearch(
    _ rows: ListedRows<Scalar>, squaredRadii: UnsafePointer<Double>,
    scratch: AssignmentScratch<Scalar>,
    _ found: (Int, Int, Double) -> Void
  ) -> Int {
    guard let filter = scratch.filter else { preconditionFailure("scratch for another strategy") }
    let lanes = FilterShape.lanes
    return withFilterStep { step in
      withUnsafeTemporaryAllocation(of: UnsafePointer<Scalar>.self, capacity: lanes) { places in
        let here = places.baseAddress!
        let limits = scratch.distances
        for place in 0..<rows.count { limits[place] = squaredRadii[rows.number(place)] }
        var pairs = 0
        for first in stride(from: 0, to: rows.count, by: lanes) {
          for lane in 0..<lanes {
            here[lane] = rows[min(first + lane, rows.count - 1)]
            let next = first + lanes + lane
            if next < rows.count { filter.prefetch.add(rows[next], count: rows.columns) }
          }
          pairs += step.rangeSearch(
            here, filter, count: min(lanes, rows.count - first), limits: limits + first
          ) { lane, centroid, distance in
            found(rows.number(first + lane), centroid, distance)
          }
        }
        return pairs
      }
    }
  }

  /// The search in scores by the inverted index. A centroid that is a sparse row, too, is compared
  /// without zeros.
  private func searchTerms(
    _ rows: ListedRows<Scalar>, squaredRadii: UnsafePointer<Double>,
    scratch: AssignmentScratch<Scalar>,
    _ found: (_ row: Int, _ cluster: Int, _ squaredDistance: Double) -> Void
  ) {
    multiplyTerms(rows, scratch)
    centroids.withRows { centroids in
      packed.low.withUnsafeBufferPointer { low in
        for place in 0..<rows.count {
          let row = rows.number(place)
          let count = candidates(
            row, squaredRadii[row], scratch, low.baseAddress!, scratch.indices)
          guard count > 0 else { continue }
          withPoint(row, of: rows.rows, scratch) { point in
            for candidate in 0..<count {
              let centroid = Int(scratch.indices[candidate])
              let distance =
                rows.rows.compressed.flatMap {
                  packed.compressed?.squaredDistance($0[row], centroid, columns: rows.columns)
                } ?? kernels.directDistance(point, centroids[centroid], rows.columns)
              if distance < squaredRadii[row] { found(row, centroid, distance) }
            }
          }
        }
      }
    }
  }

  /// Leaves in `indices` the centroids, ascending, that may be nearer to a row than a limit.
  private func candidates(
    _ row: Int, _ limit: Double, _ scratch: AssignmentScratch<Scalar>,
    _ low: UnsafePointer<Scalar>, _ indices: UnsafeMutablePointer<Int32>
  ) -> Int {
    guard let limit = scoreLimit(scratch.norms[row], limit) else { return collectDistinct(indices) }
    return kernels.scoresAtMost(
      scratch.tile + row * packed.width, packed.width, low, limit, indices)
  }

  /// The score that a centroid within a radius of a row has at most; `nil` where products tell
  /// nothing.
  @inline(__always)
  private func scoreLimit(_ squaredNorm: Scalar, _ squaredRadius: Double) -> Scalar? {
    let norm = Double(squaredNorm)
    guard mayRuleOut(squaredNorm: norm) else { return nil }
    return Scalar(limitAtLeast: bound.score(ofSquaredDistance: squaredRadius, squaredNorm: norm))
  }
}
