/// Spark's `org.apache.spark.util.random.XORShiftRandom`, as of Spark 3.0: the random
/// numbers of a seed there.
///
/// The seed is hashed to 64 bits (MurmurHash3 of its 8 big-endian bytes, twice), which an xorshift
/// generator (Marsaglia, Xorshift RNGs, 2003) then turns over; before 3.0 Spark hashed 64 bytes,
/// and every seed meant other numbers. Doubles and normal deviates are those of `java.util.Random`.
package struct XORShiftRandom: Sendable, Hashable {
  private var state: UInt64
  /// The second deviate of the last pair; `nil` once it was taken.
  private var spare: Double?

  /// The generator of a seed.
  ///
  /// - Parameter seed: the bit pattern of Spark's seed, which is a signed number.
  package init(seed: UInt64) {
    let low = Self.hash(seed, 0x3c07_4a61)
    let high = Self.hash(seed, low)
    state = UInt64(high) << 32 | UInt64(low)
  }

  /// The next so many bits.
  ///
  /// - Parameter bits: from 1 to 32; with 32 of them the number is signed, as in Java.
  package mutating func next(bits: Int) -> Int32 {
    state ^= state << 21
    state ^= state >> 35
    state ^= state << 4
    return Int32(truncatingIfNeeded: state & (1 << UInt64(bits) - 1))
  }

  /// A number from 0 to 1, without 1.
  package mutating func nextDouble() -> Double {
    let high = Int64(next(bits: 26)) << 27
    return Double(high + Int64(next(bits: 27))) * 0x1p-53
  }

  /// A normal deviate of mean 0 and variance 1, by Marsaglia's polar method.
  package mutating func nextGaussian() -> Double {
    if let spare {
      self.spare = nil
      return spare
    }
    while true {
      let x = 2 * nextDouble() - 1
      let y = 2 * nextDouble() - 1
      let square = x * x + y * y
      guard square < 1, square != 0 else { continue }
      let scale = (-2 * JavaLogarithm.log(square) / square).squareRoot()
      spare = y * scale
      return x * scale
    }
  }

  /// Centroids that are normal deviates, one centroid after another: Spark's `setRandomCenters`.
  ///
  /// - Parameters:
  ///   - count: the number of centroids, not negative.
  ///   - dimension: the columns of each, at least 1.
  /// - Throws: ``ShapeError/tooLarge(rows:columns:)`` where so many do not fit into memory.
  /// - Complexity: O(k d).
  package static func gaussianCentroids(
    _ count: Int, dimension: Int, seed: UInt64
  ) throws(ShapeError) -> Matrix<Double> {
    var random = XORShiftRandom(seed: seed)
    return try Matrix(rows: count, columns: dimension) { values in
      while values.freeCapacity > 0 { values.append(random.nextGaussian()) }
    }
  }

  /// MurmurHash3 (Appleby; the 32-bit variant for x86) of the 8 big-endian bytes of a number.
  private static func hash(_ value: UInt64, _ seed: UInt32) -> UInt32 {
    var hash = seed
    // The hash reads its words with the lowest byte first.
    for shift: UInt64 in [32, 0] {
      var word = UInt32(truncatingIfNeeded: value >> shift).byteSwapped
      word = (word &* 0xcc9e_2d51).rotatedLeft(15) &* 0x1b87_3593
      hash = (hash ^ word).rotatedLeft(13) &* 5 &+ 0xe654_6b64
    }
    hash ^= 8
    hash = (hash ^ hash >> 16) &* 0x85eb_ca6b
    hash = (hash ^ hash >> 13) &* 0xc2b2_ae35
    return hash ^ hash >> 16
  }
}

extension UInt32 {
  fileprivate func rotatedLeft(_ bits: UInt32) -> UInt32 { self << bits | self >> (32 - bits) }
}
