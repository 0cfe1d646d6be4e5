// Where the two halves of a cluster begin.
import Clustering
import Testing

@Suite struct ClusterSplitTests {
  /// s² = 2/π of the variance along the axis.
  @Test func `the halves of a normal distribution by hand`() {
    let split = ClusterSplit(
      center: [10, -5, 1], variances: [1, 4, 9], axis: [0, 1, 0], variance: 4, of: Float.self)
    let distance = 1.595769121605731  // 2 √(2/π)
    #expect((split.distance - distance).magnitude < 1e-15)
    #expect(split.parentSide == [10, -5 + split.distance, 1])
    #expect(split.farSide == [10, -5 - split.distance, 1])
    #expect(split.variances[0] == 1 && split.variances[2] == 9)
    #expect((split.variances[1] - (4 - distance * distance)).magnitude < 1e-14)
  }

  /// The halves of 200,000 points of a normal distribution, cut through the center.
  @Test func `equals the halves of many points`() {
    var random = TestRandom(12)
    let center = [3.0, -1, 100]
    let cluster = LongCluster(200_000, center: center, random: &random)
    let total = cluster.axis.map { 1 + 8 * $0 * $0 }
    let split = ClusterSplit(
      center: center, variances: total, axis: cluster.axis, variance: 9, of: Double.self)
    for isParents in [true, false] {
      let half = cluster.rows.filter { split.isOnParentSide($0) == isParents }
      #expect((Double(half.count) / 200_000 - 0.5).magnitude < 0.01)
      let expected = isParents ? split.parentSide : split.farSide
      for column in 0..<3 {
        let sum: Double = half.map { $0[column] }.reduce(0, +)
        let mean = sum / Double(half.count)
        let squares: [Double] = half.map { ($0[column] - mean) * ($0[column] - mean) }
        let variance = squares.reduce(0, +) / Double(half.count)
        #expect((mean - expected[column]).magnitude < 0.03)
        #expect((variance / split.variances[column] - 1).magnitude < 0.03)
      }
    }
  }

  /// Whatever the offset and however small the variance, the scalar can tell the children apart.
  @Test(arguments: [0, 1e6, -1e30, 3.4028234e38, -3.4028234e38, 1e-44, 0.999999999])
  func `the children differ in the scalar`(offset: Double) {
    let axes: [[Double]] = [[1, 0], [0, 1], [0.6, -0.8], [-0.8, 0.6], [1 - 1e-12, 1e-6]]
    for axis in axes {
      for variance in [0, .leastNonzeroMagnitude, 1e-200, 1e-60, 1e-8, 1, 1e20, 1e76, 1e300] {
        check(Float.self, axis, variance)
        if offset.magnitude < 1e31, variance < 1e60 { check(Double.self, axis, variance) }
      }
    }

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type, _ axis: [Double], _ variance: Double)
    {
      let split = ClusterSplit(
        center: [offset, offset], variances: [variance, variance], axis: axis, variance: variance,
        of: type)
      let ends = zip(split.parentSide, split.farSide).map { (Scalar($0), Scalar($1)) }
      #expect(ends.allSatisfy { $0.0.isFinite && $0.1.isFinite }, "\(axis) \(variance)")
      let largest = axis[0].magnitude >= axis[1].magnitude ? 0 : 1
      let (parent, far) = ends[largest]
      // At the end of the range only one of the two can move.
      let least: Scalar = Scalar.self == Float.self && offset.magnitude > 1e38 ? 3 : 6
      #expect((parent - far).magnitude >= least * Scalar(offset).ulp, "\(axis) \(variance)")
      #expect((parent > far) == (axis[largest] > 0))
      #expect(split.variances.allSatisfy { $0 >= 0 })
      #expect(split.distance.isFinite)
    }
  }

  /// Doubles beyond the range of Float stay what they are.
  @Test func `doubles beyond float`() {
    let split = ClusterSplit(
      center: [1e100, 0], variances: [0, 0], axis: [1, 0], variance: 0, of: Double.self)
    #expect(split.parentSide[0] > 1e100 && split.farSide[0] < 1e100)
    #expect(split.parentSide[0] - split.farSide[0] == 8 * (1e100).ulp)
    let wide = ClusterSplit(
      center: [0, 0], variances: [1e200, 0], axis: [1, 0], variance: 1e200, of: Double.self)
    #expect((wide.parentSide[0] / 7.978845608028654e99 - 1).magnitude < 1e-14)
  }

  /// Doubles far from 0 are split as finely as Doubles can be, not as Floats: three values 1 apart
  /// at 1e8 have their halves between them.
  @Test func `doubles are split as doubles`() {
    let split = ClusterSplit(
      center: [1e8], variances: [2.0 / 3], axis: [1], variance: 2.0 / 3, of: Double.self)
    #expect((split.parentSide[0] - 1e8 - 0.6514700158705).magnitude < 1e-7)
    #expect((split.distance - (4 / (3 * Double.pi)).squareRoot()).magnitude < 1e-15)
  }

  /// The square of the distance between two children is no 0, whatever the scalar.
  @Test func `the square of the distance is a number`() {
    let split = ClusterSplit(
      center: [0], variances: [0], axis: [1], variance: 0, of: Double.self)
    #expect(split.distance == 0x1p-400)
    #expect(split.parentSide[0] * split.parentSide[0] > 0)
  }

  /// A distance that need not grow does not.
  @Test func `only too small a distance grows`() {
    let wide = ClusterSplit(
      center: [1e6, 1e6], variances: [1, 1], axis: [0.6, 0.8], variance: 1, of: Float.self)
    #expect((wide.distance - 0.7978845608028654).magnitude < 1e-15)
    let narrow = ClusterSplit(
      center: [1e6, 1e6], variances: [1e-6, 1e-6], axis: [0.6, 0.8], variance: 1e-6, of: Float.self)
    #expect((narrow.distance - 4 * 0.0625 / 0.8).magnitude < 1e-15)
    #expect(narrow.variances == [0, 0])
  }

  @Test func `the side of a row`() {
    let split = ClusterSplit(
      center: [1e8, 2], variances: [1, 1], axis: [0.8, -0.6], variance: 1, of: Double.self)
    #expect(split.isOnParentSide([1e8, 2.0]))  // on the cut
    #expect(split.isOnParentSide([1e8 + 0.75, 3.0]))
    #expect(split.isOnParentSide([1e8, 1.9] as [Float]))
    #expect(!split.isOnParentSide([1e8 + 0.5, 3.0]))
    #expect(split.isOnParentSide(split.parentSide) && !split.isOnParentSide(split.farSide))
  }

  /// Without an axis the column with the largest variance, the first of those, is cut.
  @Test func `without an axis the widest column is cut`() throws {
    let split = try #require(
      ClusterSplit(center: [1, 2, 3], variances: [4, 9, 9], across: nil, of: Float.self))
    #expect(split.axis == [0, 1, 0])
    #expect((split.distance - 3 * 0.7978845608028654).magnitude < 1e-15)
    #expect(split.parentSide[1] > split.farSide[1])
    #expect(ClusterSplit(center: [1, 2], variances: [0, 0], across: nil, of: Float.self) == nil)

    let principal = try #require(principalAxis(try Matrix<Double>([[0, 0], [6, 8]])))
    let across = try #require(
      ClusterSplit(center: [3, 4], variances: [0, 0], across: principal, of: Double.self))
    #expect(across.axis == principal.axis)
    #expect((across.distance - 5 * 0.7978845608028654).magnitude < 1e-14)
  }
}
