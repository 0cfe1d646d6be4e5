import Clustering

/// Rows of a matrix, to be read as often as anyone likes.
struct MatrixSource<Scalar: ClusteringScalar>: RewindableRowSource, Sendable {
  let points: Matrix<Scalar>
  /// How often the rows were read from the start.
  private(set) var readings = 0
  private var next = 0
  private let onRead: @Sendable (Int) -> Void

  /// - Parameter onRead: learns how many rows have been read.
  init(_ points: Matrix<Scalar>, onRead: @escaping @Sendable (Int) -> Void = { _ in }) {
    self.points = points
    self.onRead = onRead
  }

  var columns: Int { points.columns }

  mutating func rewind() {
    next = 0
    readings += 1
  }

  mutating func read(into rows: inout OutputSpan<Scalar>) {
    while next < points.rows, rows.freeCapacity >= columns {
      for column in 0..<columns { rows.append(points[next, column]) }
      next += 1
    }
    onRead(next)
  }
}
