// The kernels that keep scores in registers, of every instruction set, against plain loops.
import Clustering
import KMeansKernelTypes
import Testing

private let dimensions = [1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 33, 64, 100, 256]
private let counts = [1, 2, 7, 8, 9, 31, 32, 33, 63, 64, 65, 130]

@Suite struct FusedKernelTests {
  @Test(arguments: InstructionSet.available)
  func `tiles hold points in lanes`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa).fused
      #expect(FusedKernels<Scalar>.mostTileRows % kernels.tileRows == 0)
      for (place, d) in dimensions.enumerated() {
        let count = counts[place % counts.count]
        // A stride of d + 3: the last columns do not belong to the rows.
        let points = TestData.outliers.points(count + 5, d + 3, seed: 2, of: type)
        let shift = (0..<d).map { Scalar($0) / 4 }
        for list in [nil, (0..<count).map { Int32(($0 * 7 + 3) % (count + 5)) }] {
          let tiles = (count + kernels.tileRows - 1) / kernels.tileRows
          let padded = tiles * kernels.tileRows
          var packed = [Scalar](repeating: .nan, count: padded * d + 1)
          var norms = [Scalar](repeating: .nan, count: padded + 1)
          points.withRows {
            kernels.packTiles($0.base, $0.stride, list, count, d, shift, &packed, &norms)
          }
          for place in 0..<padded {
            let number = min(place, count - 1)
            let row = list.map { Int($0[number]) } ?? number
            let (tile, lane) = place.quotientAndRemainder(dividingBy: kernels.tileRows)
            let found = (0..<d).map { packed[(tile * d + $0) * kernels.tileRows + lane] }
            let expected = (0..<d).map { points[row, $0] - shift[$0] }
            #expect(found == expected, "d=\(d) count=\(count) \(place)")
            let norm = expected.reduce(0) { $0 + Double($1) * Double($1) }
            let bound = norm * Double(d + 2) * Double(Scalar.ulpOfOne)
            #expect((Double(norms[place]) - norm).magnitude <= bound)
          }
          #expect(packed[padded * d].isNaN && norms[padded].isNaN)
        }
      }
    }
  }

  /// Whole numbers: every score is exact, and ties and their runners-up are frequent.
  @Test(arguments: InstructionSet.available)
  func `the lowest of equal scores is kept`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      var random = TestRandom(4)
      for k in [1, 2, 5, 6, 7, 12, 13, 40, 48, 49, 61] {
        for d in [1, 2, 3, 8, 17, 64, 65, 130] {
          let points = (0..<70).map { _ in (0..<d).map { _ in Scalar(Int(random.next() % 3)) } }
          let centroids = (0..<k).map { _ in (0..<d).map { _ in Scalar(Int(random.next() % 3)) } }
          var low = (0..<k).map { _ in Scalar(Int(random.next() % 4)) }
          if k > 5 { low[k / 2] = .infinity }
          let found = nearest(points, centroids, low, isa)
          for (row, point) in points.enumerated() {
            let scores = (0..<k).map { number in
              zip(point, centroids[number]).reduce(low[number]) { $0 - $1.0 * $1.1 }
            }
            let least = scores.min()!
            #expect(found.labels[row] == Int32(scores.firstIndex(of: least)!), "k=\(k) d=\(d)")
            #expect(found.best[row] == least)
            #expect(found.second[row] == (k > 1 ? scores.sorted()[1] : .infinity))
          }
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `scores stay within their bound`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      for d in dimensions {
        let points = values(TestData.noise.points(40, d, seed: 5, of: type))
        let centroids = values(TestData.noise.points(1, d, seed: UInt64(d), of: type))
        let low = Scalar(d) / 3
        let found = nearest(points, centroids, [low], isa)
        for (row, point) in points.enumerated() {
          let products = zip(point, centroids[0]).map { Double($0) * Double($1) }
          let sizes = products.reduce(Double(low)) { $0 + $1.magnitude }
          let exact = products.reduce(Double(low), -)
          let bound = sizes * Double(d + 1) * Double(Scalar.ulpOfOne)
          #expect((Double(found.best[row]) - exact).magnitude <= bound, "d=\(d)")
        }
      }
    }
  }

  @Test(arguments: InstructionSet.available)
  func `products of one row stay within their bound`(isa: InstructionSet) {
    check(isa, Float.self)
    check(isa, Double.self)

    func check<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      for d in dimensions {
        for data in [TestData.noise, .outliers, .integers] {
          let points = data.points(21, d, seed: UInt64(d), of: type)
          for count in [0, 4, 20] {
            var products = [Scalar](repeating: .nan, count: count + 1)
            points.withRows { kernels.multiplyRow($0[20], $0.base, count, d, &products) }
            for other in 0..<count {
              let terms = (0..<d).map { Double(points[20, $0]) * Double(points[other, $0]) }
              let sizes = terms.reduce(0) { $0 + $1.magnitude }
              let off = (Double(products[other]) - terms.reduce(0, +)).magnitude
              #expect(off <= sizes * Double(d) * Double(Scalar.ulpOfOne), "\(data) d=\(d)")
            }
            #expect(products[count].isNaN)
          }
        }
      }
    }
  }

  private func values<Scalar: ClusteringScalar>(_ points: Matrix<Scalar>) -> [[Scalar]] {
    (0..<points.rows).map { row in (0..<points.columns).map { points[row, $0] } }
  }

  private func nearest<Scalar: ClusteringScalar>(
    _ points: [[Scalar]], _ centroids: [[Scalar]], _ low: [Scalar], _ isa: InstructionSet
  ) -> (labels: [Int32], best: [Scalar], second: [Scalar]) {
    let kernels = KernelSet<Scalar>.compiled(for: isa).fused
    let (d, size, rows) = (points[0].count, FusedKernels<Scalar>.groupSize, kernels.tileRows)
    let tiles = (points.count + rows - 1) / rows
    let groups = (centroids.count + size - 1) / size
    var packed = [Scalar](repeating: 0, count: tiles * rows * d)
    for (row, point) in points.enumerated() {
      for column in 0..<d { packed[(row / rows * d + column) * rows + row % rows] = point[column] }
    }
    let values = fusedGroups(centroids)
    let padding = [Scalar](repeating: .infinity, count: groups * size - low.count)
    var labels = [Int32](repeating: -1, count: tiles * rows)
    var best = [Scalar](repeating: .nan, count: tiles * rows)
    var (second, sums) = (best, [Scalar](repeating: .nan, count: 8 * size * rows))
    kernels.nearest(
      packed, tiles, d, values, groups, low + padding, &labels, &best, &second, &sums, nil, 0)
    return (labels, best, second)
  }
}

/// Rows in groups of six as the fused kernels read them: chunks of 8 groups, blocks of 64 columns,
/// groups.
func fusedGroups<Scalar: ClusteringScalar>(_ rows: [[Scalar]]) -> [Scalar] {
  let (d, groups) = (rows[0].count, (rows.count + 5) / 6)
  var values: [Scalar] = []
  for chunk in stride(from: 0, to: groups, by: 8) {
    for block in stride(from: 0, to: d, by: 64) {
      for group in chunk..<min(chunk + 8, groups) {
        for column in block..<min(block + 64, d) {
          for slot in group * 6..<(group + 1) * 6 {
            values.append(slot < rows.count ? rows[slot][column] : 0)
          }
        }
      }
    }
  }
  return values
}
