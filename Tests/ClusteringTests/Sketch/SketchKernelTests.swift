// Every kernel of the sketch, of every instruction set, against a plain loop.
import Clustering
import KMeansKernelTypes
import KMeansReference
import Testing

private let dimensions = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 256]

@Suite struct SketchKernelTests {
  @Test(arguments: InstructionSet.available)
  func shiftRowsSubtractsInDouble(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      for d in dimensions {
        for data in SketchData.allCases {
          // A stride of d + 3: the last columns do not belong to the rows.
          let points = data.points(5, d + 3, seed: UInt64(d), of: type)
          let shift = SketchData.mixture.points(1, d, seed: 3, of: type).doubles[0]
          var shifted = [Double](repeating: .nan, count: 5 * d + 1)
          var rounded = [Float](repeating: .nan, count: 5 * d + 1)
          var norms = [Double](repeating: .nan, count: 6)
          points.withRows { rows in
            kernels.shiftRows(rows.base, rows.stride, 5, d, shift, &shifted, &rounded, &norms)
          }
          for row in 0..<5 {
            let values = (0..<d).map { Double(points[row, $0]) - shift[$0] }
            #expect(Array(shifted[row * d..<row * d + d]) == values)
            #expect(Array(rounded[row * d..<row * d + d]) == values.map { Float($0) })
            let norm = Reference.squaredDistance(values, values.map { _ in 0 })
            #expect(norms[row].bitPattern == norm.bitPattern, "\(data) d=\(d)")
          }
          #expect(shifted[5 * d].isNaN && rounded[5 * d].isNaN && norms[5].isNaN)
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func moveCentroidRoundsEveryOperation(isa: InstructionSet) {
    let kernels = SketchKernels.compiled(for: isa)
    var random = TestRandom(1)
    for d in dimensions {
      for data in SketchData.allCases {
        let rows = data.points(2, d, seed: UInt64(d), of: Double.self).doubles
        for share in [0, 1, 0.5, Double.random(in: 0..<1, using: &random), 1e-9] {
          var centroid = rows[0] + [7]
          var rounded = [Float](repeating: .nan, count: d + 1)
          let norm = kernels.moveCentroid(&centroid, rows[1], share, d, &rounded)
          let moved = (0..<d).map { column -> Double in
            let way = rows[1][column] - rows[0][column]
            let step = share * way
            return rows[0][column] + step
          }
          #expect(centroid.map(\.bitPattern) == (moved + [7]).map(\.bitPattern), "\(data) d=\(d)")
          #expect(Array(rounded[..<d]) == moved.map { Float($0) } && rounded[d].isNaN)
          let expected = Reference.squaredDistance(moved, moved.map { _ in 0 })
          #expect(norm.bitPattern == expected.bitPattern, "\(data) d=\(d)")
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func gatherProductsCopiesAColumn(isa: InstructionSet) {
    let kernels = SketchKernels.compiled(for: isa)
    let tile = (0..<600).map { Float($0) / 3 }
    for (stride, count) in [(1, 0), (1, 1), (1, 17), (3, 8), (17, 33), (64, 9)] {
      var products = [Double](repeating: -1, count: count + 1)
      kernels.gatherProducts(tile, stride, count, &products)
      #expect(products == (0..<count).map { Double(tile[$0 * stride]) } + [-1])
    }
  }

  @Test(arguments: InstructionSet.available)
  func moveProductsRoundsEveryOperation(isa: InstructionSet) {
    let kernels = SketchKernels.compiled(for: isa)
    var random = TestRandom(2)
    for count in [0, 1, 7, 8, 9, 16, 31, 127, 511] {
      let row = (0..<count).map { _ in Float(random.bell()) }
      let old = (0..<count).map { _ in random.bell() }
      for share in [0, 1, 0.3] {
        var products = old + [7]
        kernels.moveProducts(&products, row, share, count)
        let expected = (0..<count).map { place -> Double in
          let step = share * (Double(row[place]) - old[place])
          return old[place] + step
        }
        #expect(products.map(\.bitPattern) == (expected + [7]).map(\.bitPattern), "\(count)")
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func nearestTwoMovedFindsTheLowestOfEqualScores(isa: InstructionSet) {
    let kernels = SketchKernels.compiled(for: isa)
    var random = TestRandom(3)
    for count in [0, 8, 16, 40, 128] {
      for stride in [1, 5, 16] {
        for used in [count, count - 3, count - 8] where used >= 0 {
          // Few different values, so that ties and their runners-up are frequent.
          let column = (0..<count * stride + 1).map { _ in Double(random.next() % 6) }
          let low = (0..<count).map { $0 < used ? Double(random.next() % 4) : .infinity }
          var (best, second) = (Double.nan, Double.nan)
          let found = kernels.nearestTwoMoved(column, stride, count, low, &best, &second)
          let scores = (0..<count).map { low[$0] - column[$0 * stride] }
          let sorted = scores.sorted() + [.infinity, .infinity]
          #expect(best == sorted[0] && second == sorted[1], "\(count) \(stride) \(used)")
          if used > 0 { #expect(found == scores.firstIndex(of: sorted[0])) }
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func multiplyTilesMultipliesEveryPair(isa: InstructionSet) {
    let kernels = SketchKernels.compiled(for: isa)
    let tileRows = KernelSet<Float>.compiled(for: isa).fused.tileRows
    for (count, others, d) in [(1, 1, 1), (5, 70, 3), (6, 64, 64), (7, 9, 65), (50, 130, 130)] {
      let (x, y) = (
        TestData.noise.points(count, d, seed: 1, of: Float.self),
        TestData.outliers.points(others, d, seed: 2, of: Float.self)
      )
      let tileCount = (others + tileRows - 1) / tileRows
      var tiles = [Float](repeating: 0, count: tileCount * tileRows * d)
      for row in 0..<others {
        for column in 0..<d {
          tiles[(row / tileRows * d + column) * tileRows + row % tileRows] = y[row, column]
        }
      }
      let groups = fusedGroups((0..<count).map { row in (0..<d).map { -x[row, $0] } })
      let stride = tileCount * tileRows + 1
      var products = [Float](repeating: .nan, count: count * stride)
      var sums = [Float](repeating: .nan, count: 8 * 6 * tileRows)
      kernels.multiplyTiles(tiles, tileCount, d, groups, count, &products, stride, &sums)
      for row in 0..<count {
        for other in 0..<others {
          let terms = (0..<d).map { Double(x[row, $0]) * Double(y[other, $0]) }
          let bound = terms.reduce(0) { $0 + $1.magnitude } * Double(d + 1) * Double(Float.ulpOfOne)
          let found = Double(products[row * stride + other])
          #expect((found - terms.reduce(0, +)).magnitude <= bound, "\(count) \(d)")
        }
        #expect(products[row * stride + stride - 1].isNaN)
      }
    }
  }
}
