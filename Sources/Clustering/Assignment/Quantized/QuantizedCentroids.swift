internal import KMeansCLanes
internal import KMeansKernelTypes

/// Centroids as the filter's kernels read them: bytes in groups of six, with the errors of each.
///
/// The names are those of `findThresholds`: c' = c - m is a centroid less the shift, c^ its bytes
/// times its scale, f = c' - c^.
///
/// `@unchecked Sendable`: only its single owner fills it; after that it is only read.
final class QuantizedCentroids<Scalar: ClusteringScalar>: @unchecked Sendable {
  let columns: Int
  /// Words of four columns.
  let words: Int
  /// Groups, of which the last ones may be there to fill up a multiple of four.
  let groupCount: Int
  /// Groups with slots of centroids.
  let filledGroups: Int
  /// The groups, one after another, in the layout of `filterGroups`.
  let groups: UnsafeMutablePointer<Int32>
  /// The centroid of each slot; -1 where there is none, or one with the same values as a lower one.
  let labels: UnsafeMutablePointer<Int32>
  /// N of each centroid: at least |c'|, and rho N is at least |f|.
  let normBounds: UnsafeMutablePointer<Float>
  /// The least N of each group.
  let leastNormBounds: UnsafeMutablePointer<Float>
  /// The largest rho N of each group.
  let groupErrors: UnsafeMutablePointer<Float>
  /// The numbers of all groups.
  let everyGroup: UnsafeMutablePointer<Int32>
  /// The bound of |f|/|c'| for nine centroids in ten: so one bad one does not loosen the bounds of
  /// the others.
  private(set) var rho: Float = 0x1p-7
  /// The number of centroids that there is room for.
  let capacity: Int
  private let kernels: FilterKernels<Scalar>
  private let work: UnsafeMutablePointer<Float>
  private let bytes: UnsafeMutablePointer<Int8>
  private let quantization: UnsafeMutablePointer<Float>
  private let arena = ScratchArena()

  init(capacity: Int, columns: Int, kernels: FilterKernels<Scalar>) {
    filledGroups = (capacity + FilterShape.groupSize - 1) / FilterShape.groupSize
    let groupCount = FilterShape.groups(centroids: capacity)
    self.capacity = capacity
    self.columns = columns
    self.kernels = kernels
    self.groupCount = groupCount
    words = FilterShape.words(columns: columns)
    groups = arena.take(groupCount * FilterShape.groupStride(words: words))
    labels = arena.take(groupCount * FilterShape.groupSize)
    normBounds = arena.take(capacity)
    leastNormBounds = arena.take(groupCount)
    groupErrors = arena.take(groupCount)
    everyGroup = arena.take(groupCount)
    for group in 0..<groupCount { everyGroup[group] = Int32(group) }
    let width = FilterShape.workColumns(columns)
    work = arena.take(width)
    bytes = arena.take(capacity * width)
    quantization = arena.take(capacity * FilterShape.quantization)
  }

  /// Takes other centroids.
  ///
  /// - Parameters:
  ///   - rows: at most as many as there is room for; the slots beyond never win.
  ///   - firstEqual: the lowest centroid with the same values as each; `nil` where all of them
  ///     count.
  ///   - order: the centroids slot by slot; `nil` for their own order.
  /// - Complexity: O(k d).
  func fill(
    _ rows: Rows<Scalar>, shift: UnsafePointer<Scalar>, firstEqual: [Int32]?, order: [Int32]?
  ) {
    let count = rows.count
    precondition(count <= capacity && rows.columns == columns)
    for row in 0..<count { quantize(rows[row], shift: shift, as: row) }
    if count > 0 { rho = rho(of: count) }
    for row in 0..<count { measureNormBound(of: row) }
    let size = FilterShape.groupSize
    for group in 0..<groupCount {
      for slot in 0..<size {
        let place = group * size + slot
        let centroid = place < count ? Int(order?[place] ?? Int32(place)) : -1
        let wins = centroid >= 0 && firstEqual.map { $0[centroid] == Int32(centroid) } ?? true
        put(wins ? centroid : nil, in: place)
      }
      measure(group: group)
    }
  }

  /// Takes one other centroid, whose slot has its number, with rho as it is.
  ///
  /// - Complexity: O(d).
  func replace(_ centroid: Int, with row: UnsafePointer<Scalar>, shift: UnsafePointer<Scalar>) {
    quantize(row, shift: shift, as: centroid)
    measureNormBound(of: centroid)
    put(centroid, in: centroid)
    measure(group: centroid / FilterShape.groupSize)
  }

  /// Makes the centroid of a slot, which has its number, never win.
  func remove(_ centroid: Int) {
    put(nil, in: centroid)
    measure(group: centroid / FilterShape.groupSize)
  }

  private func quantize(
    _ row: UnsafePointer<Scalar>, shift: UnsafePointer<Scalar>, as centroid: Int
  ) {
    kernels.quantizeRow(
      row, columns, shift, work, bytes + centroid &* FilterShape.workColumns(columns),
      quantization + centroid &* FilterShape.quantization, 1)
  }

  private func rho(of count: Int) -> Float {
    var shares = (0..<count).map { row in
      let quantization = quantization + row * FilterShape.quantization
      let error = quantization[KMEANS_QUANTIZATION_ERROR]
      return error.isFinite ? error / (error + quantization[KMEANS_QUANTIZATION_LENGTH]) : 1
    }
    shares.sort()
    return max(shares[(count - 1) * 9 / 10], 0x1p-12)
  }

  private func measureNormBound(of centroid: Int) {
    let quantization = quantization + centroid &* FilterShape.quantization
    let error = quantization[KMEANS_QUANTIZATION_ERROR]
    // |c'| <= |c^| + |f|; each step rounds by 2^-24.
    let bound = max(error + quantization[KMEANS_QUANTIZATION_LENGTH], error / rho)
    normBounds[centroid] = quantization[KMEANS_QUANTIZATION_SCALE] * bound * (1 + 0x1p-20)
  }

  /// Writes a centroid, or one that never wins, into a slot.
  private func put(_ centroid: Int?, in place: Int) {
    let size = FilterShape.groupSize
    let (number, slot) = place.quotientAndRemainder(dividingBy: size)
    let group = groups + number &* FilterShape.groupStride(words: words)
    labels[place] = centroid.map { Int32(truncatingIfNeeded: $0) } ?? -1
    let integers = group + size * words
    let floats = UnsafeMutableRawPointer(integers).assumingMemoryBound(to: Float.self)
    guard let centroid else {
      for word in 0..<words { group[word &* size &+ slot] = 0 }
      integers[KMEANS_GROUP_STARTS * size + slot] = 0
      floats[KMEANS_GROUP_SCALES * size + slot] = 0
      floats[KMEANS_GROUP_NORM_BOUNDS * size + slot] = 0
      floats[KMEANS_GROUP_HALVES * size + slot] = .greatestFiniteMagnitude
      return
    }
    let quantization = quantization + centroid * FilterShape.quantization
    let source = UnsafeRawPointer(bytes + centroid * FilterShape.workColumns(columns))
      .assumingMemoryBound(to: Int32.self)
    for word in 0..<words { group[word &* size &+ slot] = source[word] }
    let sum = Int32(quantization[KMEANS_QUANTIZATION_SUM])
    integers[KMEANS_GROUP_STARTS * size + slot] = -128 * sum
    floats[KMEANS_GROUP_SCALES * size + slot] = quantization[KMEANS_QUANTIZATION_SCALE]
    floats[KMEANS_GROUP_NORM_BOUNDS * size + slot] = normBounds[centroid]
    floats[KMEANS_GROUP_HALVES * size + slot] = half(quantization)
  }

  /// n <= |c'|^2/2 and n <= (|c^|^2 - |f|^2)/2, lowered by 2^-20 of it; 0 where the error is not
  /// finite.
  private func half(_ quantization: UnsafePointer<Float>) -> Float {
    let scale = Double(quantization[KMEANS_QUANTIZATION_SCALE])
    let error = Double(quantization[KMEANS_QUANTIZATION_ERROR])
    guard error.isFinite else { return 0 }
    let norm = Double(quantization[KMEANS_QUANTIZATION_NORM])
    let quantizedNorm = Double(quantization[KMEANS_QUANTIZATION_QUANTIZED_NORM])
    let square = scale * scale * min(norm, quantizedNorm - error * error) / 2
    return Float(square - square.magnitude * 0x1p-19).nextDown
  }

  private func measure(group: Int) {
    var (least, most) = (Float.infinity, Float(0))
    for slot in 0..<FilterShape.groupSize {
      let label = labels[group * FilterShape.groupSize + slot]
      guard label >= 0 else { continue }
      least = min(least, normBounds[Int(label)])
      most = max(most, normBounds[Int(label)])
    }
    leastNormBounds[group] = least.isFinite ? least : 0
    groupErrors[group] = (most * rho) * (1 + 0x1p-20)
  }
}
