internal import KMeansKernelTypes

/// Centroids in single precision, by which Manhattan distances rule out most of them for a row: a
/// filter before the distances that decide.
///
/// Let x and c be a row and a centroid, x' and c' the floats of their differences from a shift,
/// and e(x) and e(c) the sums of what these have lost. A sum s of |x' - c'| in floats is off by a
/// factor 1 + g at most, g = columns 2^-24 in first order, and |x - c| is within e(x) + e(c) of the
/// exact one. So for centroids b and c with
///
///     s(c) > M (s(b) + e(b) + 2 e(x) + e(c)),   M = (1 + g) / (1 - g)
///
/// the distance of c is the larger one, also as ``PairwiseDistance`` rounds it, which adds less
/// than 2^-36 to g. The bound is one of the pair, and separable: a part of the row plus a part of
/// the centroid.
package struct PairwiseFilter: Sendable {
  let columns: Int
  /// The number of centroids.
  let count: Int
  /// What is subtracted from each column. Any value is right; this is the mean of the centroids, so
  /// that a distance from the origin costs no digits.
  private let shift: [Double]
  /// Groups of four centroids [columns x 4], zeros where the last one is not full.
  package private(set) var groups: [Float]
  /// M e(c) for each centroid; infinite for those that fill up the last group.
  package private(set) var slacks: [Float]
  /// M, and what roundings of limits take.
  private let growth: Double

  /// Beyond it sums of floats might be infinite.
  private static var largest: Double { 0x1p90 }

  /// - Returns: `nil` where it does not pay or is not made for the distance or the values.
  /// - Complexity: O(k d).
  package init?(_ centroids: Rows<Double>, _ distance: PairwiseDistance) {
    guard distance.measure == .manhattan, centroids.count >= 16, centroids.columns <= 1 << 16
    else { return nil }
    (columns, count) = (centroids.columns, centroids.count)
    shift = Self.means(centroids)
    let lost = Double(columns + 2) * 0x1p-24
    growth = (1 + lost) / (1 - lost) * (1 + 0x1p-20)
    let size = PairwiseKernels.groupSize
    let groupCount = (count + size - 1) / size
    groups = Array(repeating: 0, count: groupCount * size * columns)
    slacks = Array(repeating: .infinity, count: groupCount * size)
    for centroid in 0..<count {
      let (group, slot) = centroid.quotientAndRemainder(dividingBy: size)
      let first = group * columns * size + slot
      let error = groups.withUnsafeMutableBufferPointer {
        Self.convert(centroids[centroid], shift, to: $0.baseAddress! + first, stride: size)
      }
      guard let error else { return nil }
      slacks[centroid] = Float(error * growth).nextUp
    }
  }

  private static func means(_ centroids: Rows<Double>) -> [Double] {
    (0..<centroids.columns).map { column in
      let share = 1 / Double(centroids.count)
      return (0..<centroids.count).reduce(0) { $0 + centroids[$1][column] * share }
    }
  }

  package var groupCount: Int { slacks.count / PairwiseKernels.groupSize }

  /// Writes the floats of a row, so many places apart.
  ///
  /// - Returns: what they have lost, or `nil` where a value is too large.
  private static func convert<Scalar: ClusteringScalar>(
    _ row: UnsafePointer<Scalar>, _ shift: [Double], to place: UnsafeMutablePointer<Float>,
    stride: Int
  ) -> Double? {
    var (lost, sum, largest) = (0.0, 0.0, 0.0)
    for column in shift.indices {
      let value = Double(row[column]) - shift[column]
      let float = Float(value)
      place[column &* stride] = float
      lost += (value - Double(float)).magnitude
      sum += value.magnitude
      largest = max(largest, value.magnitude)
    }
    // The difference was rounded, too, and so are these sums.
    return largest <= Self.largest ? (lost + sum * 0x1p-52) * (1 + 0x1p-30) : nil
  }

  /// Turns at most sixteen rows into a tile [columns x 16], zeros where there are fewer.
  ///
  /// - Parameter errors: OUT, what each of them has lost.
  /// - Returns: whether no value is too large.
  package func turn<Scalar: ClusteringScalar>(
    _ rows: Rows<Scalar>, into tile: UnsafeMutablePointer<Float>,
    _ errors: UnsafeMutablePointer<Double>
  ) -> Bool {
    let lanes = PairwiseKernels.floatTileRows
    for lane in 0..<lanes {
      guard lane < rows.count else {
        for column in 0..<columns { tile[column &* lanes &+ lane] = 0 }
        errors[lane] = 0
        continue
      }
      guard let error = Self.convert(rows[lane], shift, to: tile + lane, stride: lanes)
      else { return false }
      errors[lane] = error
    }
    return true
  }

  /// The sums from which on a centroid cannot be the nearest of a row, but for its slack.
  ///
  /// - Parameters:
  ///   - least: the smallest sum of a row, slack included.
  ///   - error: what the row has lost.
  package func limit(_ least: Float, _ error: Double) -> Float {
    Float((Double(least) + 2 * error) * growth).nextUp
  }
}
