/// The limits of sums of weights times squared distances, within which a Double holds them and all
/// results from them, with their digits.
enum SumLimits {
  /// The largest sum: far below the largest number, for sums are added and multiplied.
  static let largest = 1e300
  /// The smallest difference: squares of twice this and less lose digits or vanish, so rows that
  /// differ by so little in every column are not told apart.
  static let difference = 1e-140
  /// The least that the weight of all rows times the square of their largest difference may be.
  static let smallest = 1e-280

  /// - Parameters:
  ///   - weight: of all rows.
  ///   - largest: the largest magnitude of a value.
  /// - Throws: ``ClusteringError/sumsTooLarge(weight:largest:)`` where the inertia might overflow.
  static func check(
    weight: Double, columns: Int, largest: Double
  ) throws(ClusteringError) {
    // No two values are farther apart than twice that.
    let inertia = 4 * largest * largest * Double(columns) * weight
    guard inertia <= Self.largest, largest * weight <= Self.largest else {
      throw .sumsTooLarge(weight: weight, largest: largest)
    }
  }

  /// - Parameter difference: the largest of two values in a column.
  /// - Throws: an error where it is not 0 and squares, or weights times squares, underflow.
  static func check(weight: Double, difference: Double) throws(ClusteringError) {
    guard difference > 0 else { return }
    guard difference >= Self.difference else {
      throw .differencesTooSmall(difference, limit: Self.difference)
    }
    guard weight * difference * difference >= smallest else {
      throw .sumsTooSmall(weight: weight, difference: difference)
    }
  }

  /// Checks centroids that points are to be compared with.
  ///
  /// - Throws: ``ClusteringError/differencesTooSmall(_:limit:)`` where they differ and every point
  ///   would be as far from one as from another.
  /// - Complexity: O(1) where the first two differ by more, O(k d) where all are equal.
  static func check<Scalar: ClusteringScalar>(centroids: Matrix<Scalar>) throws(ClusteringError) {
    // No square of a difference of two floats underflows.
    guard Scalar.self != Float.self, centroids.rows > 1 else { return }
    let largest = centroids.withRows { rows in
      var largest = 0.0
      for row in 1..<rows.count {
        for column in 0..<rows.columns {
          largest = max(largest, (Double(rows[row][column]) - Double(rows[0][column])).magnitude)
          if largest > 0x1p-500 { return largest }
        }
      }
      return largest
    }
    guard largest == 0 || largest > 0x1p-500 else {
      throw .differencesTooSmall(largest, limit: difference)
    }
  }
}

extension PointSource {
  /// Checks that sums of weights times squared distances do not overflow.
  func checkSums(
    _ moments: ColumnMoments<Scalar>, _ range: ValueRange
  ) throws(Failure) {
    do throws(ClusteringError) {
      try SumLimits.check(weight: moments.weight, columns: columns, largest: range.largest)
    } catch { throw failure(error) }
  }

  /// Checks that they do not underflow.
  ///
  /// - Complexity: O(1); another pass where the rows are equal, or nearly so.
  func checkDifferences(_ moments: ColumnMoments<Scalar>) throws(Failure) {
    let total = moments.deviations.reduce(0, +)
    let enough = 1e10 * SumLimits.smallest
    if total >= enough, total / moments.weight >= enough { return }
    let box = try reduce(into: ColumnBox<Scalar>(columns: columns))
    do throws(ClusteringError) {
      try SumLimits.check(weight: moments.weight, difference: box.width)
    } catch { throw failure(error) }
  }

  /// Checks that there are as many rows with a weight as clusters.
  ///
  /// - Complexity: O(n) where there are weights.
  func checkWeightedRows(clusters: Int) throws(Failure) {
    guard let weights else { return }
    var found = 0
    for row in 0..<count where weights[row] > 0 {
      found += 1
      if found == clusters { return }
    }
    throw failure(.tooManyClustersForWeights(clusters: clusters, points: found))
  }
}

extension PointSource {
  /// Checks all that points must be to be clustered.
  ///
  /// - Complexity: O(n d), one pass.
  func checkAll() throws(Failure) {
    let (moments, range) = try checked()
    try checkSums(moments, range)
    try checkDifferences(moments)
  }
}
