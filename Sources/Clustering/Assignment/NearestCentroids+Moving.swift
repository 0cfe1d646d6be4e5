internal import KMeansKernelTypes

// Centroids that have moved: packed anew, in place where it matters.
extension NearestCentroids {
  /// Moves the centroids in place: no memory is taken unless the old ones are still held elsewhere.
  ///
  /// No row may be assigned before ``pack(forBatch:)``.
  ///
  /// - Parameter body: gets the k x d values to change.
  mutating func move(_ body: (UnsafeMutablePointer<Scalar>) -> Void) {
    fallback = nil
    centroids.withMutableValues(body)
  }

  /// Packs the centroids that were moved, with a shift near the rows of a batch.
  ///
  /// - Complexity: O(k d).
  mutating func pack(forBatch rows: Rows<Scalar>) {
    centering.move(toBatch: rows)
    packed.pack(centroids, centering, bound)
    guard strategy == .filtered else { return }
    filter?.fill(centroids, centering: centering, firstEqual: packed.firstEqual)
    fallback = FusedFallback(centroids, centering: centering, instructionSet: instructionSet)
  }

  /// Groups the centroids of the filter in an order.
  ///
  /// - Complexity: O(k d).
  mutating func group(by order: [Int32]) {
    guard let filter else { return }
    self.filter = FilteringCentroids(
      centroids, centering: centering, firstEqual: packed.firstEqual, kernels: filter.kernels,
      order: order)
  }

  /// Takes centroids that have moved, in the memory of the others where a filter does not look back
  /// at them.
  ///
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package mutating func move(to new: Matrix<Scalar>) {
    precondition(new.rows == centroids.rows && new.columns == centroids.columns)
    guard strategy != .filtered else {
      self = NearestCentroids(
        new, centering: centering, strategy: strategy, instructionSet: instructionSet,
        order: filter?.order, threads: threads)
      return
    }
    centroids = new
    packed.pack(centroids, centering, bound, threads: threads)
  }

  /// The Euclidean distance of each centroid from where it was.
  ///
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func drifts(from before: Matrix<Scalar>) -> [Double] {
    let threads = Self.threadsWorthwhile(threads, values: clusters * centroids.columns)
    return before.withRows { before in
      centroids.withRows { centroids in
        Workers.map(clusters, threads: threads) {
          kernels.directDistance(before[$0], centroids[$0], centroids.columns).squareRoot()
        }
      }
    }
  }

  /// One where waking another takes longer than a pass over so many values.
  static func threadsWorthwhile(_ threads: Int, values: Int) -> Int {
    values < 1 << 20 ? 1 : threads
  }
}
