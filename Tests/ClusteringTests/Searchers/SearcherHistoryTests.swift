// What a searcher finds does not depend on how it came to know the centroids.
import Clustering
import KMeansKernelTypes
import KMeansReference
import Testing

@Suite struct SearcherHistoryTests {
  /// Values on a coarse grid, so that projections and rows are often equal.
  private func row(_ random: inout TestRandom, _ columns: Int) -> [Double] {
    (0..<columns).map { _ in Double(Int(random.next() % 5)) - 2 }
  }

  @Test(arguments: SketchParameters.Searcher.all, [1, 2, 3, 9, 17])
  func `a searcher that is made anew finds the same`(
    _ searcher: SketchParameters.Searcher, _ columns: Int
  ) {
    var random = TestRandom(UInt64(columns))
    let index = CentroidIndex(searcher, columns: columns, capacity: 400)
    index.append(row(&random, columns))
    for step in 0..<1500 {
      let isFull = index.count == 400
      if random.next() % 4 == 0, !isFull {
        index.append(row(&random, columns))
      } else {
        let slot = Int(random.next() % UInt64(index.count))
        let target = row(&random, columns)
        index.move(slot, to: target)
      }
      guard step % 3 == 0 else { continue }
      let other = index.rebuilt()
      for _ in 0..<3 {
        let query = row(&random, columns)
        #expect(index.find(query) == other.find(query), "step \(step)")
      }
    }
    #expect(index.count > 200)
  }

  @Test func `all candidates are the exact search`() {
    var random = TestRandom(3)
    let brute = CentroidIndex(.brute, columns: 6, capacity: 90)
    let searchers: [SketchParameters.Searcher] = [
      .projection(projections: 1, searchSize: 90),
      .fastProjection(projections: 2, searchSize: 1000), .hashing(searchSize: .max),
    ]
    let others: [CentroidIndex] = searchers.map { CentroidIndex($0, columns: 6, capacity: 90) }
    for _ in 0..<90 {
      let new = row(&random, 6)
      for index in [brute] + others { index.append(new) }
      let query: [Double] = (0..<6).map { (_: Int) -> Double in random.bell() }
      for index in others { #expect(index.find(query) == brute.find(query)) }
    }
  }

  @Test(arguments: SketchParameters.Searcher.sparse)
  func `an approximate searcher misses some, and not many`(
    _ searcher: SketchParameters.Searcher
  ) {
    var random = TestRandom(8)
    func draw() -> [Double] { (0..<10).map { (_: Int) -> Double in random.bell() } }
    let rows: [[Double]] = (0..<500).map { (_: Int) -> [Double] in draw() }
    let (index, brute) = (CentroidIndex(searcher, rows), CentroidIndex(.brute, rows))
    var hits = 0
    for _ in 0..<500 {
      let query = draw()
      if index.find(query) == brute.find(query) { hits += 1 }
    }
    #expect((25..<500).contains(hits), "\(hits)")
  }

  /// The order of sums that projections have, on every instruction set.
  private func product(_ a: [Double], _ b: [Double]) -> Double {
    var sum = 0.0
    if a.count < 8 {
      for column in a.indices { sum += a[column] * b[column] }
      return sum
    }
    var lanes = [Double](repeating: 0, count: 8)
    let whole = a.count / 8 * 8
    for column in 0..<whole { lanes[column % 8] += a[column] * b[column] }
    // The last vector ends with the row.
    if whole < a.count {
      for column in whole..<a.count { lanes[8 - (a.count - column)] += a[column] * b[column] }
    }
    let four: [Double] = (0..<4).map { (lane: Int) -> Double in lanes[lane] + lanes[lane + 4] }
    return (four[0] + four[2]) + (four[1] + four[3])
  }

  @Test(arguments: InstructionSet.available)
  func `projections have the same bits on every instruction set`(isa: InstructionSet) {
    let kernels = KernelSet<Double>.compiled(for: isa)
    var random = TestRandom(4)
    for d in [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 33, 38, 64, 100, 256] {
      let row: [Double] = (0..<d).map { (_: Int) -> Double in random.bell() }
      let others: [[Double]] = (0..<8).map { (_: Int) -> [Double] in
        (0..<d).map { (_: Int) -> Double in random.bell() }
      }
      var products = [Double](repeating: .nan, count: 9)
      kernels.multiplyRow(row, others.flatMap(\.self), 8, d, &products)
      for other in 0..<8 {
        let expected = product(row, others[other])
        #expect(products[other].bitPattern == expected.bitPattern, "d=\(d)")
      }
      #expect(products[8].isNaN)
    }
  }
}
