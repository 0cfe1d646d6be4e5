internal import KMeansKernelTypes

/// What one thread needs to assign rows by ``RowBounds``: the rows that no bound decides, gathered
/// until they fill a block, and the sums of those that moved.
///
/// `@unchecked Sendable`: belongs to one thread at a time.
final class RowBoundsWorker<Blocks: GatheredRows>: @unchecked Sendable {
  typealias Scalar = Blocks.Scalar

  private(set) var counts = AssignmentCounts()
  private let rows: Blocks
  private let blockRows: Int
  private let clusters: Int
  private let scratch: AssignmentScratch<Scalar>
  /// At most the squared distances of ambiguous rows to other centroids.
  private let others: UnsafeMutablePointer<Double>
  /// At least the distance of each row of a block from its centroid.
  private let found: UnsafeMutablePointer<Float>
  /// The gaps of the rows of a block.
  private let blockGaps: UnsafeMutablePointer<Float>
  /// The farthest row of each cluster that was looked at, and how many were [k].
  let radii: UnsafeMutablePointer<Float>
  let looked: UnsafeMutablePointer<Int>
  /// How many rows each cluster has gained [k].
  let gained: UnsafeMutablePointer<Int>
  /// The numbers of the rows to look at, and how many there are.
  private let list: UnsafeMutablePointer<Int32>
  private var listed = 0
  private let gathered: Blocks.Memory
  private let arena = ScratchArena()
  /// Where the rows of a block that moved lie, the clusters that they left and came to.
  private let changed: UnsafeMutablePointer<Int32>
  private let from: UnsafeMutablePointer<Int32>
  private let to: UnsafeMutablePointer<Int32>
  /// The rows that came, less those that left; `nil` where sums are rounded.
  private var moved: ClusterSums<Scalar>?

  private var step: RowBoundsStep<Scalar>!
  /// Whether what is left out is computed after all, to test the bounds.
  private let verifies: Bool

  /// - Parameter sums: of no rows, where sums are exact.
  init(
    _ nearest: NearestCentroids<Scalar>, _ rows: Blocks, sums: ClusterSums<Scalar>?,
    verifies: Bool
  ) {
    self.rows = rows
    self.verifies = verifies
    moved = sums
    blockRows = nearest.blockRows
    clusters = nearest.clusters
    scratch = nearest.makeScratch(rows: blockRows)
    list = arena.take(blockRows + RowBounds<Blocks>.chunkRows)
    others = arena.take(blockRows)
    found = arena.take(blockRows)
    blockGaps = arena.take(blockRows)
    radii = arena.take(nearest.clusters)
    looked = arena.take(nearest.clusters)
    gained = arena.take(nearest.clusters)
    changed = arena.take(blockRows)
    from = arena.take(blockRows)
    to = arena.take(blockRows)
    gathered = rows.makeMemory(rows: blockRows)
  }

  /// Begins an assignment.
  func begin(_ step: RowBoundsStep<Scalar>) {
    self.step = step
    (counts, listed) = (AssignmentCounts(), 0)
    radii.update(repeating: 0, count: clusters)
    looked.update(repeating: 0, count: clusters)
    gained.update(repeating: 0, count: clusters)
  }

  /// Takes some rows: looks at those that no bound decides.
  func take(_ some: Range<Int>, prunes: Bool) {
    guard prunes || !step.order.isEmpty else {
      for first in stride(from: some.lowerBound, to: some.upperBound, by: blockRows) {
        let block = first..<min(first + blockRows, some.upperBound)
        for place in 0..<block.count {
          list[place] = Int32(truncatingIfNeeded: block.lowerBound &+ place)
        }
        decide(
          ListedRows(rows.loadCompressed(block, into: gathered).rows), UnsafePointer(list))
      }
      return
    }
    let before = listed
    if step.order.isEmpty {
      listed += step.nearest.kernels.unprunedRows(
        step.labels + some.lowerBound, step.gaps + some.lowerBound, step.spent,
        clusters, some.count, Int32(truncatingIfNeeded: some.lowerBound),
        list + listed)
    } else {
      listOrdered(some, prunes: prunes)
    }
    if verifies { verify(some, from: before) }
    var first = 0
    while listed - first >= blockRows {
      lookAt(list + first, blockRows)
      first += blockRows
    }
    if first > 0 {
      listed -= first
      list.update(from: list + first, count: listed)
    }
  }

  /// Lists the rows at some places of the order that no bound decides.
  private func listOrdered(_ places: Range<Int>, prunes: Bool) {
    step.order.withUnsafeBufferPointer { order in
      for place in places {
        let row = Int(order[place])
        let isLeftOut = prunes && step.gaps[row] > step.spent[Int(step.labels[row])]
        list[listed] = order[place]
        listed &+= isLeftOut ? 0 : 1
      }
    }
  }

  /// Looks at the rows that are left.
  func finish() {
    if listed > 0 { lookAt(list, listed) }
    listed = 0
    step = nil
  }

  private func lookAt(_ numbers: UnsafePointer<Int32>, _ count: Int) {
    decide(rows.gather(numbers, count: count, into: gathered), numbers)
  }

  /// Adds what another one has found, but for the rows that moved.
  func add(_ other: RowBoundsWorker) {
    for cluster in 0..<clusters {
      radii[cluster] = max(radii[cluster], other.radii[cluster])
      looked[cluster] += other.looked[cluster]
      gained[cluster] += other.gained[cluster]
    }
    counts += other.counts
  }

  /// Adds the rows that have moved to sums, and forgets them.
  func move(to sums: inout ClusterSums<Scalar>) {
    guard counts.moved > 0, moved != nil else { return }
    sums.addExactly(moved!)
    moved!.reset()
  }

  /// Finds the nearest centroids of rows, their gaps, and those that have moved.
  ///
  /// - Parameter numbers: the number of each row.
  private func decide(_ some: ListedRows<Scalar>, _ numbers: UnsafePointer<Int32>) {
    let (step, count) = (step!, some.count)
    // Where centroids are equal no gap will be used.
    let others = step.nearest.areDistinct ? others : nil
    let ambiguous = step.nearest.assignListed(some, scratch, others: others)
    // The kernel writes to places that ascend; those of rows by their labels do not.
    let ascends = step.order.isEmpty
    step.nearest.kernels.scoreGaps(
      scratch.labels, scratch.best, scratch.second, scratch.norms, count, step.fourParts,
      step.spent, clusters, step.error, ascends ? numbers : nil, ascends ? step.gaps : blockGaps,
      found)
    if !ascends { for place in 0..<count { step.gaps[Int(numbers[place])] = blockGaps[place] } }
    if others != nil {
      for place in 0..<ambiguous { putGap(ofAmbiguous: place, numbers) }
    }
    counts.compared += count * clusters
    counts.redecided += ambiguous
    let movedRows = takeLabels(some, numbers)
    counts.moved += movedRows
    guard movedRows > 0, moved != nil else { return }
    let (changed, from, to) = (UnsafePointer(changed), UnsafePointer(from), UnsafePointer(to))
    // Sums of no columns are numbers of rows.
    let rows =
      moved!.columns > 0
      ? some.rows : Rows(base: some.rows.base, count: some.rows.count, columns: 0, stride: 0)
    moved!.withExactSums { $0.move(rows, changed, from: from, to: to, count: movedRows) }
  }

  /// Takes the gap of a row that `directDistance` decided, whose label need not be the one that the
  /// scores were found with.
  private func putGap(ofAmbiguous place: Int, _ numbers: UnsafePointer<Int32>) {
    let row = Int(scratch.ambiguous[place])
    let far = others[place].squareRoot() * (1 - step.margin)
    let near = scratch.distances[place].squareRoot() * (1 + step.margin)
    found[row] = Float(near).nextUp
    let gap = Float(far - near)
    step.gaps[Int(numbers[row])] = RowBounds<Blocks>.stored(
      gap - 0x1p-22 * gap.magnitude, spent: step.spent[Int(scratch.labels[row])])
  }

  /// Takes the labels that were found, and lists the rows that moved.
  ///
  /// - Returns: how many there are.
  private func takeLabels(_ some: ListedRows<Scalar>, _ numbers: UnsafePointer<Int32>) -> Int {
    let (labels, areKnown, list) = (step.labels, step.labelsAreKnown, some.list)
    let (radii, looked, found, newLabels) = (radii, looked, found, scratch.labels)
    var count = 0
    for place in 0..<some.count {
      let (row, label) = (Int(truncatingIfNeeded: numbers[place]), newLabels[place])
      let new = Int(truncatingIfNeeded: label)
      if found[place] > radii[new] { radii[new] = found[place] }
      looked[new] &+= 1
      let old = areKnown ? labels[row] : -1
      guard label != old else { continue }
      labels[row] = label
      gained[new] &+= 1
      if old >= 0 { gained[Int(old)] &-= 1 }
      changed[count] = list.map { $0[place] } ?? Int32(truncatingIfNeeded: place)
      (from[count], to[count]) = (old, label)
      count &+= 1
    }
    return count
  }

  /// Computes what the bounds left out of some rows.
  ///
  /// - Parameter before: how many rows were listed before them.
  /// - Precondition: the nearest centroid is that of the label.
  private func verify(_ some: Range<Int>, from before: Int) {
    let (memory, nearest, labels) = (rows.makeMemory(rows: 1), step.nearest, step.labels)
    var next = before
    for place in some {
      let row = step.order.isEmpty ? place : Int(step.order[place])
      if next < listed, list[next] == Int32(truncatingIfNeeded: row) {
        next += 1
        continue
      }
      let values = rows.row(row, memory)
      let own = nearest.directDistance(values, Int(labels[row]))
      for cluster in 0..<nearest.clusters where cluster != Int(labels[row]) {
        precondition(
          nearest.directDistance(values, cluster) > own,
          "the gap of row \(row) left out centroid \(cluster), which is nearer")
      }
    }
  }
}
