internal import KMeansKernelTypes

/// The way in which a sketch looks for the nearest centroid where it does not compare all.
struct SketchSearch: Sendable {
  private let searcher: SketchParameters.Searcher
  /// The directions of the projections: the same for every searcher of a sketch.
  private let basis: RandomBasis

  /// - Returns: `nil` where the search is exact.
  /// - Complexity: O(d) for each projection.
  init?(_ parameters: SketchParameters, columns: Int) {
    searcher = parameters.searcher
    let count: Int
    switch searcher {
    case .brute: return nil
    case .projection(let projections, _), .fastProjection(let projections, _): count = projections
    case .hashing: count = HashLimit.signCount
    }
    let kernels = KernelSet<Double>.compiled(for: parameters.execution.kernels)
    basis = RandomBasis(
      count: count, columns: columns, seed: parameters.seed, multiplyRow: kernels.multiplyRow)
  }

  /// A searcher of the centroids in some memory, for its capacity.
  func searcher(of memory: SketchMemory, _ distance: CentroidDistance) -> any CentroidSearcher {
    let (centroids, capacity) = (memory.searched, memory.capacity)
    return switch searcher {
    case .brute: BruteSearcher(distance)
    case .projection(_, let size):
      ProjectionSearcher(centroids, capacity: capacity, basis, searchSize: size, distance)
    case .fastProjection(_, let size):
      FastProjectionSearcher(centroids, capacity: capacity, basis, searchSize: size, distance)
    case .hashing(let size):
      HashSearcher(centroids, capacity: capacity, basis, searchSize: size, distance)
    }
  }
}

/// The searcher of a sketch: what it knows of the centroids follows from these and their marks.
final class SearchedCentroidCaches: CentroidCaches {
  let searcher: any CentroidSearcher

  init(_ memory: SketchMemory, _ kernels: Sketcher.Kernels) {
    let distance = CentroidDistance(kernel: kernels.directDistance)
    searcher = kernels.search?.searcher(of: memory, distance) ?? BruteSearcher(distance)
  }
}
