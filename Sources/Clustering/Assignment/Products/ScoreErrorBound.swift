internal import KMeansKernelTypes

/// The error bound by which products may rule centroids out, and never decide.
///
/// Let u be the unit roundoff of the scalar type, m the shift, x' = x - m and c' = c - m exactly.
/// The true squared distance is D = |x'|^2 + 2 S with the score S = |c'|^2/2 - x'.c'. The computed
/// score is s = h - g, where g is the product of the packed (rounded) vectors and h half the
/// squared norm:
///
///     packing rounds every value once:       x~ = x'(1 + e), |e| <= u, and c~ likewise
///     the product, in any order of its sum:  |g - x~.c~| <= gamma_d |x~||c~| + (underflow)
///     together:                              |g - x'.c'| <= gamma_(d+3) |x'||c'| + (underflow)
///     half norm, summed in Double from c~:   |h - |c'|^2/2| <= (gamma_4 + (d+2) 2^-53) |c'|^2/2
///     the difference h - g:                  one more u on |h| and on |g| <= (1 + ...)|x'||c'|
///
/// with gamma_n = n u/(1 - n u) (Higham, Accuracy and Stability, 3.1). Products that underflow add
/// at most the smallest positive number each. `directDistance` itself has a relative error of delta
/// = gamma_(ceil(d/8)+6) of Double, or gamma_(d+2) below d = 8, of D <= 2|x'|^2 + 2|c'|^2; in terms
/// of S that is half of it. By |x'||c'| <= (|x'|^2 + |c'|^2)/2 the whole error of a pair is at most
/// p + q, a part of the point plus a part of the centroid:
///
///     p = (gamma_(d+4)/2 + delta) |x'|^2 + underflow
///     q = (gamma_(d+4)/2 + (gamma_6 + (d+2) 2^-53)/2 + delta) |c'|^2
///
/// The norms used are those of the packed vectors, inflated by their own error.
///
/// The fused kernels compute h - q - x~.c~ as one sum that begins with its first term, in blocks of
/// b = 64 products that are added one after another. A product passes at most n = min(d, b) +
/// ceil(d/b) roundings, its own and those of its block and of the sum of blocks, and so does |h -
/// q| <= |c'|^2/2, which had u above. So n takes the place of d in p and q, and q has (gamma_(n+2)
/// + gamma_6 + (d+2) 2^-53)/2 in the middle. Rows that are multiplied again alone are summed in
/// lanes l: n is at least ceil(d/l) + 6, for the lanes, the log2 l additions of lanes at the end,
/// and the product.
///
/// With V = (h - q) - g, rounded once more (counted above), centroid j cannot win where
/// V_j > V_b + 2 q_b + 2 p for some b: then directDistance(j) > directDistance(b), strictly.
package struct ScoreErrorBound: Sendable {
  /// p per squared norm of a packed point.
  let pointFactor: Double
  /// q per squared norm of a packed centroid.
  let centroidFactor: Double
  /// The bound of the part of p that underflowing products make.
  let underflow: Double
  /// 1 less the relative error of the squared norm of a packed point.
  let normShare: Double
  /// The error of a squared distance by sums in Double, per sum of both squared norms, and beside
  /// it; see `NearestCentroids+SparseCandidates.swift`.
  let doubleFactor: Double
  let doubleUnderflow: Double
  /// Squared norms beyond this may overflow in a product: no ruling out.
  let largestNorm: Double

  /// - Parameters:
  ///   - fused: whether sums begin with h - q.
  ///   - terms: the largest number of products in a sum, where rows are sparse: the norms of their
  ///     values are summed in Double then.
  package init<Scalar: ClusteringScalar>(
    columns: Int, of type: Scalar.Type, fused: Bool = false, terms: Int? = nil
  ) {
    let u = Scalar.unitRoundoff
    let half = Double.unitRoundoff
    let d = Double(columns)
    let delta = Self.gamma(columns < 8 ? d + 2 : (d / 8).rounded(.up) + 6, half)
    let roundings =
      fused ? Self.roundings(columns: columns, of: Scalar.self) : terms.map { Double($0) } ?? d
    let product = Self.gamma(roundings + 4, u)
    let start = fused ? Self.gamma(roundings + 2, u) : 0
    let norm = Self.gamma(6, u) + (d + 2) * half + start
    // The norm of a packed vector is summed in the scalar type from values that are off by u each:
    // by `lanes` lanes, at most d/lanes + 6 additions and 3 more roundings; in tiles d additions.
    let normError =
      terms.map { Self.gamma(Double($0) + 4, half) + 2 * u }
      ?? Self.gamma(fused ? d + 4 : d / Double(Scalar.lanes) + 10, u)
    let inflation = 1 + normError
    normShare = max(0, 1 - normError)
    pointFactor = (product / 2 + delta) * inflation
    centroidFactor = (product / 2 + norm / 2 + delta) * inflation
    underflow = (4 * d + 16) * Double(Scalar.leastNonzeroMagnitude)
    // The sum is computed, too, and so is the error: that is less than a part in 1,000 more.
    doubleFactor = 2 * (Self.gamma(d + 4, half) + delta) * 1.001
    doubleUnderflow = (4 * d + 16) * Double.leastNonzeroMagnitude
    largestNorm = Double(Scalar.greatestFiniteMagnitude) / 16
  }

  /// n: the largest number of roundings of a product in the sums of the fused kernels and of single
  /// rows.
  private static func roundings<Scalar: ClusteringScalar>(
    columns: Int, of type: Scalar.Type
  ) -> Double {
    let (block, lanes) = (FusedKernels<Scalar>.blockColumns, Scalar.lanes)
    let inBlocks = min(columns, block) + (columns + block - 1) / block
    let inLanes = columns < lanes ? columns + 1 : (columns + lanes - 1) / lanes + 6
    return Double(max(inBlocks, inLanes))
  }

  /// n u/(1 - n u), infinite where n u >= 1/2: then no centroid is ruled out.
  package static func gamma(_ n: Double, _ u: Double) -> Double {
    n * u < 0.5 ? n * u / (1 - n * u) : .infinity
  }

  /// Whether any centroid is ever ruled out.
  var meansSomething: Bool { pointFactor.isFinite && centroidFactor.isFinite }

  /// p: the part of a point in the error of a score.
  @inline(__always)
  package func pointPart(squaredNorm: Double) -> Double { pointFactor * squaredNorm + underflow }

  /// q: the part of a centroid.
  package func centroidPart(squaredNorm: Double) -> Double {
    centroidFactor * squaredNorm + underflow
  }

  /// The score above which no centroid can win, given the score of some centroid and twice its q
  /// plus twice the point's p. Rounded up: three Double operations on terms of these sizes.
  @inline(__always)
  func threshold(score: Double, twiceParts: Double) -> Double {
    score + twiceParts + 0x1p-50 * (score.magnitude + twiceParts)
  }

  /// The squared distance that a centroid has at least whose computed score is above a score.
  /// Rounded down.
  @inline(__always)
  func squaredDistance(ofScore score: Double, squaredNorm: Double) -> Double {
    let part = pointPart(squaredNorm: squaredNorm)
    let size = squaredNorm + 2 * score.magnitude + 2 * part
    return max(0, squaredNorm * normShare + 2 * score - 2 * part - 0x1p-48 * size)
  }

  /// The score that a centroid has at most, where `directDistance` finds it nearer to a point than
  /// a squared distance. Rounded up, as ``threshold(score:twiceParts:)`` is.
  @inline(__always)
  package func score(ofSquaredDistance distance: Double, squaredNorm: Double) -> Double {
    let part = pointPart(squaredNorm: squaredNorm)
    return threshold(
      score: (distance - squaredNorm * normShare) / 2,
      twiceParts: part + 0x1p-50 * (distance + squaredNorm))
  }
}

// Limits of scores, rounded from a Double to the scalar type.
extension ClusteringScalar {
  /// The limit of `scoresAtMost` for a threshold: a number that is at least as large, or the
  /// largest one where there is none or the threshold is no number itself.
  ///
  /// Never infinity: the fill of a vector of centroids, and centroids that never win, have an
  /// infinite score, and would be found. All scores that stand for a centroid are numbers where
  /// they may rule out, so the largest number rules no centroid out.
  @inline(__always)
  package init(limitAtLeast threshold: Double) {
    let limit = Self(threshold).nextUp
    self = limit < .greatestFiniteMagnitude ? limit : .greatestFiniteMagnitude
  }
}
