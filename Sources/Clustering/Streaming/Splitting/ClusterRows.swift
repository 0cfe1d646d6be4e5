/// The rows of one cluster, and their covariance matrix C as a product with a vector: C v takes one
/// pass over them, and C itself, of d x d values, never exists.
///
/// Deviations from the mean are divided by a power of two near the largest, which costs no digit,
/// so that neither huge nor tiny values leave the range of squares.
struct ClusterRows<Scalar: ClusteringScalar> {
  private let points: WeightedRows<Scalar>
  /// The rows that have the label and a weight above 0.
  private let own: [Int]
  /// The sum of their weights.
  let weight: Double
  /// Their weighted mean.
  let mean: [Double]
  /// The divisor of deviations.
  let scale: Double
  private let inverseScale: Double

  /// Finds the rows of a cluster; `nil` where fewer than two of them differ.
  ///
  /// - Complexity: O(n + n_i d) for n rows, n_i of them in the cluster.
  init?(_ points: WeightedRows<Scalar>, labels: UnsafePointer<Int32>, label: Int32) {
    let own = (0..<points.count).filter { labels[$0] == label && points.weight($0) > 0 }
    guard let first = own.first else { return nil }
    let weight = own.reduce(0) { $0 + points.weight($1) }
    // Relative to a row, so that an offset of the data costs no digits.
    let origin = (0..<points.rows.columns).map { Double(points.rows[first][$0]) }
    var shift = [Double](repeating: 0, count: origin.count)
    var reach = 0.0
    for row in own {
      let values = points.rows[row]
      let share = points.weight(row) / weight
      for column in shift.indices {
        let difference = Double(values[column]) - origin[column]
        shift[column] += share * difference
        reach = max(reach, difference.magnitude)
      }
    }
    guard reach > 0 else { return nil }
    self.points = points
    self.own = own
    self.weight = weight
    mean = zip(origin, shift).map { $0 + $1 }
    // The inverse of the smallest powers of two overflows.
    let exponent = max(reach.exponent, -1000)
    scale = Double(sign: .plus, exponent: exponent, significand: 1)
    inverseScale = Double(sign: .plus, exponent: -exponent, significand: 1)
  }

  /// The scaled standard deviation of every column, and the scaled deviation of the row that is
  /// farthest from the mean, the first of those.
  func spread() -> (columns: [Double], farthest: [Double]) {
    var columns = [Double](repeating: 0, count: mean.count)
    var farthest = columns
    var largest = -1.0
    forEachDeviation { share, deviation in
      var square = 0.0
      for column in columns.indices {
        columns[column] += share * deviation[column] * deviation[column]
        square += deviation[column] * deviation[column]
      }
      if square > largest {
        largest = square
        farthest.withUnsafeMutableBufferPointer { _ = $0.update(fromContentsOf: deviation) }
      }
    }
    return (columns.map { $0.squareRoot() }, farthest)
  }

  /// C v for the scaled covariance matrix C.
  func covariance(times vector: [Double]) -> [Double] {
    var product = [Double](repeating: 0, count: mean.count)
    vector.withUnsafeBufferPointer { vector in
      product.withUnsafeMutableBufferPointer { product in
        forEachDeviation { share, deviation in
          let factor = share * dot(deviation, vector)
          for column in 0..<deviation.count { product[column] += factor * deviation[column] }
        }
      }
    }
    return product
  }

  /// Calls with the share of the weight and the scaled deviation of every row, in order.
  private func forEachDeviation(_ body: (Double, UnsafeBufferPointer<Double>) -> Void) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: mean.count) { deviation in
      deviation.initialize(repeating: 0)
      mean.withUnsafeBufferPointer { mean in
        for row in own {
          let values = points.rows[row]
          for column in 0..<mean.count {
            deviation[column] = (Double(values[column]) - mean[column]) * inverseScale
          }
          body(points.weight(row) / weight, UnsafeBufferPointer(deviation))
        }
      }
    }
  }

  /// The inner product of two vectors, in eight lanes that one instruction can add.
  private func dot(_ a: UnsafeBufferPointer<Double>, _ b: UnsafeBufferPointer<Double>) -> Double {
    var lanes = SIMD8<Double>.zero
    var column = 0
    while column + 8 <= a.count {
      let left = UnsafeRawPointer(a.baseAddress! + column).loadUnaligned(as: SIMD8<Double>.self)
      let right = UnsafeRawPointer(b.baseAddress! + column).loadUnaligned(as: SIMD8<Double>.self)
      lanes += left * right
      column += 8
    }
    var sum = lanes.evenHalf + lanes.oddHalf
    while column < a.count {
      sum[column % 4] += a[column] * b[column]
      column += 1
    }
    return (sum[0] + sum[2]) + (sum[1] + sum[3])
  }
}
