// Passes that look for all pairs within a radius: range search.
extension RowPass {
  /// Finds the rows of every stripe that are within their radius of a cluster.
  ///
  /// - Parameter found: gets the number of a stripe within the whole, and what was found in it.
  /// - Complexity: O(n k d) at most.
  func rangeSearch<Assigner: RowAssigner<Scalar>>(
    _ assigner: Assigner, within radii: SearchRadii,
    _ found: @escaping @Sendable (Int, RangeHits) -> Void
  ) {
    assigner.withOneThreadOfBLAS {
      run(blockRows: blockRows ?? assigner.blockRows) { limit in
        SearchingWorker(
          assigner: assigner, scratch: assigner.makeScratch(rows: limit), rows: limit, radii: radii,
          found: found)
      } finish: { _, _ in
      }
    }
  }
}

/// How far each row of a range search looks, and which rows need not look at all. An unsafe handle.
///
/// `@unchecked Sendable`: it only reads.
struct SearchRadii: @unchecked Sendable {
  /// Squared, one a row of the whole.
  let squared: UnsafePointer<Double>
  /// What each row of the whole belongs to.
  let labels: UnsafePointer<Int32>
  /// One a label: rows of a smaller squared radius are out of reach of all clusters.
  let least: UnsafePointer<Double>

  /// Lists the rows of a block that look, ascending.
  ///
  /// - Parameter first: the number of its first row within the whole.
  /// - Returns: how many.
  func list(first: Int, count: Int, _ list: UnsafeMutablePointer<Int32>) -> Int {
    let (squared, labels) = (squared + first, labels + first)
    var found = 0
    for row in 0..<count {
      list[found] = Int32(truncatingIfNeeded: row)
      found &+= squared[row] < least[Int(labels[row])] ? 0 : 1
    }
    return found
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
  private let assigner: Assigner
  private let scratch: Assigner.Scratch
  private let radii: SearchRadii
  private let found: (Int, RangeHits) -> Void
  private var firstRow = 0
  private let hits: HitList
  private let list: UnsafeMutablePointer<Int32>
  private let arena = ScratchArena()

  init(
    assigner: Assigner, scratch: Assigner.Scratch, rows: Int, radii: SearchRadii,
    found: @escaping (Int, RangeHits) -> Void
  ) {
    self.assigner = assigner
    self.scratch = scratch
    self.radii = radii
    self.found = found
    hits = HitList(clusters: assigner.clusters)
    list = arena.take(rows)
  }

  var takesCompressed: Bool { assigner.takesCompressed }

  mutating func begin(firstRow: Int) { self.firstRow = firstRow }

  mutating func take(
    _ points: WeightedRows<Assigner.Scalar>, first: Int, ahead: Rows<Assigner.Scalar>?
  ) {
    let (place, hits) = (first - firstRow, hits)
    let count = radii.list(first: first, count: points.count, list)
    guard count > 0 else { return }
    let some =
      count == points.count
      ? ListedRows(points.rows) : ListedRows(points.rows, list, count: count)
    assigner.rangeSearch(some, squaredRadii: radii.squared + first, scratch: scratch) {
      hits.append(row: place &+ $0, cluster: $1, squaredDistance: $2)
    }
  }

  mutating func end(stripe: Int) { found(stripe, hits.takeSorted()) }
}

/// Pairs of rows and clusters as they are found.
private final class HitList {
  private typealias Hit = (row: Int32, cluster: Int32, squaredDistance: Double)

  private var hits: UnsafeMutablePointer<Hit>
  private var (count, capacity) = (0, 1024)
  /// How many hits each cluster has, one place on.
  private let counts: UnsafeMutablePointer<Int32>
  private let clusters: Int

  init(clusters: Int) {
    self.clusters = clusters
    hits = .allocate(capacity: capacity)
    counts = .allocate(capacity: clusters + 1)
    counts.initialize(repeating: 0, count: clusters + 1)
  }

  deinit {
    hits.deallocate()
    counts.deallocate()
  }

  @inline(__always)
  func append(row: Int, cluster: Int, squaredDistance: Double) {
    if count == capacity { grow() }
    hits[count] = (
      Int32(truncatingIfNeeded: row), Int32(truncatingIfNeeded: cluster), squaredDistance
    )
    count &+= 1
    counts[cluster &+ 1] &+= 1
  }

  @inline(never)
  private func grow() {
    let more = UnsafeMutablePointer<Hit>.allocate(capacity: 2 * capacity)
    more.moveInitialize(from: hits, count: count)
    hits.deallocate()
    (hits, capacity) = (more, 2 * capacity)
  }

  /// The hits cluster after cluster (a counting sort, which keeps the rows in order); the list is
  /// empty then.
  func takeSorted() -> RangeHits {
    for cluster in 1...clusters { counts[cluster] += counts[cluster - 1] }
    let starts = Array(UnsafeBufferPointer(start: counts, count: clusters + 1))
    let (hits, counts, count) = (hits, counts, count)
    var squaredDistances: [Double] = []
    let rows = [Int32](unsafeUninitializedCapacity: count) { rows, rowCount in
      squaredDistances = [Double](unsafeUninitializedCapacity: count) { distances, distanceCount in
        for place in 0..<count {
          let hit = hits[place]
          let target = Int(counts[Int(hit.cluster)])
          counts[Int(hit.cluster)] &+= 1
          rows[target] = hit.row
          distances[target] = hit.squaredDistance
        }
        distanceCount = count
      }
      rowCount = count
    }
    self.count = 0
    counts.update(repeating: 0, count: clusters + 1)
    return RangeHits(starts: starts, rows: rows, squaredDistances: squaredDistances)
  }
}
