internal import KMeansLinearAlgebra

// Passes that look for all pairs within a radius: range search.
extension RowPass {
  /// Finds the rows of every stripe that are within their radius of a cluster.
  ///
  /// - Parameters:
  ///   - squaredRadii: one a row of the whole.
  ///   - found: gets the number of a stripe within the whole, and what was found in it.
  /// - Complexity: O(n k d).
  func rangeSearch<Assigner: RowAssigner<Scalar>>(
    _ assigner: Assigner, squaredRadii: [Double],
    _ found: @escaping @Sendable (Int, RangeHits) -> Void
  ) {
    squaredRadii.withUnsafeBufferPointer { radii in
      nonisolated(unsafe) let radii = radii.baseAddress!
      BLASThreads.single {
        run(blockRows: blockRows ?? assigner.blockRows) { limit in
          SearchingWorker(
            assigner: assigner, scratch: assigner.makeScratch(rows: limit), squaredRadii: radii,
            found: found)
        } finish: { _, _ in
        }
      }
    }
  }
}

/// The rows of a stripe that lie near to clusters, cluster after cluster, each in row order.
struct RangeHits: Sendable {
  /// Where the rows of each cluster begin, and one entry more.
  var starts: [Int32]
  /// Rows within the stripe.
  var rows: [Int32]
  var squaredDistances: [Double]
}

/// Searches blocks, and sorts the hits of each stripe.
private struct SearchingWorker<Assigner: RowAssigner>: PassWorker {
  private struct Hit {
    var row: Int32
    var cluster: Int32
    var squaredDistance: Double
  }

  private let assigner: Assigner
  private let scratch: Assigner.Scratch
  private let squaredRadii: UnsafePointer<Double>
  private let found: (Int, RangeHits) -> Void
  private var firstRow = 0
  private var hits: [Hit] = []
  private var counts: [Int32]

  init(
    assigner: Assigner, scratch: Assigner.Scratch, squaredRadii: UnsafePointer<Double>,
    found: @escaping (Int, RangeHits) -> Void
  ) {
    self.assigner = assigner
    self.scratch = scratch
    self.squaredRadii = squaredRadii
    self.found = found
    counts = Array(repeating: 0, count: assigner.clusters + 1)
  }

  mutating func begin(firstRow: Int) { self.firstRow = firstRow }

  mutating func take(
    _ points: WeightedRows<Assigner.Scalar>, first: Int, ahead: Rows<Assigner.Scalar>?
  ) {
    let place = Int32(first - firstRow)
    assigner.rangeSearch(points.rows, squaredRadii: squaredRadii + first, scratch: scratch) {
      hits.append(Hit(row: place + Int32($0), cluster: Int32($1), squaredDistance: $2))
      counts[$1 + 1] += 1
    }
  }

  mutating func end(stripe: Int) { found(stripe, takeHits()) }

  /// The hits cluster after cluster (a counting sort, which keeps the rows in order); the list is
  /// empty then.
  private mutating func takeHits() -> RangeHits {
    var starts = counts
    for cluster in 1..<starts.count { starts[cluster] += starts[cluster - 1] }
    var next = starts
    var rows = [Int32](repeating: 0, count: hits.count)
    var squaredDistances = [Double](repeating: 0, count: hits.count)
    for hit in hits {
      let place = Int(next[Int(hit.cluster)])
      next[Int(hit.cluster)] += 1
      rows[place] = hit.row
      squaredDistances[place] = hit.squaredDistance
    }
    hits.removeAll(keepingCapacity: true)
    for cluster in counts.indices { counts[cluster] = 0 }
    return RangeHits(starts: starts, rows: rows, squaredDistances: squaredDistances)
  }
}
