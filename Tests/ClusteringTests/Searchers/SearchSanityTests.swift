// The tests that Mahout has for its searchers: SearchSanityTest, on points of the same
// distribution.
import Clustering
import KMeansReference
import Testing

/// 8,192 normal rows of 20 columns.
private let rows: [[Double]] = {
  var random = TestRandom(11)
  return (0..<8192).map { (_: Int) -> [Double] in
    (0..<20).map { (_: Int) -> Double in random.bell() }
  }
}()

/// The nearest other row of some of them.
private func nearestOther(_ row: Int) -> Int {
  let distances = rows.map { Reference.squaredDistance($0, rows[row]) }
  return rows.indices.filter { $0 != row }.min { distances[$0] < distances[$1] }!
}

@Suite("Mahout's own tests of its searchers") struct SearchSanityTests {
  @Test(arguments: SketchParameters.Searcher.sane)
  func `a row that is there is found`(_ searcher: SketchParameters.Searcher) {
    let index = CentroidIndex(searcher, rows)
    #expect(index.count == rows.count)
    for row in stride(from: 0, to: rows.count, by: 41) {
      let found = index.nearest(to: rows[row])
      #expect(found.slot == row && found.squaredDistance == 0, "\(row)")
    }
  }

  @Test(arguments: SketchParameters.Searcher.sane)
  func `a row that is near is found nearly always, and its distance is exact`(
    _ searcher: SketchParameters.Searcher
  ) {
    let index = CentroidIndex(searcher, rows)
    var random = TestRandom(12)
    var hits = 0
    for row in 0..<100 {
      let query: [Double] = rows[row].map { (value: Double) -> Double in
        value + 0.01 * random.bell()
      }
      let found = index.nearest(to: query)
      let exact = Reference.squaredDistance(query, rows[found.slot])
      #expect(found.squaredDistance.bitPattern == exact.bitPattern)
      hits += found.slot == row ? 1 : 0
    }
    #expect(hits >= (searcher == .brute ? 100 : 80))
  }

  @Test(arguments: SketchParameters.Searcher.sane)
  func `a row that has moved away is not found, and the next nearest is`(
    _ searcher: SketchParameters.Searcher
  ) {
    let index = CentroidIndex(searcher, rows)
    for row in 0..<10 {
      index.move(row, to: rows[row].map { $0 + 1000 })
      let found = index.nearest(to: rows[row])
      #expect(found.slot != row && found.squaredDistance > 0)
      if searcher == .brute { #expect(found.slot == nearestOther(row)) }
      // It is where it went, and comes back.
      let there = index.nearest(to: rows[row].map { $0 + 1000 })
      #expect(there.slot == row && there.squaredDistance == 0)
      index.move(row, to: rows[row])
      #expect(index.find(rows[row]) == Found(slot: row, squaredDistance: 0))
    }
  }

  @Test func `what is found in turn lies farther and farther`() {
    let index = CentroidIndex(.brute, rows)
    var last = 0.0
    for _ in 0..<50 {
      let found = index.nearest(to: rows[77])
      #expect(found.squaredDistance >= last)
      last = found.squaredDistance
      index.move(found.slot, to: rows[found.slot].map { $0 + 1000 })
    }
    #expect(last > 0)
  }

  @Test(arguments: SketchParameters.Searcher.sane)
  func `of equal rows the first is found`(_ searcher: SketchParameters.Searcher) {
    let index = CentroidIndex(searcher, columns: 20, capacity: 200)
    for number in 0..<200 {
      index.append(rows[number % 10])
      for row in 0...min(number, 9) {
        #expect(index.find(rows[row]) == Found(slot: row, squaredDistance: 0))
      }
    }
  }

  @Test(arguments: SketchParameters.Searcher.sane)
  func `rows come and go in turns`(_ searcher: SketchParameters.Searcher) {
    let index = CentroidIndex(searcher, columns: 20, capacity: 1000)
    for row in 0..<1000 {
      index.append(rows[row])
      #expect(index.find(rows[row]) == Found(slot: row, squaredDistance: 0))
      guard row % 2 == 0 else { continue }
      index.move(row, to: rows[row].map { $0 - 500 })
      if row > 0 { #expect(index.nearest(to: rows[row]).slot != row) }
    }
    for row in 0..<1000 {
      #expect((index.nearest(to: rows[row]).slot == row) == (row % 2 == 1), "\(row)")
    }
    index.removeAll()
    index.append(rows[5])
    #expect(index.count == 1 && index.nearest(to: rows[6]).slot == 0)
  }
}
