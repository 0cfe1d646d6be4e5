// No kernel reads or writes behind its buffers: each of them ends where memory ends.
import Clustering
import KMeansKernelTypes
import Testing

private let shapes = [1, 2, 3, 5, 7, 8, 9, 15, 16, 17, 31, 33, 65].flatMap { d in
  [1, 4, 7, 64, 65].map { (rows: $0, columns: d) }
}

@Suite struct GuardPageTests {
  @Test(arguments: InstructionSet.available)
  func `kernels stay within their buffers`(isa: InstructionSet) async {
    // A process of its own: what goes too far ends it.
    await #expect(processExitsWith: .success) { [isa] in
      try run(isa, Float.self)
      try run(isa, Double.self)
    }
  }
}

private func run<Scalar: ClusteringScalar>(_ isa: InstructionSet, _ type: Scalar.Type) throws {
  let kernels = KernelSet<Scalar>.compiled(for: isa)
  for (n, d) in shapes {
    let rows = guarded((0..<n * d).map { Scalar($0 % 11) })
    let shift = guarded(d, of: Scalar(1))
    rowKernels(kernels, rows, shift, n, d)
    fusedKernels(kernels, isa, rows, shift, n, d)
  }
  for n in [1, 7, 8, 9, 15, 16, 17, 40] { intervalKernels(kernels, n) }
}

private func intervalKernels<Scalar>(_ kernels: KernelSet<Scalar>, _ n: Int) {
  let stride = n + 1
  let sums = guarded((0..<6 * stride).map { Double($0 % stride) })
  let costs = guarded(2 * stride, of: 1.0)
  for first in 0..<n {
    let values = guarded(2, of: 0.0)
    precondition(kernels.cheapestStart(sums, stride, costs, first, n - first, n, values) < n)
  }
  if n > 7 {
    let (starts, values) = (guarded(8, of: Int32(0)), guarded(16, of: 0.0))
    kernels.cheapestStarts(sums, stride, costs, 0, n, n - 7, starts, values)
  }
  let starts = guarded((0..<n).map { Int32($0) })
  let (totals, rests) = (guarded(n, of: 0.0), guarded(n, of: 0.0))
  kernels.intervalCosts(sums, stride, costs, starts, n, 1, 1, totals, rests)
  kernels.intervalCosts(sums, stride, costs, starts, n, n, 0, totals, rests)
}

private func rowKernels<Scalar: ClusteringScalar>(
  _ kernels: KernelSet<Scalar>, _ rows: UnsafeMutablePointer<Scalar>,
  _ shift: UnsafeMutablePointer<Scalar>, _ n: Int, _ d: Int
) {
  let packed = guarded(n * d, of: Scalar(0))
  let norms = guarded(n, of: Scalar(0))
  kernels.pack(rows, d, n, d, shift, packed, norms)

  let width = 64 / MemoryLayout<Scalar>.stride
  let tile = guarded(n * width, of: Scalar(1))
  let low = guarded(width, of: Scalar(2))
  let labels = guarded(n, of: Int32(0))
  let (best, second) = (guarded(n, of: Scalar(0)), guarded(n, of: Scalar(0)))
  kernels.nearestTwo(tile, width, n, width, low, labels, best, second)
  let indices = guarded(width, of: Int32(0))
  precondition(kernels.scoresAtMost(tile, width, low, 5, indices) == width)

  for row in 0..<n { labels[row] = Int32(row) }
  let distances = guarded(n, of: Double(0))
  precondition(kernels.directDistance(rows + (n - 1) * d, rows + (n - 1) * d, d) == 0)
  kernels.directDistances(rows, d, n, d, rows, labels, distances)
  let sumStride = (d + 2 + 7) / 8 * 8
  let sums = guarded(n * sumStride, of: Double(0))
  let weights = guarded(n, of: Double(2))
  kernels.accumulate(rows, d, n, d, labels, weights, sums, sumStride)
  kernels.accumulate(rows, d, n, d, labels, nil, sums, sumStride)
  let stride = (d + 7) / 8 * 8
  let (exact, rests) = (guarded(stride, of: 0.0), guarded(stride, of: 0.0))
  kernels.addExactly(
    rows + (n - 1) * d, d, 1, 0x1.8p20, exact, rests, rows + (n - 1) * d)
  let others = guarded((0..<n).map { Int32(n - 1 - $0) })
  let allSums = guarded(2 * n * sumStride, of: 0.0)
  kernels.moveExactly(
    rows, d, labels, others, labels, n, d, 0x1.8p20, allSums, sumStride, n * sumStride)
  let (gaps, spent) = (guarded(n, of: Float(0)), guarded(n, of: Float(1)))
  precondition(kernels.unprunedRows(labels, gaps, spent, n, n, 0, others) == n)
  let (range, means) = (guarded([0, .infinity, 1, 1]), guarded(d, of: 0.0))
  kernels.valueRange(rows, d, n, d, 1e9, range)
  var weight = 0.0
  kernels.updateMoments(rows, d, n, d, weights, &weight, means, guarded(d, of: 0.0))
  let (first, squares) = (guarded(n * stride, of: 0.0), guarded(n * stride, of: 0.0))
  kernels.accumulateMoments(
    rows, d, n, d, rows, d, labels, weights, first, squares, stride)

  let (center, shifted) = (guarded(d, of: Double(1)), guarded(n * d, of: Double(0)))
  let (rounded, squaredNorms) = (
    guarded(n * d, of: Float(0)), guarded(n, of: Double(0))
  )
  kernels.shiftRows(
    rows, d, n, d, center, shifted, rounded, squaredNorms)

  let count = n / 4 * 4
  let products = guarded(count, of: Scalar(0))
  kernels.multiplyRow(shift, rows, count, d, products)
}

private func fusedKernels<Scalar: ClusteringScalar>(
  _ kernels: KernelSet<Scalar>, _ isa: InstructionSet, _ rows: UnsafeMutablePointer<Scalar>,
  _ shift: UnsafeMutablePointer<Scalar>, _ n: Int, _ d: Int
) {
  let tiles = (n + kernels.fused.tileRows - 1) / kernels.fused.tileRows
  let padded = tiles * kernels.fused.tileRows
  let packed = guarded(padded * d, of: Scalar(0))
  let norms = guarded(padded, of: Scalar(0))
  let list = guarded((0..<n).reversed().map { Int32($0) })
  kernels.fused.packTiles(rows, d, nil, n, d, shift, packed, norms)
  kernels.fused.packTiles(rows, d, list, n, d, shift, packed, norms)
  let size = FusedKernels<Scalar>.groupSize
  let (groups, low) = (
    guarded(2 * size * d, of: Scalar(1)), guarded(2 * size, of: Scalar(0))
  )
  let labels = guarded(padded, of: Int32(0))
  let (best, second) = (guarded(padded, of: Scalar(0)), guarded(padded, of: Scalar(0)))
  let sums = guarded(8 * size * kernels.fused.tileRows, of: Scalar(0))
  kernels.fused.nearest(
    packed, tiles, d, groups, 2, low, labels, best, second, sums, rows,
    n * d * MemoryLayout<Scalar>.stride)
  let products = guarded(n * padded, of: Float(0))
  let negated = guarded((n + 5) / 6 * 6 * d, of: Float(1))
  let (floats, floatSums) = (
    guarded(padded * d, of: Float(1)), guarded(48 * kernels.fused.tileRows, of: Float(0))
  )
  if Scalar.self == Float.self {
    SketchKernels.compiled(for: isa).multiplyTiles(
      floats, tiles, d, negated, n, products, padded, floatSums)
  }
}
