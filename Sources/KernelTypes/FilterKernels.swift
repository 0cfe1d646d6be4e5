private import KMeansCLanes

/// The kernels of the strategy `filtered`: rows as bytes, whole-number products, and bounds that
/// rule out. They need a processor that multiplies bytes (VNNI).
///
/// Contracts and error bounds stand beside the kernels in `Sources/KernelsInt8` and
/// `Sources/KernelsInt8Rows`.
package struct FilterKernels<Scalar>: Sendable {
  /// (row, columns, shift, work, bytes, quantization, quantizationStride)
  package typealias QuantizeRow =
    @Sendable (
      UnsafePointer<Scalar>, Int, UnsafePointer<Scalar>, UnsafeMutablePointer<Float>,
      UnsafeMutablePointer<Int8>, UnsafeMutablePointer<Float>, Int
    ) -> Void

  /// (rows, columns, centroids, labels, distances)
  package typealias SixteenDistances =
    @Sendable (
      UnsafePointer<UnsafePointer<Scalar>>, Int, UnsafePointer<Scalar>, UnsafePointer<Int32>,
      UnsafeMutablePointer<Double>
    ) -> Void

  /// (masks, list, count, labels, known, valid, lanes, candidates) -> (pairs, points)
  package typealias ListCandidates =
    @Sendable (
      UnsafePointer<UInt16>, UnsafePointer<Int32>, Int, UnsafePointer<Int32>, UnsafePointer<Int32>,
      UInt16, UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>
    ) -> (pairs: Int, points: UInt16)

  /// (masks, count, lane, slots) -> found
  package typealias ListSlots =
    @Sendable (UnsafePointer<UInt16>, Int, Int, UnsafeMutablePointer<Int32>) -> Int

  /// (rows, centroids, columns, limits, lanes, candidates, count) -> kept
  package typealias DropFarther =
    @Sendable (
      UnsafePointer<UnsafePointer<Scalar>>, UnsafePointer<Scalar>, Int, UnsafePointer<Double>,
      UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>, Int
    ) -> Int

  /// (bytes, byteStride, words, points)
  package typealias PackPoints =
    @Sendable (UnsafePointer<Int8>, Int, Int, UnsafeMutablePointer<Int32>) -> Void

  /// (quantization, squaredDistances, ownNormBounds, rho, thresholds)
  package typealias FindThresholds =
    @Sendable (
      UnsafePointer<Float>, UnsafePointer<Double>, UnsafePointer<Float>, Float,
      UnsafeMutablePointer<Float>
    ) -> Void

  /// (points, words, groups, list, count, thresholds, masks, maxima, prefetch, prefetchCount)
  package typealias FilterGroups =
    @Sendable (
      UnsafePointer<Int32>, Int, UnsafePointer<Int32>, UnsafePointer<Int32>, Int,
      UnsafePointer<Float>, UnsafeMutablePointer<UInt16>, UnsafeMutablePointer<Float>?,
      UnsafePointer<PrefetchRange>?, Int
    ) -> Void

  /// (points, words, groups, groupCount, quantization, rho, scores, maxima, slots, prefetch,
  /// prefetchCount)
  package typealias ScoreGroups =
    @Sendable (
      UnsafePointer<Int32>, Int, UnsafePointer<Int32>, Int, UnsafePointer<Float>, Float,
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Int32>,
      UnsafePointer<PrefetchRange>?, Int
    ) -> Void

  /// (scores, maxima, groups, words, groupCount, leastNormBounds, quantization, rho, thresholds,
  /// masks)
  package typealias FilterScores =
    @Sendable (
      UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Int32>, Int, Int,
      UnsafePointer<Float>, UnsafePointer<Float>, Float, UnsafePointer<Float>,
      UnsafeMutablePointer<UInt16>
    ) -> Void

  /// (points, words, group, slot, quantization, rho, scores, maxima)
  package typealias ScoreSlot =
    @Sendable (
      UnsafePointer<Int32>, Int, UnsafePointer<Int32>, Int, UnsafePointer<Float>, Float,
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

  /// (list, count, maxima, thresholds, groupErrors, now, slacks, times)
  package typealias RefreshSlacks =
    @Sendable (
      UnsafePointer<Int32>, Int, UnsafePointer<Float>, UnsafePointer<Float>, UnsafePointer<Float>,
      Int, UnsafeMutablePointer<Float>, UnsafeMutablePointer<Int8>
    ) -> Void

  /// (slacks, times, groupCount, drifts, heights, now, list) -> count
  package typealias LiveGroups =
    @Sendable (
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Int8>, Int, UnsafePointer<Float>,
      UnsafePointer<Float>, Int, UnsafeMutablePointer<Int32>
    ) -> Int

  package let quantizeRow: QuantizeRow
  package let sixteenDistances: SixteenDistances
  package let listCandidates: ListCandidates
  package let listSlots: ListSlots
  /// `nil` where values are not Floats.
  package let dropFarther: DropFarther?
  package let packPoints: PackPoints
  package let findThresholds: FindThresholds
  package let filterGroups: FilterGroups
  package let scoreGroups: ScoreGroups
  package let filterScores: FilterScores
  package let scoreSlot: ScoreSlot
  package let refreshSlacks: RefreshSlacks
  package let liveGroups: LiveGroups

  package init(
    quantizeRow: @escaping QuantizeRow, sixteenDistances: @escaping SixteenDistances,
    listCandidates: @escaping ListCandidates, listSlots: @escaping ListSlots,
    dropFarther: DropFarther?,
    packPoints: @escaping PackPoints,
    findThresholds: @escaping FindThresholds, filterGroups: @escaping FilterGroups,
    scoreGroups: @escaping ScoreGroups, filterScores: @escaping FilterScores,
    scoreSlot: @escaping ScoreSlot,
    refreshSlacks: @escaping RefreshSlacks, liveGroups: @escaping LiveGroups
  ) {
    self.quantizeRow = quantizeRow
    self.sixteenDistances = sixteenDistances
    self.listCandidates = listCandidates
    self.listSlots = listSlots
    self.dropFarther = dropFarther
    self.packPoints = packPoints
    self.findThresholds = findThresholds
    self.filterGroups = filterGroups
    self.scoreGroups = scoreGroups
    self.filterScores = filterScores
    self.scoreSlot = scoreSlot
    self.refreshSlacks = refreshSlacks
    self.liveGroups = liveGroups
  }
}

/// Sizes that the filter's kernels and their callers share; none depends on the type of the points.
package enum FilterShape {
  /// Points of a vector: one in each lane.
  package static let lanes = 16
  /// Centroids of a group.
  package static let groupSize = 6
  /// Groups that are multiplied at once: their number is filled up to a multiple of this.
  package static let groupsAtOnce = 4
  /// The values in the record of a quantised row: see `quantizeRow`.
  package static let quantization = KMEANS_QUANTIZATION_COUNT
  /// The values in the thresholds of a point while it is filtered: see `findThresholds`.
  package static let thresholds = KMEANS_THRESHOLD_COUNT
  /// Words of a group beyond its bytes: starts, scales, norm bounds and halves of the norms.
  package static let groupConstants = KMEANS_GROUP_CONSTANTS * groupSize
  /// Iterations that a bound looks back at most.
  package static let history = 8
  /// Rows of more columns could overflow the sums of 32 bits.
  package static let mostColumns = 65_536

  /// Groups that hold some centroids, filled up to the number that is multiplied at once.
  package static func groups(centroids: Int) -> Int {
    let once = groupSize * groupsAtOnce
    return (centroids + once - 1) / once * groupsAtOnce
  }
  /// Groups rounded up to whole vectors: slacks and drifts of one vector of points or one
  /// iteration.
  package static func groupRow(_ groups: Int) -> Int { (groups + 15) / 16 * 16 }
  /// Words of four columns in a row.
  package static func words(columns: Int) -> Int { (columns + 3) / 4 }
  /// Bytes that a quantised row takes while it is made: whole vectors.
  package static func workColumns(_ columns: Int) -> Int { (columns + 15) / 16 * 16 }
  /// 32-bit words from one group to the next.
  package static func groupStride(words: Int) -> Int { words * groupSize + groupConstants }
}

/// Memory that is read soon: its start, and the number of cache lines that it touches, at least 1.
package typealias PrefetchRange = (start: UnsafeRawPointer, lines: Int)
