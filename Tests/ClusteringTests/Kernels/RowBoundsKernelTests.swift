// The kernels of bounds a row, of every instruction set, against plain loops.
import Clustering
import KMeansKernelTypes
import KMeansReference
import Testing

@Suite struct RowBoundsKernelTests {
  @Test(arguments: InstructionSet.available)
  func `unpruned rows are those of a plain loop`(isa: InstructionSet) {
    var random = TestRandom(21)
    for (count, k) in [
      (0, 5), (1, 1), (15, 8), (16, 9), (17, 16), (33, 32), (100, 33), (100, 17), (200, 64),
      (200, 65),
    ] {
      for odd in [Float.nan, .infinity, -.infinity, 0] {
        let spent = (0..<k).map { _ in Float.random(in: 0..<1, using: &random) }
        let labels = (0..<count).map { _ in Int32(random.next() % UInt64(k)) }
        var gaps = (0..<count).map { _ in Float.random(in: -0.5..<1.5, using: &random) }
        if count > 2 {
          gaps[count / 2] = odd
          gaps[1] = spent[Int(labels[1])]
        }
        let expected = labels.indices.filter { !(gaps[$0] > spent[Int(labels[$0])]) }
        var list = [Int32](repeating: -1, count: count + 3)
        let found = KernelSet<Float>.compiled(for: isa).unprunedRows(
          labels, gaps, spent, k, count, 7, &list)
        #expect(Array(list[..<found]) == expected.map { Int32($0 + 7) }, "\(count) rows, \(odd)")
        #expect(list[count...].allSatisfy { $0 == -1 }, "nothing is written behind the list")
      }
    }
  }

  /// Gaps are at most what exact distances give, and not much less.
  @Test(arguments: InstructionSet.available)
  func `gaps are bounds, and near`(isa: InstructionSet) throws {
    for data in [TestData.noise, .offset, .outliers, .tightClusters, .integers] {
      for (n, d, k) in [(130, 3, 4), (77, 20, 9), (64, 200, 5)] {
        try check(data.points(n + k, d, seed: 8, of: Float.self), k, isa, "\(data) Float")
        try check(data.points(n + k, d, seed: 9, of: Double.self), k, isa, "\(data) Double")
      }
    }
  }

  private func check<Scalar: ClusteringScalar>(
    _ points: Matrix<Scalar>, _ k: Int, _ isa: InstructionSet, _ what: String
  ) throws {
    let (all, count) = (points.doubles, points.rows - k)
    let nearest = NearestCentroids(
      points.picking(Array(count..<points.rows)),
      centering: points.withRows { Centering(medianOf: $0) }, strategy: .fused,
      instructionSet: isa)
    let (gaps, labels) = points.withRows { nearest.gaps($0[0..<count]) }
    var decided = 0
    for row in 0..<count where gaps[row] > -.infinity {
      let distances = (0..<k).map {
        Reference.squaredDistance(all[row], all[count + $0]).squareRoot()
      }
      let own = distances[Int(labels[row])]
      let other = distances.indices.filter { $0 != Int(labels[row]) }.map { distances[$0] }.min()!
      #expect(Double(gaps[row]) <= other - own, "\(what), row \(row)")
      if Double(gaps[row]) > 0.9 * (other - own) { decided += 1 }
    }
    if what.hasPrefix("noise") { #expect(decided > count * 9 / 10, "\(what): \(decided)") }
  }

  /// Distances between centroids are at most the exact ones, and near.
  @Test(arguments: InstructionSet.available)
  func `distances of a centroid are bounds, and near`(isa: InstructionSet) {
    check(Float.self)
    check(Double.self)

    func check<Scalar: ClusteringScalar>(_ type: Scalar.Type) {
      let kernels = KernelSet<Scalar>.compiled(for: isa)
      let rows = kernels.fused.tileRows
      for (k, d) in [(1, 1), (9, 3), (70, 17), (130, 40)] {
        let points = TestData.outliers.points(k, d, seed: 3, of: type)
        let (all, tiles) = (points.doubles, (k + rows - 1) / rows)
        var packed = [Scalar](repeating: .nan, count: tiles * rows * d)
        var norms = [Scalar](repeating: 0, count: tiles * rows)
        var found = [Float](repeating: .nan, count: tiles * rows)
        let factor = Scalar(1 - 0x1p-20)
        points.withRows {
          kernels.fused.packTiles(
            $0.base, $0.stride, nil, k, d, [Scalar](repeating: 0, count: d), &packed, &norms)
          kernels.centroidDistances($0[0], d, packed, tiles, factor, 0, &found)
        }
        for other in 0..<k {
          let exact = Reference.squaredDistance(all[0], all[other]).squareRoot()
          #expect(Double(found[other]) <= exact && Double(found[other]) >= exact * (1 - 0x1p-19))
        }
      }
      // Squares that overflow count as the largest number.
      let far = [Scalar.greatestFiniteMagnitude / 4, 0]
      var packed = [Scalar](repeating: 0, count: rows * 2)
      var (norms, found) = ([Scalar](repeating: 0, count: rows), [Float](repeating: 0, count: rows))
      kernels.fused.packTiles(far, 2, nil, 1, 2, [0, 0], &packed, &norms)
      kernels.centroidDistances([0, 0], 2, packed, 1, 1, 0, &found)
      #expect(found[0] == Float(Scalar.greatestFiniteMagnitude.squareRoot()))
    }
  }
}
