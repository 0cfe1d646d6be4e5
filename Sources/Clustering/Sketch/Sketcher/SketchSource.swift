internal import KMeansKernelTypes

/// Something that comes to a sketch: points of a stream, or the centroids of a sketch.
protocol SketchSource {
  var count: Int { get }
  /// Brings some of it into the frame of the sketch.
  func load(_ range: Range<Int>, into scratch: SketchScratch)
  /// The record of one.
  func entry(_ number: Int, squaredNorm: Double) -> SketchEntry
}

/// Points of a stream.
struct SketchPoints<Scalar: ClusteringScalar>: SketchSource {
  let points: WeightedRows<Scalar>
  let shift: [Double]
  let kernels: KernelSet<Scalar>

  var count: Int { points.count }

  func load(_ range: Range<Int>, into scratch: SketchScratch) {
    let rows = points.rows[range]
    shift.withUnsafeBufferPointer { shift in
      kernels.shiftRows(
        rows.base, rows.stride, rows.count, rows.columns, shift.baseAddress!, scratch.shifted,
        scratch.rounded, scratch.squaredNorms)
    }
  }

  @inline(__always)
  func entry(_ number: Int, squaredNorm: Double) -> SketchEntry {
    SketchEntry(weight: points.weight(number), squaredNorm: squaredNorm)
  }
}

/// Centroids of a sketch, in the frame of the one that they come to.
struct SketchedPoints: SketchSource {
  let coordinates: [Double]
  let entries: [SketchEntry]
  private let origin: [Double]
  private let kernels: KernelSet<Double>

  init(
    coordinates: [Double], entries: [SketchEntry], columns: Int, kernels: KernelSet<Double>
  ) {
    self.coordinates = coordinates
    self.entries = entries
    self.kernels = kernels
    origin = Array(repeating: 0, count: columns)
  }

  /// Some centroids in an order.
  init(_ memory: SketchMemory, order: [Int], kernels: KernelSet<Double>) {
    let columns = memory.columns
    var coordinates: [Double] = []
    coordinates.reserveCapacity(order.count * columns)
    for slot in order {
      coordinates.append(
        contentsOf: UnsafeBufferPointer(start: memory.coordinates + slot * columns, count: columns))
    }
    self.init(
      coordinates: coordinates, entries: order.map { memory.entries[$0] }, columns: columns,
      kernels: kernels)
  }

  var count: Int { entries.count }

  func load(_ range: Range<Int>, into scratch: SketchScratch) {
    let columns = origin.count
    coordinates.withUnsafeBufferPointer { coordinates in
      origin.withUnsafeBufferPointer { origin in
        kernels.shiftRows(
          coordinates.baseAddress! + range.lowerBound * columns, columns, range.count, columns,
          origin.baseAddress!, scratch.shifted, scratch.rounded, scratch.squaredNorms)
      }
    }
  }

  func entry(_ number: Int, squaredNorm: Double) -> SketchEntry {
    var entry = entries[number]
    // In another frame it has another length.
    entry.squaredNorm = squaredNorm
    return entry
  }
}
