internal import KMeansKernelTypes

/// Random directions that rows are projected on: what is near in space is near in each projection,
/// and most likely nothing else is in several of them (Charikar, Similarity estimation techniques
/// from rounding algorithms, STOC 2002; Mahout's `RandomProjector`).
///
/// A function of the seed and the number of columns alone: more directions begin with those that
/// fewer have.
///
/// `@unchecked Sendable`: nothing changes once it is made.
final class RandomBasis: @unchecked Sendable {
  /// The number of directions.
  let count: Int
  private let columns: Int
  /// Unit vectors, and zeros that fill up the last group of four [room x columns].
  private let directions: UnsafeMutablePointer<Double>
  private let multiplyRow: KernelSet<Double>.MultiplyRow
  private let arena = ScratchArena()

  /// The number of values that there must be room for where products are written.
  var room: Int { (count + 3) / 4 * 4 }

  /// - Complexity: O(count d).
  init(
    count: Int, columns: Int, seed: UInt64, multiplyRow: @escaping KernelSet<Double>.MultiplyRow
  ) {
    (self.count, self.columns, self.multiplyRow) = (count, columns, multiplyRow)
    directions = arena.take((count + 3) / 4 * 4 * columns, repeating: 0)
    let draws = Draws(seed: seed, purpose: .searchBasis)
    for row in 0..<count { Self.draw(row, draws, directions + row * columns, columns) }
  }

  /// Draws a unit vector: normal deviates, divided by their length.
  private static func draw(
    _ row: Int, _ draws: Draws, _ direction: UnsafeMutablePointer<Double>, _ columns: Int
  ) {
    var squares = 0.0
    for column in 0..<columns {
      let value = bell(draws, 6 * (row * columns + column))
      direction[column] = value
      squares += value * value
    }
    // Nothing has no direction.
    guard squares > 0 else { return direction[0] = 1 }
    let length = squares.squareRoot()
    for column in 0..<columns { direction[column] /= length }
  }

  /// A number of mean 0 and deviation 1, normal but in its tails: the sum of twelve uniform
  /// numbers. Its bits are the same everywhere, which those of a C library's logarithm are not.
  private static func bell(_ draws: Draws, _ first: Int) -> Double {
    var sum: UInt64 = 0
    for number in first..<first + 6 {
      let bits = draws.bits(number)
      sum += (bits & 0xFFFF_FFFF) + (bits >> 32)
    }
    return Double(sum) * 0x1p-32 - 6
  }

  /// Projects a row: its products with all directions, the same bits on every instruction set.
  ///
  /// - Parameter products: OUT, ``room`` values.
  /// - Complexity: O(count d).
  @inline(__always)
  func project(_ row: UnsafePointer<Double>, _ products: UnsafeMutablePointer<Double>) {
    multiplyRow(row, directions, room, columns, products)
  }
}
