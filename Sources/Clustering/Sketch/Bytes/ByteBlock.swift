internal import KMeansKernelTypes

/// A block of points whose bytes rule out, sixteen at a time.
///
/// When the first of sixteen comes, all of them get upper scores with all centroids, and from the
/// distance to the one with the best score thresholds, as in the first of two stages of `filtered`;
/// see `findThresholds`. A centroid that moves or appears before the sixteenth is gone is quantised
/// and scored anew, for all of them. So the scores are always those of the centroids as they are;
/// only the thresholds of a point may be lost: where the centroid has moved whose distance they are
/// from, and nothing is found that is as near as that one was. Then it gets lower thresholds from
/// what was found.
struct ByteBlock: SketchBlock {
  let centroids: SketchCentroids
  let bytes: SketchBytes
  let points: SketchScratch
  let scratch: FilterScratch<Double>
  private let pointers: UnsafeMutablePointer<UnsafePointer<Double>>
  let kernels: Sketcher.Kernels
  let filter: FilterKernels<Double>
  private let step: FilterStep<Double>
  private let rows: Int
  /// The rows whose scores are known.
  var vector = 0..<0
  /// The groups that have scores.
  var groupCount = 0
  private(set) var redecided = 0

  static func makeWork(rows: Int, columns: Int, capacity: Int) -> ByteScratch {
    ByteScratch(columns: columns, capacity: capacity)
  }

  static func hasRoom(_ work: ByteScratch, for centroids: SketchMemory) -> Bool {
    work.capacity >= centroids.capacity
  }

  init(
    _ memory: SketchMemory, _ caches: SketchCaches, _ points: SketchScratch, _ scratch: ByteScratch,
    _ kernels: Sketcher.Kernels, rows: Int, threads: Int
  ) {
    guard let bytes = caches.bytes else { preconditionFailure("centroids without bytes") }
    let centroids = SketchCentroids(memory: memory, caches: caches)
    self.centroids = centroids
    self.bytes = bytes
    self.points = points
    self.scratch = scratch.filter
    pointers = scratch.pointers
    self.kernels = kernels
    filter = bytes.kernels
    step = FilterStep(
      centroids: centroids.memory.rows, quantized: bytes.quantized, kernels: bytes.kernels,
      directDistance: kernels.directDistance, shift: bytes.origin)
    self.rows = rows
  }

  @inline(__always)
  mutating func nearest(_ row: Int) -> (slot: Int, squaredDistance: Double) {
    if row >= vector.upperBound { begin(row) }
    let lane = row &- vector.lowerBound
    var found = nearestOfCandidates(lane)
    if !(found.squaredDistance <= scratch.squaredDistances[lane]) {
      found = nearestOfMore(lane, found.squaredDistance)
    }
    guard !bytes.far.isEmpty else { return found }
    return bytes.far.withUnsafeBufferPointer {
      centroids.nearest(found, or: $0, to: pointers[lane], kernels.directDistance)
    }
  }

  /// Finds scores and thresholds of sixteen points.
  private mutating func begin(_ row: Int) {
    vector = row..<min(row + FilterShape.lanes, rows)
    bytes.measure(centroids.memory.rows)
    let quantized = bytes.quantized
    for lane in 0..<FilterShape.lanes {
      pointers[lane] = UnsafePointer(
        points.shifted + min(row + lane, rows - 1) * centroids.columns)
    }
    step.quantize(pointers, scratch, points: scratch.points, quantization: scratch.quantization)
    groupCount = FilterShape.groups(centroids: centroids.count)
    filter.scoreGroups(
      scratch.points, quantized.words, quantized.groups, groupCount, scratch.quantization,
      quantized.rho, scratch.scores, scratch.maxima, scratch.slots, nil, 0)
    for lane in 0..<FilterShape.lanes {
      // Any centroid will do for thresholds, where no score is a number.
      scratch.labels[lane] = max(0, quantized.labels[Int(scratch.slots[lane])])
      scratch.slots[lane] = scratch.labels[lane]
    }
    step.findThresholds(pointers, scratch, quantization: scratch.quantization)
    findMasks()
  }

  /// Finds what reaches the thresholds of each point.
  private func findMasks() {
    let quantized = bytes.quantized
    filter.filterScores(
      scratch.scores, scratch.maxima, quantized.groups, quantized.words, groupCount,
      quantized.leastNormBounds, scratch.quantization, quantized.rho, scratch.thresholds,
      scratch.masks)
  }

  /// The nearest of what reaches the thresholds of a point, and of the centroid whose distance they
  /// are from, while it is there.
  @inline(__always)
  private mutating func nearestOfCandidates(_ lane: Int) -> (slot: Int, squaredDistance: Double) {
    let count = filter.listSlots(
      scratch.masks, groupCount &* FilterShape.groupSize, lane, scratch.candidates)
    let (known, labels) = (Int(scratch.labels[lane]), bytes.quantized.labels)
    var nearest = (slot: Int.max, squaredDistance: Double.infinity)
    if known >= 0 { nearest = (known, scratch.squaredDistances[lane]) }
    if count > 1 { redecided &+= 1 }
    for place in 0..<count {
      let slot = Int(scratch.candidates[place])
      guard slot != known, labels[slot] >= 0 else { continue }
      let distance = distance(lane, slot)
      if (distance, slot) < (nearest.squaredDistance, nearest.slot) { nearest = (slot, distance) }
    }
    return nearest
  }

  @inline(__always)
  private func distance(_ lane: Int, _ slot: Int) -> Double {
    kernels.directDistance(
      pointers[lane], centroids.memory.coordinates + slot &* centroids.columns, centroids.columns)
  }

  /// The nearest of all, where the thresholds of a point were lost.
  ///
  /// - Parameter squaredDistance: that of some centroid, infinite where none was found.
  private mutating func nearestOfMore(
    _ lane: Int, _ squaredDistance: Double
  ) -> (slot: Int, squaredDistance: Double) {
    scratch.squaredDistances[lane] =
      squaredDistance.isFinite ? squaredDistance : distance(lane, Int(scratch.slots[lane]))
    filter.findThresholds(
      scratch.quantization, scratch.squaredDistances, scratch.ownNormBounds, bytes.quantized.rho,
      scratch.thresholds)
    findMasks()
    return nearestOfCandidates(lane)
  }

  func end() {}
}
