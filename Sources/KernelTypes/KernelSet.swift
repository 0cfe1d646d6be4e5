/// The kernels for one scalar type, compiled for one instruction set: function values over pointers
/// and sizes. Each target of kernels gives one; only the dispatcher knows that there are several.
///
/// Contracts, shapes and error bounds stand beside the kernels in `Sources/Kernels`.
package final class KernelSet<Scalar>: Sendable {
  /// (rows, rowStride, count, columns, shift, packed, squaredNorms)
  package typealias Pack =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, Int, UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>,
      UnsafeMutablePointer<Scalar>
    ) -> Void

  /// (tile, tileStride, count, width, low, labels, best, second)
  package typealias NearestTwo =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, Int, UnsafePointer<Scalar>, UnsafeMutablePointer<Int32>,
      UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>
    ) -> Void

  /// (a, b, columns) -> squared distance
  package typealias DirectDistance =
    @Sendable (
      UnsafePointer<Scalar>, UnsafePointer<Scalar>, Int
    ) -> Double

  /// (rows, rowStride, count, columns, centroids, labels, distances)
  package typealias DirectDistances =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, Int, UnsafePointer<Scalar>, UnsafePointer<Int32>,
      UnsafeMutablePointer<Double>
    ) -> Void

  /// (rows, rowStride, count, columns, centers, variances, labels, sums)
  package typealias StandardizedDistances =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, Int, UnsafePointer<Double>, UnsafePointer<Double>,
      UnsafePointer<Int32>, UnsafeMutablePointer<Double>
    ) -> Void

  /// (rows, rowStride, count, columns, labels, weights, sums, sumStride)
  package typealias Accumulate =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, Int, UnsafePointer<Int32>, UnsafePointer<Double>?,
      UnsafeMutablePointer<Double>, Int
    ) -> Void

  /// (row, columns, sign, splitter, sum, rest, next)
  package typealias AddExactly =
    @Sendable (
      UnsafePointer<Scalar>, Int, Double, Double, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>, UnsafePointer<Scalar>
    ) -> Void

  /// (rows, rowStride, numbers, from, to, count, columns, splitter, sums, stride, rests)
  package typealias MoveExactly =
    @Sendable (
      UnsafePointer<Scalar>, Int, UnsafePointer<Int32>, UnsafePointer<Int32>,
      UnsafePointer<Int32>, Int, Int, Double, UnsafeMutablePointer<Double>, Int, Int
    ) -> Void

  /// (rows, rowStride, count, columns, weights, weight, means, deviations)
  package typealias UpdateMoments =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, Int, UnsafePointer<Double>?, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    ) -> Void

  /// (rows, rowStride, count, columns, limit, range)
  package typealias ValueRange =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, Int, Double, UnsafeMutablePointer<Double>
    ) -> Void

  /// (rows, rowStride, count, columns, centroids, centroidStride, labels, weights, sums, squares,
  /// sumStride)
  package typealias AccumulateMoments =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, Int, UnsafePointer<Scalar>, Int, UnsafePointer<Int32>,
      UnsafePointer<Double>?, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>, Int
    ) -> Void

  /// (products, width, low, limit, indices) -> count
  package typealias ScoresAtMost =
    @Sendable (
      UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>, Scalar, UnsafeMutablePointer<Int32>
    ) -> Int

  /// (rows, rowStride, count, columns, shift, shifted, rounded, squaredNorms)
  package typealias ShiftRows =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, Int, UnsafePointer<Double>, UnsafeMutablePointer<Double>,
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Double>
    ) -> Void

  /// (row, others, count, columns, products)
  package typealias MultiplyRow =
    @Sendable (
      UnsafePointer<Scalar>, UnsafePointer<Scalar>, Int, Int, UnsafeMutablePointer<Scalar>
    ) -> Void

  /// (labels, best, second, squaredNorms, count, twicePart, mostTwicePart, twicePointFactor,
  /// twiceUnderflow, largestNorm, ambiguous) -> count
  package typealias Ambiguous =
    @Sendable (
      UnsafePointer<Int32>, UnsafePointer<Scalar>, UnsafePointer<Scalar>, UnsafePointer<Scalar>,
      Int, UnsafePointer<Double>, Double, Double, Double, Double, UnsafeMutablePointer<Int32>
    ) -> Int

  /// (labels, gaps, spent, clusters, count, first, list) -> count
  package typealias UnprunedRows =
    @Sendable (
      UnsafePointer<Int32>, UnsafePointer<Float>, UnsafePointer<Float>, Int, Int, Int32,
      UnsafeMutablePointer<Int32>
    ) -> Int

  /// What a gap of scores is computed with: see `scoreGaps`.
  package typealias GapError = (
    point: Scalar, underflow: Scalar, norm: Scalar, largestNorm: Scalar, margin: Scalar
  )

  /// (labels, best, second, squaredNorms, count, fourParts, spent, clusters, error, list, gaps,
  /// radii)
  package typealias ScoreGaps =
    @Sendable (
      UnsafePointer<Int32>, UnsafePointer<Scalar>, UnsafePointer<Scalar>, UnsafePointer<Scalar>,
      Int, UnsafePointer<Scalar>, UnsafePointer<Float>, Int, GapError, UnsafePointer<Int32>?,
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

  /// (row, columns, tiles, tileCount, factor, floor, distances)
  package typealias CentroidDistances =
    @Sendable (
      UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>, Int, Scalar, Scalar,
      UnsafeMutablePointer<Float>
    ) -> Void

  /// (sums, stride, costs, first, count, end, values) -> start
  package typealias CheapestStart =
    @Sendable (
      UnsafePointer<Double>, Int, UnsafePointer<Double>, Int, Int, Int,
      UnsafeMutablePointer<Double>
    ) -> Int

  /// (sums, stride, costs, first, count, end, starts, values)
  package typealias CheapestStarts =
    @Sendable (
      UnsafePointer<Double>, Int, UnsafePointer<Double>, Int, Int, Int,
      UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Double>
    ) -> Void

  /// (sums, stride, costs, starts, count, end, step, totals, rests)
  package typealias IntervalCosts =
    @Sendable (
      UnsafePointer<Double>, Int, UnsafePointer<Double>, UnsafePointer<Int32>, Int, Int, Int,
      UnsafeMutablePointer<Double>, UnsafeMutablePointer<Double>
    ) -> Void

  /// (numbers, values, count, vectors, products)
  package typealias MultiplyTerms =
    @Sendable (
      UnsafePointer<Int32>, UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>,
      UnsafeMutablePointer<Scalar>
    ) -> Void

  /// (columns, values, count, starts, centroids, listValues, products)
  package typealias AddListedTerms =
    @Sendable (
      UnsafePointer<Int32>, UnsafePointer<Scalar>, Int, UnsafePointer<Int>, UnsafePointer<Int32>,
      UnsafePointer<Scalar>, UnsafeMutablePointer<Scalar>
    ) -> Void

  /// (indices, values, counts, centroid, columns, distances)
  package typealias SparseDirectDistances =
    @Sendable (
      UnsafePointer<UnsafePointer<Int32>>, UnsafePointer<UnsafePointer<Scalar>>,
      UnsafePointer<Int>, UnsafePointer<Scalar>, Int, UnsafeMutablePointer<Double>
    ) -> Void

  package let pack: Pack
  package let nearestTwo: NearestTwo
  package let directDistance: DirectDistance
  package let directDistances: DirectDistances
  package let standardizedDistances: StandardizedDistances
  package let accumulate: Accumulate
  package let addExactly: AddExactly
  package let moveExactly: MoveExactly
  package let updateMoments: UpdateMoments
  package let valueRange: ValueRange
  package let accumulateMoments: AccumulateMoments
  package let scoresAtMost: ScoresAtMost
  package let shiftRows: ShiftRows
  package let multiplyRow: MultiplyRow
  package let multiplyTerms: MultiplyTerms
  package let addListedTerms: AddListedTerms
  package let sparseDirectDistances: SparseDirectDistances
  package let ambiguous: Ambiguous
  package let unprunedRows: UnprunedRows
  package let scoreGaps: ScoreGaps
  package let centroidDistances: CentroidDistances
  package let cheapestStart: CheapestStart
  package let cheapestStarts: CheapestStarts
  package let intervalCosts: IntervalCosts
  package let fused: FusedKernels<Scalar>

  /// The functions, as a target of kernels gives them: a call of the initialiser in there would
  /// make a weak symbol, for `ScoresAtMost` has a bare `Scalar`.
  package typealias Functions = (
    pack: Pack, nearestTwo: NearestTwo, directDistance: DirectDistance,
    directDistances: DirectDistances, standardizedDistances: StandardizedDistances,
    accumulate: Accumulate, addExactly: AddExactly, moveExactly: MoveExactly,
    updateMoments: UpdateMoments, valueRange: ValueRange, accumulateMoments: AccumulateMoments,
    scoresAtMost: ScoresAtMost, shiftRows: ShiftRows, multiplyRow: MultiplyRow,
    multiplyTerms: MultiplyTerms, addListedTerms: AddListedTerms,
    sparseDirectDistances: SparseDirectDistances,
    ambiguous: Ambiguous, unprunedRows: UnprunedRows, scoreGaps: ScoreGaps,
    centroidDistances: CentroidDistances, cheapestStart: CheapestStart,
    cheapestStarts: CheapestStarts, intervalCosts: IntervalCosts,
    fused: FusedKernels<Scalar>
  )

  package init(_ functions: Functions) {
    pack = functions.pack
    nearestTwo = functions.nearestTwo
    directDistance = functions.directDistance
    directDistances = functions.directDistances
    standardizedDistances = functions.standardizedDistances
    accumulate = functions.accumulate
    addExactly = functions.addExactly
    moveExactly = functions.moveExactly
    updateMoments = functions.updateMoments
    valueRange = functions.valueRange
    accumulateMoments = functions.accumulateMoments
    scoresAtMost = functions.scoresAtMost
    shiftRows = functions.shiftRows
    multiplyRow = functions.multiplyRow
    multiplyTerms = functions.multiplyTerms
    addListedTerms = functions.addListedTerms
    sparseDirectDistances = functions.sparseDirectDistances
    ambiguous = functions.ambiguous
    unprunedRows = functions.unprunedRows
    scoreGaps = functions.scoreGaps
    centroidDistances = functions.centroidDistances
    cheapestStart = functions.cheapestStart
    cheapestStarts = functions.cheapestStarts
    intervalCosts = functions.intervalCosts
    fused = functions.fused
  }
}

/// The kernels that find the nearest centroids without a tile of scores in memory, and those that
/// pack the points for them.
///
/// Contracts and error bounds stand beside the kernels in `Sources/Kernels/Fused`.
package struct FusedKernels<Scalar>: Sendable {
  /// (rows, rowStride, list, count, columns, shift, tiles, squaredNorms)
  package typealias PackTiles =
    @Sendable (
      UnsafePointer<Scalar>, Int, UnsafePointer<Int32>?, Int, Int, UnsafePointer<Scalar>,
      UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>
    ) -> Void

  /// (tiles, tileCount, columns, groups, groupCount, low, labels, best, second, sums, ahead,
  /// aheadBytes)
  package typealias Nearest =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>,
      UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>,
      UnsafeMutablePointer<Scalar>, UnsafeRawPointer?, Int
    ) -> Void

  /// (tiles, tileCount, columns, groups, groupCount, low, labels, secondLabels, best, second,
  /// third, sums)
  package typealias NearestPair =
    @Sendable (
      UnsafePointer<Scalar>, Int, Int, UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>,
      UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Scalar>,
      UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>, UnsafeMutablePointer<Scalar>
    ) -> Void

  /// (tile, columns, groups, groupCount, low, thresholds, masks, sums)
  package typealias RangeSearch =
    @Sendable (
      UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>,
      UnsafePointer<Scalar>, UnsafeMutablePointer<UInt64>, UnsafeMutablePointer<Scalar>
    ) -> Void

  /// Centroids of a group, on every instruction set.
  package static var groupSize: Int { 6 }
  /// Products that are added before their sum is added to the others.
  package static var blockColumns: Int { 64 }
  /// Groups that share a block of columns of a tile.
  package static var chunkGroups: Int { 8 }
  /// A multiple of the points of a tile, on every instruction set.
  package static var mostTileRows: Int { 64 }

  /// Points of a tile.
  package let tileRows: Int
  package let packTiles: PackTiles
  package let nearest: Nearest
  package let nearestPair: NearestPair
  package let rangeSearch: RangeSearch

  package init(
    tileRows: Int, packTiles: @escaping PackTiles, nearest: @escaping Nearest,
    nearestPair: @escaping NearestPair, rangeSearch: @escaping RangeSearch
  ) {
    self.tileRows = tileRows
    self.packTiles = packTiles
    self.nearest = nearest
    self.nearestPair = nearestPair
    self.rangeSearch = rangeSearch
  }
}
