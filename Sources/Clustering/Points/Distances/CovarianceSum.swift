/// The weighted sums of the products of deviations from known means, for each pair of columns.
///
/// The means are those of a pass before, so nothing is lost to a common offset of the data. Rows
/// are added one by one in Double, without fused operations: the same bits on every instruction
/// set.
struct CovarianceSum<Scalar: ClusteringScalar>: RowReduction {
  private let means: [Double]
  /// The sums of columns i and j <= i, at i (i + 1) / 2 + j.
  private var sums: [Double]
  private(set) var weight = 0.0

  init(means: [Double]) {
    self.means = means
    sums = Array(repeating: 0, count: means.count * (means.count + 1) / 2)
  }

  /// The most columns for which they are kept: as many sums take 64 MiB, some times for each
  /// thread.
  static var mostColumns: Int { 4096 }

  var needsDistances: Bool { false }
  func empty() -> CovarianceSum { CovarianceSum(means: means) }
  mutating func reset() { self = empty() }

  mutating func accumulate(_ block: LabeledRows<Scalar>) {
    let (means, columns) = (means, means.count)
    var weight = self.weight
    sums.withUnsafeMutableBufferPointer { sums in
      withUnsafeTemporaryAllocation(of: Double.self, capacity: columns) { deviations in
        for row in 0..<block.points.count {
          let rowWeight = block.points.weight(row)
          guard rowWeight > 0 else { continue }
          weight += rowWeight
          let values = block.points.rows[row]
          for column in 0..<columns { deviations[column] = Double(values[column]) - means[column] }
          Self.add(UnsafeBufferPointer(deviations), rowWeight, to: sums.baseAddress!)
        }
      }
    }
    self.weight = weight
  }

  private static func add(
    _ deviations: UnsafeBufferPointer<Double>, _ weight: Double,
    to sums: UnsafeMutablePointer<Double>
  ) {
    var line = sums
    for first in deviations.indices {
      let scaled = weight * deviations[first]
      for second in 0...first { line[second] += scaled * deviations[second] }
      line += first &+ 1
    }
  }

  mutating func merge(_ later: borrowing CovarianceSum) {
    weight += later.weight
    for place in sums.indices { sums[place] += later.sums[place] }
  }

  /// The covariance of columns that were divided by some numbers; the population's: products are
  /// divided by the weight.
  ///
  /// - Parameter deviations: the divisors; `nil` for 1 each.
  func covariance(dividedBy deviations: [Double]?) -> [Double] {
    let columns = means.count
    var values = [Double](repeating: 0, count: columns * columns)
    var place = 0
    for first in 0..<columns {
      for second in 0...first {
        var value = sums[place] / weight
        if let deviations { value = value / deviations[first] / deviations[second] }
        values[first * columns + second] = value
        values[second * columns + first] = value
        place += 1
      }
    }
    return values
  }
}

// What a distance does to rows, found among them where it must be.
extension PointSource {
  /// The transform of rows by which a distance is the Euclidean one.
  ///
  /// - Parameters:
  ///   - standardizes: whether columns are standardised before.
  ///   - scale: how they are scaled in place of that; `nil` for not at all.
  ///   - unitRows: whether rows get length 1 where the distance does not ask for it.
  ///   - moments: those of the rows, not mapped.
  /// - Throws: ``DistanceError`` where it is no distance of such rows, or they have no covariance.
  /// - Complexity: O(d), and a pass of O(n d^2) where a covariance is that of the rows.
  package func transform(
    for distance: DistanceMeasure, standardizes: Bool, scale: ColumnScale? = nil,
    unitRows: Bool = false, _ moments: ColumnMoments<Scalar>
  ) throws(Failure) -> RowTransform {
    var standardization = standardizes ? try self.standardization(moments) : nil
    if let scale { standardization = try self.standardization(scale, moments) }
    var known = distance
    if distance.isEstimated {
      known = .mahalanobis(try covariance(moments, standardization, isCentered: scale == nil))
    }
    do throws(ClusteringError) {
      return try RowTransform(
        known, standardization: standardization, columns: columns,
        isEstimated: distance.isEstimated, unitRows: unitRows)
    } catch { throw failure(error) }
  }

  /// The covariance of the rows once they are standardised or scaled, if they are.
  private func covariance(
    _ moments: ColumnMoments<Scalar>, _ standardization: RowTransform.Standardization?,
    isCentered: Bool
  ) throws(Failure) -> DistanceMeasure.Covariance {
    let limit = CovarianceSum<Scalar>.mostColumns
    guard columns <= limit else {
      throw failure(.distance(.tooManyColumns(columns, limit: limit)))
    }
    let sum = try reduce(into: CovarianceSum<Scalar>(means: moments.means))
    // The mean of standardised columns is 0, that of scaled ones is not.
    var mean: [Double]? = moments.means
    if let standardization {
      mean = isCentered ? nil : zip(moments.means, standardization.deviations).map(/)
    }
    return DistanceMeasure.Covariance(
      mean: mean, values: sum.covariance(dividedBy: standardization?.deviations))
  }
}

extension InMemoryPoints {
  /// The transform of rows by which a distance is the Euclidean one, where they can be clustered.
  ///
  /// - Complexity: as ``transform(for:standardizes:_:)``, and one pass more.
  func checkedTransform(
    for distance: DistanceMeasure, standardizes: Bool
  ) throws(ClusteringError) -> RowTransform {
    let (moments, range) = try checked()
    try checkSums(moments, range)
    return try transform(for: distance, standardizes: standardizes, moments)
  }
}
