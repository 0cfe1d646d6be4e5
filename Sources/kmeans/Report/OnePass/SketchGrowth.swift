import Clustering
import KMeansFiles
import VectorIO

/// A sketch in the making, and how it grew.
struct GrowingSketch<Scalar: ClusteringScalar> {
  private(set) var sketch: StreamingSketch<Scalar>
  private(set) var steps: [SketchStep] = []
  /// Rows that were handed to it.
  private(set) var rows = 0
  /// When the next step is noted.
  private var next: Int

  init(_ parameters: SketchParameters) {
    sketch = StreamingSketch(parameters)
    // Before, the first rows wait, and asking would sketch them.
    next = 1001
    if parameters.measuresRows { next = SketchParameters.rowsToStandardizeBy + 1001 }
  }

  /// Adds the points of a block, in slices: they end where a step is noted. The sketch is the same
  /// for any.
  mutating func add(_ blocks: borrowing PointBlocks<Scalar>) throws {
    let weights = blocks.weights
    let count = blocks.view.rows
    var start = 0
    while start < count {
      let end = min(count, start + max(1, next - rows))
      try add(blocks, start..<end, weights)
      rows += end - start
      start = end
      if rows >= next { note() }
    }
  }

  private mutating func add(
    _ blocks: borrowing PointBlocks<Scalar>, _ slice: Range<Int>, _ weights: [Double]?
  ) throws {
    let locator = blocks.locator
    try locator.onError { () throws(ClusteringError) in
      do throws(ClusteringError) {
        if let weights {
          try sketch.add(blocks.view.rows(slice), weights: weights.span.extracting(slice))
        } else {
          try sketch.add(blocks.view.rows(slice))
        }
      } catch {
        throw error.mappingRows { slice.lowerBound + $0 }
      }
    }
  }

  /// Ends the pass.
  mutating func finish() throws(ClusteringError) {
    sketch = try sketch.begun()
    if steps.last?.points != sketch.pointCount { note() }
  }

  /// Notes what the sketch is like; steps are five percent apart, for what happens, happens by the
  /// logarithm of the number of points.
  private mutating func note() {
    steps.append(
      SketchStep(
        points: rows, cutoff: sketch.distanceCutoff, centroids: sketch.weights.count,
        wanted: sketch.numClusters, collapses: sketch.collapseCount))
    next = rows + max(1, rows / 20)
  }
}

/// What a sketch was like after so many points.
struct SketchStep: Sendable {
  let points: Int
  let cutoff: Double?
  let centroids: Int
  /// About how many centroids there were to be.
  let wanted: Int
  let collapses: Int
}
