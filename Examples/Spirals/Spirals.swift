// Clusters rows that are computed on the fly, and never all in memory; a cursor of a database or a
// socket looks the same.
import Clustering

@main
enum Spirals {
  static func main() throws {
    var spiral = Spiral(length: 100_000)
    // Each pass asks for the rows anew.
    let model = try KMeans(clusterCount: 8, seed: 3).fit(rereading: &spiral)
    print("inertia \(model.inertia) after \(model.iterations) iterations")

    // What comes once is enough for a sketch.
    spiral.rewind()
    var sketch = StreamingSketch<Double>(clusterCount: 8, seed: 3)
    try sketch.add(all: &spiral)
    let once = try BallKMeans(clusterCount: 8, seed: 3).fit(sketch)
    print(
      "read once: \(sketch.pointCount) rows, at most \(sketch.costBounds(for: once.centroids).upperBound)"
    )
  }
}

/// The points of a spiral.
struct Spiral: RewindableRowSource {
  typealias Scalar = Double
  let columns = 2
  let length: Int
  private var next = 0

  init(length: Int) { self.length = length }

  /// Appends whole rows while there is room; appending none says that this is the end.
  mutating func read(into rows: inout OutputSpan<Double>) {
    while next < length, rows.freeCapacity >= columns {
      let turn = Double(next) * 0.001
      rows.append(turn)
      rows.append(1 / (1 + turn))
      next += 1
    }
  }

  /// Only what reads more than once asks for this; a pipe is a `RowSource` without it.
  mutating func rewind() { next = 0 }
}
