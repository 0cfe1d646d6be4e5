internal import KMeansKernelTypes
internal import KMeansLinearAlgebra

/// The products of a block of points with all centroids of a sketch, and with each other.
///
/// Whoever computes them, they only rule out: by kernels of ours, which pack only the centroids
/// that moved, or by BLAS where `blas` is asked for.
struct BlockProducts {
  private let caches: SketchCaches
  private let points: SketchScratch
  private let scratch: ProductScratch
  private let kernels: Sketcher.Kernels
  private let rows: Int
  private let columns: Int
  /// The centroids, and with them those that fill up the last vector; and the tiles of them.
  private let (width, tileCount): (Int, Int)
  /// The distance from the products of one row with the centroids to those of the next.
  let stride: Int

  init(
    _ centroids: SketchCentroids, _ points: SketchScratch, _ scratch: ProductScratch,
    _ kernels: Sketcher.Kernels, rows: Int
  ) {
    caches = centroids.caches
    self.points = points
    self.scratch = scratch
    self.kernels = kernels
    self.rows = rows
    columns = centroids.columns
    width = centroids.width
    tileCount = caches.tileCount(centroids.count)
    stride = kernels.usesBLAS || rows == 1 ? width : tileCount * kernels.tileRows
  }

  /// Leaves the products in the scratch.
  ///
  /// - Complexity: O(rows (m + rows) d) for m centroids.
  func multiply(threads: Int) {
    if rows == 1 {
      // One point has no products with others, and is not worth packing.
      kernels.multiplyRow(points.rounded, caches.rounded, width, columns, scratch.tile)
    } else if kernels.usesBLAS {
      multiplyByBLAS()
    } else {
      caches.refreshTiles()
      scratch.groups.fill(
        with: Rows(base: points.rounded, count: rows, columns: columns, stride: columns), sign: -1)
      kernels.packTiles(
        points.rounded, columns, nil, rows, columns, scratch.zeros, scratch.tiles, scratch.norms)
      share(among: threads)
    }
  }

  /// With the threads that OpenBLAS has: `Sketcher.withThreads`.
  private func multiplyByBLAS() {
    if width > 0 {
      BLAS.gemm(
        rows, width, columns, alpha: 1, points.rounded, lda: columns, caches.rounded, ldb: columns,
        transposedB: true, beta: 0, scratch.tile, ldc: stride)
    }
    BLAS.syrk(
      rows, columns, alpha: 1, points.rounded, lda: columns, beta: 0, scratch.gram,
      ldc: scratch.gramStride)
  }

  /// Multiplies the tiles, of points first and then of centroids, on several threads.
  private func share(among threads: Int) {
    let ownTiles = (rows + kernels.tileRows - 1) / kernels.tileRows
    guard threads > 1 else {
      for tile in 0..<ownTiles { multiplyPoints(tile) }
      return multiplyCentroids(0..<tileCount)
    }
    // Threads write to products of different tiles.
    nonisolated(unsafe) let products = self
    Workers.share(ownTiles + tileCount, among: threads, team: scratch.team) { queue in
      while let piece = queue.next() {
        if piece < ownTiles {
          products.multiplyPoints(piece)
        } else {
          products.multiplyCentroids(piece - ownTiles..<piece - ownTiles + 1)
        }
      }
    }
  }

  /// Multiplies a tile of points with all points that come before its end, in whole chunks of
  /// groups: others lie in another order.
  private func multiplyPoints(_ tile: Int) {
    let first = tile * kernels.tileRows
    let chunk = FusedKernels<Float>.chunkGroups * FusedKernels<Float>.groupSize
    let count = (first + kernels.tileRows + chunk - 1) / chunk * chunk
    multiply(
      scratch.tiles + first * columns, 1, count: min(rows, count),
      scratch.gram + first, stride: scratch.gramStride)
  }

  /// Multiplies some tiles of centroids with all points.
  private func multiplyCentroids(_ range: Range<Int>) {
    let first = range.lowerBound * kernels.tileRows
    multiply(
      caches.tiles + first * columns, range.count, count: rows, scratch.tile + first,
      stride: stride)
  }

  private func multiply(
    _ tiles: UnsafePointer<Float>, _ tileCount: Int, count: Int,
    _ products: UnsafeMutablePointer<Float>, stride: Int
  ) {
    let sums =
      FusedKernels<Float>.chunkGroups * FusedKernels<Float>.groupSize * kernels.tileRows
    scratch.groups.values.withUnsafeBufferPointer { groups in
      withUnsafeTemporaryAllocation(of: Float.self, capacity: sums) { sums in
        kernels.sketch.multiplyTiles(
          tiles, tileCount, columns, groups.baseAddress!, count, products, stride,
          sums.baseAddress!)
      }
    }
  }
}
