/// The kernels of the distances that are no squared Euclidean ones, compiled for one instruction
/// set. Rows are Doubles, for points of any type, but for what filters them.
///
/// Contracts and error bounds stand beside the kernels in `Sources/Kernels/Float/Pairwise`.
package struct PairwiseKernels: Sendable {
  /// (a, b, columns) -> sum
  package typealias Sum =
    @Sendable (UnsafePointer<Double>, UnsafePointer<Double>, Int) -> Double

  /// (a, b, columns, scale, exponent) -> sum
  package typealias SumOfPowers =
    @Sendable (UnsafePointer<Double>, UnsafePointer<Double>, Int, Double, Int) -> Double

  /// (a, b, columns, largest, exponent) -> sum
  package typealias SumOfRealPowers =
    @Sendable (UnsafePointer<Double>, UnsafePointer<Double>, Int, Double, Double) -> Double

  /// (x, y) -> x^y
  package typealias PowerOf = @Sendable (Double, Double) -> Double

  /// (tile, columns, groups, groupCount, sums)
  package typealias Tile =
    @Sendable (
      UnsafePointer<Double>, Int, UnsafePointer<Double>, Int, UnsafeMutablePointer<Double>
    ) -> Void

  /// (tile, columns, groups, groupCount, exponent, sums)
  package typealias PowerTile =
    @Sendable (
      UnsafePointer<Double>, Int, UnsafePointer<Double>, Int, Int, UnsafeMutablePointer<Double>
    ) -> Void

  /// (products, rowSquares, squares, count)
  package typealias TanimotoTile =
    @Sendable (
      UnsafeMutablePointer<Double>, UnsafePointer<Double>, UnsafePointer<Double>, Int
    ) -> Void

  /// (distances, count, first, best, labels)
  package typealias NearestInTile =
    @Sendable (
      UnsafePointer<Double>, Int, Int, UnsafeMutablePointer<Double>, UnsafeMutablePointer<Int64>
    ) -> Void

  /// (tile, columns, groups, groupCount, slacks, sums, least)
  package typealias FloatTile =
    @Sendable (
      UnsafePointer<Float>, Int, UnsafePointer<Float>, Int, UnsafePointer<Float>,
      UnsafeMutablePointer<Float>, UnsafeMutablePointer<Float>
    ) -> Void

  /// (sums, count, slacks, limits, found) -> number
  package typealias Undecided =
    @Sendable (
      UnsafePointer<Float>, Int, UnsafePointer<Float>, UnsafePointer<Float>,
      UnsafeMutablePointer<UInt64>
    ) -> Int

  /// Points of a tile, on every instruction set, and of one in single precision.
  package static var tileRows: Int { 8 }
  package static var floatTileRows: Int { 16 }
  /// Centroids of a group, on every instruction set.
  package static var groupSize: Int { 4 }

  package let sumOfDifferences: Sum
  package let largestDifference: Sum
  package let sumOfProducts: Sum
  package let sumOfPowers: SumOfPowers
  package let sumOfRealPowers: SumOfRealPowers
  package let powerOf: PowerOf
  package let differenceTile: Tile
  package let largestTile: Tile
  package let productTile: Tile
  package let powerTile: PowerTile
  package let tanimotoTile: TanimotoTile
  package let nearestInTile: NearestInTile
  package let floatDifferenceTile: FloatTile
  package let undecidedInTile: Undecided

  package init(
    sumOfDifferences: @escaping Sum, largestDifference: @escaping Sum,
    sumOfProducts: @escaping Sum, sumOfPowers: @escaping SumOfPowers,
    sumOfRealPowers: @escaping SumOfRealPowers, powerOf: @escaping PowerOf,
    differenceTile: @escaping Tile, largestTile: @escaping Tile, productTile: @escaping Tile,
    powerTile: @escaping PowerTile, tanimotoTile: @escaping TanimotoTile,
    nearestInTile: @escaping NearestInTile, floatDifferenceTile: @escaping FloatTile,
    undecidedInTile: @escaping Undecided
  ) {
    self.sumOfDifferences = sumOfDifferences
    self.largestDifference = largestDifference
    self.sumOfProducts = sumOfProducts
    self.sumOfPowers = sumOfPowers
    self.sumOfRealPowers = sumOfRealPowers
    self.powerOf = powerOf
    self.differenceTile = differenceTile
    self.largestTile = largestTile
    self.productTile = productTile
    self.powerTile = powerTile
    self.tanimotoTile = tanimotoTile
    self.nearestInTile = nearestInTile
    self.floatDifferenceTile = floatDifferenceTile
    self.undecidedInTile = undecidedInTile
  }
}
