internal import KMeansKernelTypes

// What comes to a sketch from outside: points, and the centroids of other sketches.
extension Sketcher {
  /// Adds points, which have been checked.
  ///
  /// - Complexity: O(n m d) for m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  mutating func add<Scalar: ClusteringScalar>(_ points: WeightedRows<Scalar>) {
    let source = SketchPoints(
      points: points, shift: state.shift,
      kernels: .compiled(for: parameters.execution.kernels))
    var pass = Pass(
      draws: Draws(seed: parameters.seed, purpose: .sketch), firstDraw: state.pointCount,
      countsPoints: true)
    withThreads { $0.addAll(of: source, &pass) }
  }

  /// Adds the centroids of another sketch, in the order of its slots, as Mahout's reducer does: at
  /// the smaller cutoff of both, by the same rule, and in a frame in which the rows of both keep
  /// their digits.
  ///
  /// Counts and roundings add up in any order. Centroids do not: what comes first is there when the
  /// next one is decided, so merging is neither commutative nor associative, bit for bit.
  ///
  /// - Complexity: O(m1 m2 d).
  mutating func merge(_ other: SketchState) {
    state.takeCounts(of: other)
    let frame = state.frame(with: other)
    if frame != state.shift { move(to: frame) }
    let source = other.entries(in: frame, for: parameters)
    var pass = Pass(
      draws: Draws(seed: parameters.seed, purpose: .sketchMerge), firstDraw: state.mergedCount)
    state.mergedCount += source.count
    withThreads { $0.addAll(of: source, &pass) }
  }

  /// Puts the centroids of another sketch behind the own ones, as they are, in a frame in which the
  /// rows of both keep their digits.
  ///
  /// What is known of each goes with it, so that bounds of the cost add up; the only roundings are
  /// those of another frame. The sketch may then be larger than its size allows: what comes next
  /// collapses it.
  ///
  /// - Complexity: O(m1 d + m2 d).
  mutating func unite(_ other: SketchState) {
    state.takeCounts(of: other)
    state.collapseCount += other.collapseCount
    state.jumpCount += other.jumpCount
    state.mergedCount += other.mergedCount
    let frame = state.frame(with: other)
    if frame != state.shift { move(to: frame) }
    let source = other.entries(in: frame, for: parameters)
    _ = state.makeRoom(for: state.count + source.count)
    append(source, to: state.memory)
    dropCaches()
  }

  /// Keeps the centroids in another frame from now on.
  ///
  /// - Complexity: O(m d).
  private mutating func move(to frame: [Double]) {
    let moved = SketchMemory(columns: columns, capacity: state.memory.capacity)
    append(state.entries(in: frame, for: parameters), to: moved)
    state.move(to: frame, moved)
    dropCaches()
  }

  /// Copies centroids, with their lengths in the frame that they are in.
  private func append(_ source: SketchedPoints, to moved: SketchMemory) {
    guard source.count > 0 else { return }
    let scratch = SketchScratch(rows: min(Self.usualRows, source.count), columns: columns)
    for block in Stripes.blocks(of: 0..<source.count, limit: scratch.rows) {
      source.load(block, into: scratch)
      for row in 0..<block.count {
        let entry = source.entry(block.lowerBound + row, squaredNorm: scratch.squaredNorms[row])
        moved.append(scratch.shifted + row * columns, entry)
      }
    }
  }

  /// The work of a block, in multiplications and additions, from which on threads share it: most of
  /// a millisecond.
  private static var smallestShared: Double { 0x1p23 }

  /// Runs something with the threads that are asked for; with one where products are small, for
  /// threads that wait for each other at each of them lose much where others want a processor, too.
  private mutating func withThreads(_ body: (inout Sketcher) -> Void) {
    let rows = Double(mostRows ?? Self.usualRows)
    let largest = 2 * Double(state.numClusters) * Double(columns) * rows
    let most = mostThreads ?? parameters.execution.threads
    threads = largest < Self.smallestShared ? 1 : AvailableThreads.count(most)
    guard kernels.usesBLAS else { return body(&self) }
    BLASThreads.limited(to: threads) { body(&self) }
  }
}

extension SketchState {
  /// Takes what two sketches know beside their centroids, and the smaller cutoff of both.
  fileprivate mutating func takeCounts(of other: SketchState) {
    pointCount += other.pointCount
    redecidedCount += other.redecidedCount
    rounding.add(other.rounding)
    numClusters = max(numClusters, other.numClusters)
    lightest = min(lightest, other.lightest)
    if let own = cutoff, let theirs = other.cutoff { cutoff = min(own, theirs) }
    cutoff = cutoff ?? other.cutoff
  }
}
