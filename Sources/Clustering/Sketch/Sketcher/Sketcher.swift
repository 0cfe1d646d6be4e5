internal import KMeansKernelTypes

/// A sketch at work (Shindler, Wong, Meyerson, Fast and accurate k-means for large datasets, NIPS
/// 2011, algorithm 1, in the form of Mahout's `StreamingKMeans`): a value whose centroids are
/// copied when they are changed while somebody else holds them.
///
/// ``SketchState`` is all that decides; what else is here only makes it fast.
struct Sketcher: Sendable {
  var state: SketchState
  let kernels: Kernels
  /// The caches that rule centroids out; `nil` where the next block builds it from the state.
  private var caches: (any CentroidCaches)?
  /// The number of points of the next block; changes the speed, never the result.
  private var blockRows = 16
  /// The number of threads that share the products of a block.
  var threads = 1
  /// The largest number of threads; `nil` for that of the parameters.
  var mostThreads: Int?
  /// The largest number of points of a block; `nil` for the usual one.
  var mostRows: Int?
  /// Whether every point is compared with all centroids, one by one: the same results, slower.
  var comparesAll = false
  /// The largest block where nothing is said.
  static let usualRows = 128

  /// A sketch that goes on from a state.
  init(_ state: SketchState) {
    self.state = state
    kernels = Kernels(state.parameters, columns: state.columns)
  }

  var parameters: SketchParameters { state.parameters }
  var columns: Int { state.columns }

  /// Forgets all that can be built anew from the state.
  mutating func dropCaches() { caches = nil }

  /// A pass over points or centroids: what it does with them.
  struct Pass {
    /// Random draws that decide about those that come.
    let draws: Draws
    /// The number of the draw for the first of them.
    let firstDraw: Int
    /// Whether each of them is a point of the stream.
    var countsPoints = false
    /// Whether the sketch may collapse meanwhile.
    var mayCollapse = true
    /// The weight times the cost of each when it was decided; `nil` where they are not
    /// kept.
    var ratios: [Double]?
  }

  /// Adds everything that a source has.
  ///
  /// - Complexity: O(n m d) for m centroids.
  mutating func addAll<Source: SketchSource>(of source: Source, _ pass: inout Pass) {
    if comparesAll || kernels.search != nil || kernels.pairwise != nil {
      addBlocks(SearchedBlock.self, of: source, &pass)
    } else if kernels.filter == nil {
      addBlocks(ProductBlock.self, of: source, &pass)
    } else {
      addBlocks(ByteBlock.self, of: source, &pass)
    }
  }

  /// Adds everything that a source has, in blocks of one kind.
  private mutating func addBlocks<Source: SketchSource, Block: SketchBlock>(
    _ kind: Block.Type, of source: Source, _ pass: inout Pass
  ) {
    let most = mostRows ?? Self.usualRows
    // A collapse loses the products of the points behind it; bytes are those of sixteen points
    // anyway.
    let least = kernels.filter == nil ? 1 : FilterShape.lanes
    var scratch: (points: SketchScratch, work: Block.Work)?
    var next = 0
    while next < source.count {
      blockRows = min(blockRows, most)
      let range = next..<min(source.count, next + blockRows)
      let (added, isFull) = add(range, of: source, in: Block.self, &scratch, &pass)
      next += added
      if isFull { collapse() }
      blockRows = added < range.count ? max(least, blockRows / 2) : min(most, blockRows * 2)
    }
  }

  /// Adds a block of what a source has.
  ///
  /// - Parameter scratch: memory for blocks, which is kept for the next one.
  /// - Returns: how many were added, and whether that ended with too many centroids.
  private mutating func add<Source: SketchSource, Block: SketchBlock>(
    _ range: Range<Int>, of source: Source, in kind: Block.Type,
    _ scratch: inout (points: SketchScratch, work: Block.Work)?, _ pass: inout Pass
  ) -> (count: Int, isFull: Bool) {
    let caches = caches(Block.Caches.self, withRoomFor: range.count)
    let centroids = state.memory
    let (points, work): (SketchScratch, Block.Work)
    if let old = scratch, old.points.rows >= range.count, Block.hasRoom(old.work, for: centroids) {
      (points, work) = old
    } else {
      let rows = min(mostRows ?? Self.usualRows, source.count)
      points = SketchScratch(rows: rows, columns: columns)
      work = Block.makeWork(rows: rows, columns: columns, capacity: centroids.capacity)
    }
    scratch = (points, work)
    source.load(range, into: points)
    var block = Block(
      centroids, caches, points, work, kernels, rows: range.count, threads: threads)
    let added = decide(range, of: source, points.squaredNorms, &block, &pass)
    block.end()
    state.redecidedCount += block.redecided
    return added
  }

  /// Decides of the points of a block, one after the other, whether each becomes a centroid.
  ///
  /// - Returns: how many were added, and whether that ended with too many centroids.
  @inline(__always)
  private mutating func decide<Source: SketchSource, Block: SketchBlock>(
    _ range: Range<Int>, of source: Source, _ squaredNorms: UnsafePointer<Double>,
    _ block: inout Block, _ pass: inout Pass
  ) -> (count: Int, isFull: Bool) {
    for row in 0..<range.count {
      let number = range.lowerBound + row
      let entry = source.entry(number, squaredNorm: squaredNorms[row])
      if pass.countsPoints { state.pointCount += 1 }
      guard entry.weight > 0 else { continue }
      guard state.count > 0 else {
        if state.cutoff == nil { state.lightest = min(state.lightest, entry.weight) }
        block.found(row, entry)
        pass.ratios?.append(.infinity)
        continue
      }
      let (slot, distance) = block.nearest(row)
      let cost = state.cost(distance)
      pass.ratios?.append(entry.weight * cost)
      let draw = pass.draws.uniform(pass.firstDraw + number)
      guard state.isNew(entry.weight, cost, draw) else {
        block.merge(row, entry, into: slot, squaredDistance: distance, &state.rounding)
        continue
      }
      block.found(row, entry)
      if pass.mayCollapse, state.isTooLarge { return (row + 1, true) }
    }
    return (range.count, false)
  }

  /// The caches of the centroids, which have room for more from here on, in memory that nobody else
  /// holds.
  private mutating func caches<Caches: CentroidCaches>(
    _ kind: Caches.Type, withRoomFor rows: Int
  ) -> Caches {
    if state.makeRoom(for: state.count + rows) { caches = nil }
    if let kept = caches as? Caches { return kept }
    let own = Caches(state.memory, kernels)
    caches = own
    return own
  }

  /// Forgets all centroids, and how large the errors of their bytes were.
  mutating func removeAll() {
    state.removeAll()
    dropCaches()
  }
}
