internal import KMeansKernelTypes

/// Memory for sixteen points of a sketch whose centroids are bytes: O(d + centroids).
final class ByteScratch {
  /// How many centroids there is room for.
  let capacity: Int
  let filter: FilterScratch<Double>
  /// Addresses of the sixteen points [16].
  let pointers: UnsafeMutablePointer<UnsafePointer<Double>>
  private let arena = ScratchArena()

  init(columns: Int, capacity: Int) {
    self.capacity = capacity
    let groups = FilterShape.groups(centroids: capacity)
    filter = FilterScratch(columns: columns, groupCount: groups, scoredGroups: groups)
    pointers = arena.take(FilterShape.lanes)
  }
}
