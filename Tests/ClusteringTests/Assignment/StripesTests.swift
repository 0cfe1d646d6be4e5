import Clustering
import Foundation
import Testing

/// Notes the blocks it sees: a reduction in which every order of merging shows.
private struct Order: RowReduction {
  typealias Scalar = Float
  var blocks: [Range<Int>] = []
  /// Stripes that take longer than those after them.
  var slow: Set<Int> = []

  var needsDistances: Bool { false }
  func empty() -> Order { Order(slow: slow) }
  mutating func reset() { blocks = [] }
  mutating func accumulate(_ block: LabeledRows<Float>) {
    if slow.contains(block.first) { usleep(20_000) }
    blocks.append(block.first..<block.first + block.points.count)
  }
  mutating func merge(_ later: borrowing Order) { blocks += later.blocks }
}

@Suite struct StripesTests {
  @Test func `a stripe is a power of two with two rows a cluster`() {
    #expect(Stripes.rows(clusters: 1) == 1024)
    #expect(Stripes.rows(clusters: 512) == 1024)
    #expect(Stripes.rows(clusters: 513) == 2048)
    #expect(Stripes.rows(clusters: 2000) == 4096)
  }

  /// Whichever stripe ends first, rows come out in order, each once.
  @Test(arguments: [0, 1, 1024, 1025, 5 * 1024, 8 * 1024 + 3], [1, 2, 4])
  func `stripes merge in row order`(rows: Int, threads: Int) throws {
    let points = try Matrix<Float>(rows: max(rows, 1), columns: 1)
    for slow in [Set<Int>(), [0], [1024, 4096], [0, 2048, 3072]] {
      let order = points.withRows { handle in
        RowPass(
          WeightedRows(rows: handle[0..<rows]), clusters: 1, threads: threads, blockRows: 700
        ).reduce(into: Order(slow: slow)).blocks
      }
      var next = 0
      for block in order {
        #expect(block.lowerBound == next)
        next = block.upperBound
      }
      #expect(next == rows)
    }
  }
}
