import Clustering
import KMeansLinearAlgebra

/// A mixture of bell-shaped blobs of uneven sizes, made so cheaply that it can feed a sketch
/// through a pipe.
///
/// Every row depends on the seed and its number alone, so that any part can be made again. The
/// centers are uniform in [-4, 4); around them each coordinate has the standard deviation 1 (four
/// random bytes, added).
struct Blobs: Sendable {
  let columns: Int
  private let seed: UInt64
  private let centers: [Float]
  private let count: UInt64

  init(count: Int, columns: Int, seed: UInt64) {
    self.columns = columns
    self.count = UInt64(count)
    self.seed = Self.mixed(seed &+ Self.step)
    let draws = Draws(seed: seed, purpose: .synthetic)
    centers = (0..<count * columns).map { Float(8 * draws.uniform($0) - 4) }
  }

  /// All rows up to a number.
  func matrix<Scalar: ClusteringScalar>(rows: Int) throws -> Matrix<Scalar> {
    var matrix = try Matrix<Scalar>(reserving: rows, columns: columns)
    let block = 1024
    let values = UnsafeMutableBufferPointer<Float>.allocate(capacity: block * columns)
    defer { values.deallocate() }
    for first in stride(from: 0, to: rows, by: block) {
      let count = min(block, rows - first)
      fill(first..<first + count, values)
      matrix.append(atMost: count) { output in
        for value in values.prefix(count * columns) { output.append(Scalar(value)) }
      }
    }
    return matrix
  }

  /// Makes some rows.
  ///
  /// - Parameter output: OUT, has room for them.
  func fill(_ rows: Range<Int>, _ output: UnsafeMutableBufferPointer<Float>) {
    precondition(output.count >= rows.count * columns)
    var place = 0
    centers.withUnsafeBufferPointer { centers in
      for row in rows {
        var word = Self.mixed(seed &+ UInt64(truncatingIfNeeded: row) &* Self.step)
        let center = blob(word) &* columns
        var column = 0
        while column < columns {
          word &+= Self.step
          let pair = Self.bells(Self.mixed(word))
          output[place] = centers[center &+ column] + pair.0
          if column &+ 1 < columns {
            output[place &+ 1] = centers[center &+ column &+ 1] + pair.1
          }
          let made = min(2, columns &- column)
          column &+= made
          place &+= made
        }
      }
    }
  }

  /// Which blob a row belongs to: low numbers more often, by the product of two uniform numbers.
  private func blob(_ word: UInt64) -> Int {
    let product = ((word >> 32) &* (word & 0xFFFF_FFFF)) >> 32
    return Int(truncatingIfNeeded: (product &* count) >> 32)
  }

  /// Two numbers of mean 0 and standard deviation 1: each the sum of four random bytes.
  private static func bells(_ bits: UInt64) -> (Float, Float) {
    let pairs = (bits & 0x00FF_00FF_00FF_00FF) &+ ((bits >> 8) & 0x00FF_00FF_00FF_00FF)
    let sums = (pairs & 0x0000_FFFF_0000_FFFF) &+ ((pairs >> 16) & 0x0000_FFFF_0000_FFFF)
    let low = Int32(truncatingIfNeeded: sums) &- 510
    let high = Int32(truncatingIfNeeded: sums >> 32) &- 510
    // A byte has the variance (256^2 - 1) / 12.
    let scale: Float = 0.006_765_875
    return (Float(low) * scale, Float(high) * scale)
  }

  /// The weights of the counter and the finaliser of SplitMix64 (Steele, Lea, Flood 2014).
  private static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  private static func mixed(_ word: UInt64) -> UInt64 {
    var word = word
    word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
    word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
    return word ^ (word >> 31)
  }
}
