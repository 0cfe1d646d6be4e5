/// The linear part of a transform made ready: what is applied to rows, and undone for centroids.
///
/// Sums have a fixed order and nothing is fused: the same bits on every processor.
struct PreparedLinear: Sendable {
  /// The factor of each column [d]; empty where columns are mixed.
  private let factors: [Double]
  /// L, column by column [d x d]; empty where columns are only multiplied.
  private let triangle: [Double]
  /// What is subtracted before columns are mixed [d].
  private let mean: [Double]

  init(_ linear: RowTransform.Linear) {
    switch linear {
    case .weights(let weights):
      (factors, triangle, mean) = (weights.map { $0.squareRoot() }, [], [])
    case .scales(let scales): (factors, triangle, mean) = (scales, [], [])
    case .whitening(let whitening):
      (factors, triangle) = ([], whitening.factor)
      mean =
        whitening.covariance.mean ?? Array(repeating: 0, count: whitening.columns)
    }
  }

  /// The factor of a column; `nil` where columns are mixed.
  func factor(of column: Int) -> Double? { factors.isEmpty ? nil : factors[column] }

  /// Maps a row in place: v becomes L^-1 (v - mean), by substitution, or each value its multiple.
  ///
  /// - Complexity: O(d), O(d^2) where columns are mixed.
  func apply(_ values: UnsafeMutablePointer<Double>, _ columns: Int) {
    guard triangle.isEmpty else { return substitute(values, columns) }
    for column in 0..<columns { values[column] *= factors[column] }
  }

  private func substitute(_ values: UnsafeMutablePointer<Double>, _ columns: Int) {
    for column in 0..<columns { values[column] -= mean[column] }
    triangle.withUnsafeBufferPointer { triangle in
      // Column by column: each value takes what it loses in ascending order, and many at a time.
      for column in 0..<columns {
        let line = triangle.baseAddress! + column &* columns
        let value = values[column] / line[column]
        values[column] = value
        for other in column &+ 1..<max(column &+ 1, columns) {
          values[other] -= line[other] * value
        }
      }
    }
  }

  /// Undoes it for a centroid, in place.
  ///
  /// - Complexity: O(d), O(d^2) where columns were mixed.
  func undo(_ values: UnsafeMutablePointer<Double>, _ columns: Int) {
    guard triangle.isEmpty else {
      // From the last value on, for each needs those before it as they were.
      for row in (0..<columns).reversed() {
        var sum = 0.0
        for column in 0...row { sum += triangle[column * columns + row] * values[column] }
        values[row] = sum + mean[row]
      }
      return
    }
    for column in 0..<columns { values[column] /= factors[column] }
  }
}
