internal import KMeansKernelTypes

/// A sketch at work (Shindler, Wong, Meyerson, Fast and accurate k-means for large datasets, NIPS 2011,
/// algorithm 1, in the form of Mahout's `StreamingKMeans`): a value whose centroids are copied when they are
/// changed while somebody else holds them.
struct Sketcher: Sendable {
  /// The kernels of one instruction set, and the bound by which products rule out.
  struct Kernels: Sendable {
    let nearestTwo: KernelSet<Float>.NearestTwo
    let scoresAtMost: KernelSet<Float>.ScoresAtMost
    let multiplyRow: KernelSet<Float>.MultiplyRow
    let directDistance: KernelSet<Double>.DirectDistance
    let sketch: SketchKernels
    let tileRows: Int
    let bound: RulingOut
    /// Where bytes rule out instead of products.
    let filter: FilterKernels<Double>?

    init(_ parameters: SketchParameters, columns: Int) {
      let instructionSet = parameters.execution.kernels
      let floats = KernelSet<Float>.compiled(for: instructionSet)
      nearestTwo = floats.nearestTwo
      scoresAtMost = floats.scoresAtMost
      multiplyRow = floats.multiplyRow
      directDistance = KernelSet<Double>.compiled(for: instructionSet).directDistance
      sketch = .compiled(for: instructionSet)
      tileRows = floats.fused.tileRows
      bound = RulingOut(columns: columns + 1, of: Float.self)
      let isFiltered = parameters.resolvedStrategy(columns: columns) == .filtered
      filter = isFiltered ? .compiled(for: instructionSet) : nil
    }
  }

  let parameters: SketchParameters
  /// ``SketchShift``: what is subtracted from all points before anything else.
  private(set) var shift: [Double]
  let kernels: Kernels
  var centroids: SketchCentroids
  /// The squared distance at which a point of weight 1 certainly becomes a centroid; unknown while no two
  /// points differed.
  var cutoff: Double?
  /// The smallest weight above 0 of the points that came while no cutoff was known; infinite without any.
  var lightest = Double.infinity
  var numClusters: Int
  var pointCount = 0
  var collapseCount = 0
  /// How many centroids of other sketches were merged.
  var mergedCount = 0
  var redecidedCount = 0
  var rounding: SketchRounding
  /// Changes the speed, never the result.
  private var blockRows = 16
  /// Whether products are left to the threads of BLAS.
  var usesThreads = false
  /// The largest block.
  var mostRows: Int?
  /// The largest block where nothing is said.
  static let usualRows = 128

  init(_ parameters: SketchParameters, shift: [Double], cutoff: Double?) {
    self.parameters = parameters
    self.shift = shift
    self.cutoff = cutoff
    kernels = Kernels(parameters, columns: shift.count)
    rounding = SketchRounding(columns: shift.count)
    numClusters = parameters.initialNumClusters
    centroids = SketchCentroids(columns: shift.count, capacity: 64, kernels: kernels)
  }

  var columns: Int { shift.count }

  /// What a pass over points or centroids does with them.
  struct Pass {
    /// Decide about those that come.
    let draws: Draws
    /// The number of the draw for the first of them.
    let firstDraw: Int
    /// Whether each of them is a point of the stream.
    var countsPoints = false
    /// Whether the sketch may collapse meanwhile.
    var mayCollapse = true
    /// Weight times squared distance of each when it was decided, where they are kept.
    var ratios: [Double]?
  }

  /// Takes everything that comes, in blocks.
  ///
  /// - Complexity: O(n m d) for m centroids.
  mutating func take<Source: SketchSource>(_ source: Source, _ pass: inout Pass) {
    var next = 0
    var scratch: SketchScratch?
    while next < source.count {
      let most = mostRows ?? Self.usualRows
      // A collapse loses the products of the points behind it; bytes are those of sixteen points anyway.
      let least = kernels.filter == nil ? 1 : FilterShape.lanes
      blockRows = min(blockRows, most)
      let range = next..<min(source.count, next + blockRows)
      let room = centroids.count + range.count
      if !isKnownUniquelyReferenced(&centroids) || room > centroids.capacity {
        let capacity = room > centroids.capacity ? 2 * room : centroids.capacity
        centroids = centroids.copy(capacity: capacity, kernels: kernels)
      }
      let block = scratch.flatMap { fits($0, range.count) ? $0 : nil } ?? makeScratch(source.count)
      scratch = block
      let taken = take(range, of: source, block, &pass)
      next += taken
      blockRows = taken < range.count ? max(least, blockRows / 2) : min(most, blockRows * 2)
    }
  }

  /// Keeps the centroids in another frame from now on.
  ///
  /// - Complexity: O(m d).
  mutating func move(to frame: [Double]) {
    let source = entries(in: frame)
    let moved = SketchCentroids(
      columns: columns, capacity: centroids.capacity, kernels: kernels)
    let scratch = makeScratch(source.count)
    for block in Stripes.blocks(of: 0..<source.count, limit: scratch.rows) {
      source.load(block, into: scratch)
      for row in 0..<block.count {
        let entry = source.entry(block.lowerBound + row, squaredNorm: scratch.squaredNorms[row])
        _ = moved.append(
          scratch.shifted + row * columns, rounded: scratch.rounded + row * columns, entry)
      }
    }
    (shift, centroids) = (frame, moved)
  }

  private func fits(_ scratch: SketchScratch, _ rows: Int) -> Bool {
    guard scratch.rows >= rows else { return false }
    return switch scratch.work {
    case .products(let work): work.width >= centroids.width
    case .bytes(let work): work.capacity >= centroids.capacity
    }
  }

  private func makeScratch(_ count: Int) -> SketchScratch {
    let rows = min(mostRows ?? Self.usualRows, count)
    let work: SketchScratch.Work =
      kernels.filter == nil
      ? .products(ProductScratch(rows: rows, columns: columns, width: centroids.capacity))
      : .bytes(ByteScratch(columns: columns, capacity: centroids.capacity))
    return SketchScratch(rows: rows, columns: columns, work: work)
  }

  /// Takes a block.
  ///
  /// - Returns: how many of its points were taken: a collapse ends a block.
  private mutating func take<Source: SketchSource>(
    _ range: Range<Int>, of source: Source, _ scratch: SketchScratch, _ pass: inout Pass
  ) -> Int {
    source.load(range, into: scratch)
    switch scratch.work {
    case .products(let work):
      var block = ProductBlock(
        centroids, scratch, work, kernels, rows: range.count, usesThreads: usesThreads)
      return take(range, of: source, scratch, &block, &pass)
    case .bytes(let work):
      var block = ByteBlock(centroids, scratch, work, kernels, rows: range.count)
      return take(range, of: source, scratch, &block, &pass)
    }
  }

  @inline(__always)
  private mutating func take<Source: SketchSource, Block: SketchBlock>(
    _ range: Range<Int>, of source: Source, _ scratch: SketchScratch, _ block: inout Block,
    _ pass: inout Pass
  ) -> Int {
    for row in 0..<range.count {
      let number = range.lowerBound + row
      let entry = source.entry(number, squaredNorm: scratch.squaredNorms[row])
      if pass.countsPoints { pointCount += 1 }
      guard entry.weight > 0 else { continue }
      guard centroids.count > 0 else {
        if cutoff == nil { lightest = min(lightest, entry.weight) }
        block.found(row, entry)
        pass.ratios?.append(.infinity)
        continue
      }
      let (slot, distance) = block.nearest(row)
      pass.ratios?.append(entry.weight * distance)
      let draw = pass.draws.uniform(pass.firstDraw + number)
      guard isNew(entry.weight, distance, draw) else {
        block.merge(row, entry, into: slot, squaredDistance: distance, &rounding)
        continue
      }
      block.found(row, entry)
      if pass.mayCollapse, isTooLarge {
        block.end()
        redecidedCount += block.redecided
        collapse()
        return row + 1
      }
    }
    block.end()
    redecidedCount += block.redecided
    return range.count
  }

  /// Whether a point becomes a centroid: with the probability w d / f.
  @inline(__always)
  private mutating func isNew(_ weight: Double, _ distance: Double, _ draw: Double) -> Bool {
    if let cutoff { return draw * cutoff < weight * distance }
    return isFirst(weight, distance, draw)
  }

  /// The same while no cutoff is known: the first distance above 0 makes one.
  @inline(never)
  private mutating func isFirst(_ weight: Double, _ distance: Double, _ draw: Double) -> Bool {
    lightest = min(lightest, weight)
    guard distance > 0 else { return false }
    let first = Self.cutoff(squaredDistance: distance, weight: lightest)
    cutoff = first
    return draw * first < weight * distance
  }

  /// The cutoff at which a point of some weight certainly becomes a centroid at a squared distance: never 0
  /// or infinite, so that it can grow and points can reach it.
  ///
  /// The rule compares cutoffs with weights times squared distances. A cutoff that begins as this, for the
  /// lightest of the points, has no unit of weight of its own and is too large for none of them.
  static func cutoff(squaredDistance: Double, weight: Double) -> Double {
    min(max(squaredDistance * weight, .leastNonzeroMagnitude), .greatestFiniteMagnitude)
  }

  private var isTooLarge: Bool {
    Double(centroids.count) > parameters.clusterOvershoot * Double(numClusters)
  }
}
