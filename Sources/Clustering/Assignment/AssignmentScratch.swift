/// Memory that one thread needs to assign blocks of rows: O(block rows x (k + d)), allocated once.
///
/// `@unchecked Sendable`: each belongs to one worker.
package final class AssignmentScratch<Scalar: ClusteringScalar>: @unchecked Sendable {
  let rows: Int
  private let columns: Int
  private let width: Int
  let packed: UnsafeMutablePointer<Scalar>
  let tile: UnsafeMutablePointer<Scalar>
  let norms: UnsafeMutablePointer<Scalar>
  let best: UnsafeMutablePointer<Scalar>
  let second: UnsafeMutablePointer<Scalar>
  let labels: UnsafeMutablePointer<Int32>
  let distances: UnsafeMutablePointer<Double>
  /// Room for all centroids of one row.
  let indices: UnsafeMutablePointer<Int32>
  var candidates: [Int32] = []
  private let memory: UnsafeMutableRawPointer

  /// Scratch for blocks of at most `rows` rows of `columns` values against `width` centroids.
  package init(rows: Int, columns: Int, width: Int) {
    self.rows = rows
    self.columns = columns
    self.width = width
    let scalar = MemoryLayout<Scalar>.stride
    // Each part starts on a cache line.
    let sizes = [
      rows * columns * scalar, rows * width * scalar, rows * scalar, rows * scalar, rows * scalar,
      rows * 4, rows * 8, width * 4,
    ].map { ($0 + 63) / 64 * 64 }
    memory = .allocate(byteCount: sizes.reduce(0, +), alignment: 64)
    var next = memory
    func part<T>(_ index: Int, _ type: T.Type) -> UnsafeMutablePointer<T> {
      defer { next += sizes[index] }
      return next.bindMemory(to: T.self, capacity: sizes[index] / MemoryLayout<T>.stride)
    }
    packed = part(0, Scalar.self)
    tile = part(1, Scalar.self)
    norms = part(2, Scalar.self)
    best = part(3, Scalar.self)
    second = part(4, Scalar.self)
    labels = part(5, Int32.self)
    distances = part(6, Double.self)
    indices = part(7, Int32.self)
  }

  deinit { memory.deallocate() }

  /// Whether this is scratch of a shape.
  func fits(rows: Int, columns: Int, width: Int) -> Bool {
    (rows, columns, width) == (self.rows, self.columns, self.width)
  }
}
