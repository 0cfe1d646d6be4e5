// The searchers that tests go through, and centroids for them.
import Clustering

extension SketchParameters.Searcher {
  /// One of each kind, with few candidates.
  static let sparse: [SketchParameters.Searcher] = [
    .projection(), .fastProjection(), .hashing(searchSize: 2),
  ]
  /// The same with the exact one.
  static let all: [SketchParameters.Searcher] = [.brute] + sparse
  /// Those of Mahout's SearchSanityTest: 3 projections, 30 candidates.
  static let sane: [SketchParameters.Searcher] = [
    .brute, .projection(projections: 3, searchSize: 30),
    .fastProjection(projections: 3, searchSize: 30), .hashing(searchSize: 30),
  ]
}

/// What a search found.
struct Found: Equatable {
  let slot: Int
  let squaredDistance: Double
}

extension CentroidIndex {
  /// The nearest centroid that is found.
  func find(_ row: [Double]) -> Found {
    let found = nearest(to: row)
    return Found(slot: found.slot, squaredDistance: found.squaredDistance)
  }

  /// An index of no centroids.
  convenience init(
    _ searcher: SketchParameters.Searcher, columns: Int, capacity: Int,
    _ instructionSet: InstructionSet = .best
  ) {
    self.init(
      columns: columns, capacity: capacity,
      .of(10, seed: 5) {
        $0.searcher = searcher
        $0.execution.instructionSet = instructionSet
      })
  }

  /// An index of some centroids.
  convenience init(_ searcher: SketchParameters.Searcher, _ rows: [[Double]]) {
    self.init(searcher, columns: rows[0].count, capacity: rows.count)
    rows.forEach { append($0) }
  }
}

extension StreamingSketch {
  /// All that a sketch is, as bits.
  var bits: [[UInt64]] {
    let rows: [[Double]] = doubleCentroids?.doubles ?? []
    let counts: [Double] = [
      Double(pointCount), Double(numClusters), Double(collapseCount), distanceCutoff ?? -1,
    ]
    let numbers: [[Double]] = rows + [weights, squaredErrors, counts]
    return numbers.map { (values: [Double]) -> [UInt64] in values.map(\.bitPattern) }
  }
}
