internal import KMeansKernelTypes

/// The centroids of a sketch at work: their memory, and the caches that follow each change of it.
///
/// A handle for one block of points: nobody else holds what is in it meanwhile.
struct SketchCentroids {
  let memory: SketchMemory
  let caches: SketchCaches

  var columns: Int { memory.columns }
  var capacity: Int { memory.capacity }
  var count: Int { memory.count }
  /// The number of centroids, with those that fill up the last vector.
  var width: Int { memory.width }

  /// Adds a centroid.
  ///
  /// - Parameter rounded: its coordinates rounded to Float.
  /// - Returns: its slot, the last.
  /// - Precondition: there is room.
  func append(
    _ point: UnsafePointer<Double>, rounded: UnsafePointer<Float>, _ entry: SketchEntry
  ) -> Int {
    let slot = memory.append(point, entry)
    caches.rounded.advanced(by: slot * columns).update(from: rounded, count: columns)
    caches.refresh(slot, in: memory)
    return slot
  }

  /// Adds a point to a centroid, which moves.
  ///
  /// - Returns: the share of the way to the point.
  @inline(__always)
  func merge(
    _ point: UnsafePointer<Double>, _ entry: SketchEntry, into slot: Int, squaredDistance: Double,
    _ move: SketchKernels.MoveCentroid, _ rounding: inout SketchRounding
  ) -> Double {
    let share = memory.merge(
      point, entry, into: slot, squaredDistance: squaredDistance, move,
      rounded: caches.rounded + slot &* columns, &rounding)
    caches.refresh(slot, in: memory)
    return share
  }

  /// The nearest to a point of a known centroid and some others, the lowest slot on ties.
  func nearest(
    _ known: (slot: Int, squaredDistance: Double), or slots: UnsafeBufferPointer<Int32>,
    to point: UnsafePointer<Double>, _ directDistance: KernelSet<Double>.DirectDistance
  ) -> (slot: Int, squaredDistance: Double) {
    var nearest = known
    for other in slots {
      let slot = Int(other)
      let distance = directDistance(point, memory.coordinates + slot &* columns, columns)
      if (distance, slot) < (nearest.squaredDistance, nearest.slot) { nearest = (slot, distance) }
    }
    return nearest
  }
}
