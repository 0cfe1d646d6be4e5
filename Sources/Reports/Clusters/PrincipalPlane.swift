import KMeansLinearAlgebra

/// The plane in which points spread most, to draw them on: their first two principal components
/// (Pearson, On lines and planes of closest fit, 1901). Points of two columns are on a plane
/// already, which is taken as it is.
package struct PrincipalPlane: Sendable {
  /// The point that becomes the middle [d].
  package let center: [Double]
  /// The two directions, of length 1 [d each]; the second is all zeros where there is one column.
  package let axes: [[Double]]
  /// The shares of the variance that lie along the two, from 0 to 1.
  package let shares: [Double]
  /// How many columns enter, where it is not all of them.
  package let columnsUsed: Int?
  /// Whether the axes are the columns themselves.
  package let isOfColumns: Bool

  /// The most columns whose covariances are taken: those of the largest variance.
  package static var mostColumns: Int { 512 }
  /// The most products that are summed up.
  private static var mostProducts: Int { 1_000_000_000 }

  /// The plane of some points.
  ///
  /// - Parameters:
  ///   - values: the points, row after row [m x d], finite, at least one row.
  ///   - columns: d.
  ///   - weights: one a row, at least one of them above 0; `nil` for 1 each.
  /// - Throws: a text where LAPACKE is missing or finds no axes.
  /// - Complexity: O(m d^2 + d^3), of at most 512 columns, and of as many of the first rows as a
  ///   second or two allow.
  package init(
    _ values: [Double], columns: Int, weights: [Double]? = nil
  ) throws(UnknownPlane) {
    precondition(columns > 0 && values.count >= columns)
    let used = min(columns, Self.mostColumns)
    let rows = min(values.count / columns, max(1000, Self.mostProducts / (used * used)))
    let moments = Moments(values, columns, rows, weights)
    center = moments.means
    let total = moments.variances.reduce(0, +)
    guard columns > 2 else {
      axes = (0..<2).map { axis in (0..<columns).map { $0 == axis ? 1 : 0 } }
      shares = (0..<2).map { total > 0 && $0 < columns ? moments.variances[$0] / total : 0 }
      (columnsUsed, isOfColumns) = (nil, true)
      return
    }
    let chosen = moments.variances.indices.sorted {
      (moments.variances[$1], $0) < (moments.variances[$0], $1)
    }.prefix(used).sorted()
    // In units of the largest deviation: squares of far larger or smaller ones would not do.
    let scale = moments.variances.max().map { $0.squareRoot() } ?? 0
    guard scale > 0, scale.isFinite else {
      axes = (0..<2).map { axis in (0..<columns).map { $0 == axis ? 1 : 0 } }
      (shares, columnsUsed, isOfColumns) = ([0, 0], nil, false)
      return
    }
    do {
      let covariance = try moments.covariance(values, chosen, rows, weights, scale: scale)
      let found = try LAPACK.symmetricEigen(covariance)
      // The values ascend.
      axes = (1...2).map { Self.axis(found.vectors, chosen.count - $0, chosen, columns) }
      shares = (1...2).map {
        min(1, max(0, found.values[chosen.count - $0] * scale * scale / total))
      }
    } catch {
      throw UnknownPlane(reason: "\(error)")
    }
    columnsUsed = used < columns ? used : nil
    isOfColumns = false
  }

  /// One of the vectors over all columns, whose largest part is positive: the other direction
  /// would be as right.
  private static func axis(
    _ vectors: Matrix<Double>, _ number: Int, _ chosen: [Int], _ columns: Int
  ) -> [Double] {
    var axis = Array(repeating: 0.0, count: columns)
    for (place, column) in chosen.enumerated() { axis[column] = vectors[place, number] }
    let largest = axis.reduce(0) { $0.magnitude >= $1.magnitude ? $0 : $1 }
    return largest < 0 ? axis.map { -$0 } : axis
  }

  /// The place of a point on the plane; the middle is at 0, unless the axes are columns.
  ///
  /// - Parameter value: its value in a column.
  package func place(_ value: (Int) -> Double) -> (x: Double, y: Double) {
    var (x, y) = (0.0, 0.0)
    for column in center.indices {
      let deviation = isOfColumns ? value(column) : value(column) - center[column]
      x += deviation * axes[0][column]
      y += deviation * axes[1][column]
    }
    return (x, y)
  }

  /// The columns that an axis is made of most, the most important first, with their parts.
  package func leadingColumns(_ axis: Int, count: Int) -> [(column: Int, part: Double)] {
    axes[axis].indices.sorted {
      (axes[axis][$1].magnitude, $0) < (axes[axis][$0].magnitude, $1)
    }.prefix(count).map { ($0, axes[axis][$0]) }
  }
}

/// Says why there is no plane.
package struct UnknownPlane: Error, Sendable, Hashable {
  package let reason: String
}

/// Means and variances of columns, and their covariances, of the first rows of some.
private struct Moments {
  let means: [Double]
  let variances: [Double]
  private let weight: Double
  private let columns: Int

  init(_ values: [Double], _ columns: Int, _ rows: Int, _ weights: [Double]?) {
    let weight = (0..<rows).reduce(0) { $0 + (weights?[$1] ?? 1) }
    var (means, variances) = (
      Array(repeating: 0.0, count: columns), Array(repeating: 0.0, count: columns)
    )
    for row in 0..<rows {
      let share = (weights?[row] ?? 1) / weight
      for column in 0..<columns { means[column] += share * values[row * columns + column] }
    }
    for row in 0..<rows {
      let share = (weights?[row] ?? 1) / weight
      for column in 0..<columns {
        let deviation = values[row * columns + column] - means[column]
        variances[column] += share * deviation * deviation
      }
    }
    (self.means, self.variances, self.weight) = (means, variances, weight)
    self.columns = columns
  }

  /// The covariance of some columns, divided by a number before [c x c].
  func covariance(
    _ values: [Double], _ chosen: [Int], _ rows: Int, _ weights: [Double]?, scale: Double
  ) throws -> Matrix<Double> {
    let count = chosen.count
    var sums = Array(repeating: 0.0, count: count * count)
    var deviations = Array(repeating: 0.0, count: count)
    for row in 0..<rows {
      let share = (weights?[row] ?? 1) / weight
      for (place, column) in chosen.enumerated() {
        deviations[place] = (values[row * columns + column] - means[column]) / scale
      }
      for first in 0..<count {
        let scaled = share * deviations[first]
        guard scaled != 0 else { continue }
        for second in 0...first { sums[first * count + second] += scaled * deviations[second] }
      }
    }
    return try Matrix(sums.span, columns: count)
  }
}
