internal import KMeansKernelTypes

// The search for the nearest centroid, eight rows at a time. Sums over the columns have the bits of
// those for two rows, so that what is found is what one row after the other finds.
extension PairwiseCentroids {
  /// Leaves the label of each row in `scratch.labels` and its distance in `scratch.best`.
  func findNearest(_ rows: Rows<Scalar>, _ scratch: PairwiseScratch) {
    if let minkowski = distance.minkowski, minkowski.wholeExponent == nil {
      for row in 0..<rows.count { findAlone(rows, row, scratch) }
      return
    }
    let lanes = PairwiseKernels.tileRows
    for first in stride(from: 0, to: rows.count, by: lanes) {
      let some = rows[first..<min(first + lanes, rows.count)]
      tiles.turn(some, into: scratch.tiles + first * tiles.columns)
    }
    if let exponent = distance.minkowski?.wholeExponent {
      for first in stride(from: 0, to: rows.count, by: lanes) {
        findByPowers(rows, first, exponent, scratch)
      }
    } else {
      findInChunks(rows, scratch)
    }
  }

  /// Takes some groups of centroids after the others, each for all tiles.
  private func findInChunks(_ rows: Rows<Scalar>, _ scratch: PairwiseScratch) {
    let lanes = PairwiseKernels.tileRows
    let (size, columns) = (PairwiseKernels.groupSize, tiles.columns)
    let padded = (rows.count + lanes - 1) / lanes * lanes
    scratch.best.update(repeating: .infinity, count: padded)
    scratch.nearest.update(repeating: 0, count: padded)
    if distance.measure == .tanimoto { square(rows, padded, scratch) }
    tiles.values.withUnsafeBufferPointer { values in
      for chunk in stride(from: 0, to: tiles.groupCount, by: tiles.chunk) {
        let groups = min(tiles.chunk, tiles.groupCount - chunk)
        let count = min(groups * size, tiles.count - chunk * size)
        for first in stride(from: 0, to: rows.count, by: lanes) {
          measure(
            scratch.tiles + first * columns, values.baseAddress! + chunk * size * columns, groups,
            scratch)
          if distance.measure == .tanimoto { finishTanimoto(chunk * size, count, first, scratch) }
          distance.kernels.nearestInTile(
            scratch.sums, count, chunk * size, scratch.best + first, scratch.nearest + first)
        }
      }
    }
    for row in 0..<rows.count {
      scratch.labels[row] = Int32(truncatingIfNeeded: scratch.nearest[row])
    }
    guard tiles.hasTinySquares else { return }
    // Two rows that nearly vanish are compared in a way of their own.
    for row in 0..<rows.count where scratch.squares[row] < PairwiseDistance.tiny {
      findAlone(rows, row, scratch)
    }
  }

  /// Leaves the products of rows with themselves in `scratch.squares`, zeros for those that fill up
  /// the last tile.
  private func square(_ rows: Rows<Scalar>, _ padded: Int, _ scratch: PairwiseScratch) {
    scratch.squares.update(repeating: 0, count: padded)
    for row in 0..<rows.count {
      let values = scratch.doubles(rows[row])
      scratch.squares[row] = distance.kernels.sumOfProducts(values, values, tiles.columns)
    }
  }

  /// Leaves what distances are made of in `scratch.sums`.
  private func measure(
    _ tile: UnsafePointer<Double>, _ groups: UnsafePointer<Double>, _ count: Int,
    _ scratch: PairwiseScratch
  ) {
    switch distance.measure {
    case .chebyshev:
      distance.kernels.largestTile(tile, tiles.columns, groups, count, scratch.sums)
    case .tanimoto:
      distance.kernels.productTile(tile, tiles.columns, groups, count, scratch.sums)
    case .manhattan, .minkowski:
      distance.kernels.differenceTile(tile, tiles.columns, groups, count, scratch.sums)
    }
  }

  /// Makes products distances. Where a row and a centroid vanish, they are no numbers, and looked
  /// at again later.
  private func finishTanimoto(
    _ centroid: Int, _ count: Int, _ first: Int, _ scratch: PairwiseScratch
  ) {
    let lanes = PairwiseKernels.tileRows
    tiles.squares.withUnsafeBufferPointer {
      distance.kernels.tanimotoTile(
        scratch.sums, scratch.squares + first, $0.baseAddress! + centroid, count)
    }
    guard tiles.hasTinySquares else { return }
    for place in 0..<count * lanes where scratch.sums[place].isNaN { scratch.sums[place] = 0 }
  }
}
