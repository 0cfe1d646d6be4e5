// Sixteen points and some centroids, quantised by hand for the tests of the filter's kernels.
import Clustering
import KMeansCLanes
import KMeansKernelTypes
import KMeansReference

/// What `filterGroups` and its neighbours get, with the true distances beside it.
struct FilterSample {
  let points: [[Double]]
  let centroids: [[Double]]
  let words: Int
  /// Points and groups as the kernels want them.
  var turned: [Int32]
  var quantization: [Float]
  var groups: [Int32] = []
  var normBounds: [Float] = []
  let rho: Float
  /// The bytes, signed.
  let pointRows: [QuantizedRow]
  let centroidRows: [QuantizedRow]

  /// - Parameter k: a multiple of 24.
  init(_ data: TestData, _ d: Int, k: Int, seed: UInt64) {
    let matrix = data.points(16 + k, d, seed: seed, of: Float.self)
    let rows = (0..<16 + k).map { row in (0..<d).map { matrix[row, $0] } }
    let shift = (0..<d).map { column in rows.map { $0[column] }.reduce(0, +) / Float(16 + k) }
    self.init(rows, shift: shift)
  }

  /// - Parameter rows: sixteen points, then a multiple of 24 centroids.
  init(_ rows: [[Float]], shift: [Float]) {
    let quantized = rows.map { QuantizedRow($0, shift: shift) }
    let doubles = rows.map { row in zip(row, shift).map { Double($0) - Double($1) } }
    (points, centroids) = (Array(doubles.prefix(16)), Array(doubles.dropFirst(16)))
    (pointRows, centroidRows) = (Array(quantized.prefix(16)), Array(quantized.dropFirst(16)))
    words = FilterShape.words(columns: shift.count)
    turned = Array(repeating: 0, count: 16 * words)
    quantization = Array(repeating: 0, count: 16 * FilterShape.quantization)
    let worst = centroidRows.map { $0.error / ($0.error + $0.length) }.max()!
    rho = Float(worst).nextUp
    for (lane, row) in pointRows.enumerated() {
      for word in 0..<words { turned[16 * word + lane] = Self.word(row.bytes, word, bias: 128) }
      for (number, value) in [
        (KMEANS_QUANTIZATION_SCALE, row.scale), (KMEANS_QUANTIZATION_ERROR, row.error),
        (KMEANS_QUANTIZATION_LENGTH, row.length), (KMEANS_QUANTIZATION_NORM, row.norm),
        (KMEANS_QUANTIZATION_QUANTIZED_NORM, row.quantizedNorm),
        (KMEANS_QUANTIZATION_SUM, row.sum),
      ] { quantization[16 * number + lane] = Float(value) }
    }
    pack()
  }

  private static func word(_ bytes: [Int8], _ word: Int, bias: Int) -> Int32 {
    (0..<4).reduce(0) { sum, byte in
      let value = UInt8(truncatingIfNeeded: Int(bytes[4 * word + byte]) + bias)
      return sum | Int32(bitPattern: UInt32(value) << UInt32(8 * byte))
    }
  }

  private mutating func pack() {
    for first in stride(from: 0, to: centroids.count, by: 6) {
      let six = centroidRows[first..<first + 6]
      for word in 0..<words { groups += six.map { Self.word($0.bytes, word, bias: 0) } }
      groups += six.map { Int32(-128 * $0.sum) }
      groups += six.map { bits($0.scale) }
      // Rounded so that bounds stay bounds.
      let own = six.map { Float($0.scale * ($0.error + $0.length) * 1.00001) }
      groups += own.map { Int32(bitPattern: $0.bitPattern) }
      groups += six.map { row in
        let half =
          row.scale * row.scale * min(row.norm, row.quantizedNorm - row.error * row.error) / 2
        return bits(half - half.magnitude * 0x1p-19)
      }
      normBounds += own
    }
  }

  private func bits(_ value: Double) -> Int32 { Int32(bitPattern: Float(value).bitPattern) }

  func distance(_ point: Int, _ centroid: Int) -> Double {
    Reference.squaredDistance(points[point], centroids[centroid]).squareRoot()
  }

  /// The upper score that the definition gives, and the size of its terms.
  func score(
    _ point: Int, _ centroid: Int, normBoundFactor: Double
  ) -> (value: Double, size: Double) {
    let (x, c) = (pointRows[point], centroidRows[centroid])
    let product = zip(x.bytes, c.bytes).reduce(0) { $0 + Int($1.0) * Int($1.1) }
    let half = c.scale * c.scale * min(c.norm, c.quantizedNorm - c.error * c.error) / 2
    let terms = [
      c.scale * Double(product), normBoundFactor * Double(normBounds[centroid]), -half / x.scale,
    ]
    return (terms.reduce(0, +), terms.reduce(0) { $0 + $1.magnitude })
  }
}
