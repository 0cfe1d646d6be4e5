internal import KMeansKernelTypes

// What comes to a sketch from outside.
extension Sketcher {
  /// Adds points, which have been checked.
  ///
  /// - Complexity: O(n m d) for m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  mutating func add<Scalar: ClusteringScalar>(_ points: WeightedRows<Scalar>) {
    let source = SketchPoints(
      points: points, shift: shift,
      kernels: .compiled(for: parameters.instructionSet ?? .best))
    var pass = Pass(
      draws: Draws(seed: parameters.seed, purpose: .sketch), firstDraw: pointCount,
      countsPoints: true)
    withThreads { $0.take(source, &pass) }
  }

  /// Adds the centroids of another sketch, in the order of its slots, as Mahout's reducer does: at the
  /// smaller cutoff of both, by the same rule.
  ///
  /// - Complexity: O(m1 m2 d).
  mutating func merge(_ other: Sketcher) {
    pointCount += other.pointCount
    redecidedCount += other.redecidedCount
    rounding.add(other.rounding)
    numClusters = max(numClusters, other.numClusters)
    lightest = min(lightest, other.lightest)
    if let cutoff, let theirs = other.cutoff { self.cutoff = min(cutoff, theirs) }
    cutoff = cutoff ?? other.cutoff
    let source = other.entries(in: shift, instructionSet: parameters.instructionSet ?? .best)
    var pass = Pass(
      draws: Draws(seed: parameters.seed, purpose: .sketchMerge), firstDraw: mergedCount)
    mergedCount += source.count
    withThreads { $0.take(source, &pass) }
  }

  /// The centroids as they look in another frame.
  private func entries(in frame: [Double], instructionSet: InstructionSet) -> SketchedPoints {
    let count = centroids.count * columns
    var places = Array(UnsafeBufferPointer(start: centroids.places, count: count))
    var entries = Array(UnsafeBufferPointer(start: centroids.entries, count: centroids.count))
    if frame != shift {
      for slot in entries.indices {
        var squares = 0.0
        for column in 0..<columns {
          // Two roundings, relative to where it is in the units of the points and in the new frame.
          let place = places[slot * columns + column] + shift[column]
          let new = place - frame[column]
          places[slot * columns + column] = new
          squares += place * place + new * new
        }
        entries[slot].placeError += 2 * Double.unitRoundoff * squares.squareRoot()
      }
    }
    return SketchedPoints(
      places: places, entries: entries, columns: columns,
      kernels: .compiled(for: instructionSet))
  }

  /// Runs something with OpenBLAS at the threads that are asked for; at one where products are small, for
  /// threads that wait for each other at each of them lose much where others want a processor, too.
  private mutating func withThreads(_ body: (inout Sketcher) -> Void) {
    let largest = 2 * Double(numClusters) * Double(columns) * Double(mostRows ?? Self.usualRows)
    let threads = largest < 0x1p24 ? 1 : parameters.threads
    usesThreads = AvailableThreads.count(threads) > 1
    guard let threads else { return body(&self) }
    BLASThreads.limited(to: threads) { body(&self) }
  }
}

// What is known of the centroids.
extension Sketcher {
  /// The places in the frame.
  ///
  /// - Precondition: there is a centroid.
  var places: Matrix<Double> {
    centroids.rows.matrix(of: Array(0..<centroids.count))
  }

  var weights: [Double] { map(\.weight) }

  func map(_ value: (SketchEntry) -> Double) -> [Double] {
    (0..<centroids.count).map { value(centroids.entries[$0]) }
  }
}
