internal import KMeansKernelTypes

/// A block of points that are searched for one after the other, by a searcher that may miss the
/// nearest centroid. Everything else is as in the other blocks: where the searcher compares all,
/// the sketch has the same bits.
///
/// A centroid is a slot that never changes hands, so that whatever the searcher finds, all weight
/// is kept.
struct SearchedBlock: SketchBlock {
  private let centroids: SketchMemory
  private let searcher: any CentroidSearcher
  private let points: SketchScratch
  private let move: SketchKernels.MoveCentroid
  private let work: SearchedWork

  /// The number of points that bounds could not decide: there are no bounds.
  var redecided: Int { 0 }

  static func makeWork(rows: Int, columns: Int, capacity: Int) -> SearchedWork {
    SearchedWork(columns: columns)
  }

  static func hasRoom(_ work: SearchedWork, for centroids: SketchMemory) -> Bool { true }

  init(
    _ centroids: SketchMemory, _ caches: SearchedCentroidCaches, _ points: SketchScratch,
    _ work: SearchedWork, _ kernels: Sketcher.Kernels, rows: Int, threads: Int
  ) {
    (self.centroids, self.points, self.work) = (centroids, points, work)
    searcher = caches.searcher
    move = kernels.sketch.moveCentroid
  }

  @inline(__always)
  func nearest(_ row: Int) -> (slot: Int, squaredDistance: Double) {
    searcher.nearest(to: point(row), among: centroids.searched)
  }

  func found(_ row: Int, _ entry: SketchEntry) {
    let slot = centroids.append(point(row), entry)
    searcher.appeared(slot, among: centroids.searched)
  }

  @inline(__always)
  func merge(
    _ row: Int, _ entry: SketchEntry, into slot: Int, squaredDistance: Double,
    _ rounding: inout SketchRounding
  ) {
    _ = centroids.merge(
      point(row), entry, into: slot, squaredDistance: squaredDistance, move, rounded: work.rounded,
      &rounding)
    searcher.moved(slot, among: centroids.searched)
  }

  @inline(__always)
  private func point(_ row: Int) -> UnsafePointer<Double> {
    UnsafePointer(points.shifted + row &* centroids.columns)
  }

  func end() {}
}

/// Memory for a block that is searched.
final class SearchedWork {
  /// Room for a centroid rounded to Float, which nobody reads [columns].
  let rounded: UnsafeMutablePointer<Float>
  private let arena = ScratchArena()

  init(columns: Int) { rounded = arena.take(columns) }
}
