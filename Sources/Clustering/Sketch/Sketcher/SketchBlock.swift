/// A block of points at work: finds the nearest centroid of one point after the other, exactly, while the centroids move
/// and new ones appear.
///
/// Whatever is looked at only rules out; `directDistance` of what remains decides. So all kinds of blocks give the same bits.
protocol SketchBlock {
  /// How many points had several candidates.
  var redecided: Int { get }

  /// The nearest centroid of a point and its squared distance, the lowest slot on ties.
  ///
  /// - Parameter row: within the block; later than all rows before.
  /// - Precondition: there is a centroid.
  /// - Complexity: O(m d) for m centroids.
  mutating func nearest(_ row: Int) -> (slot: Int, squaredDistance: Double)

  /// Makes a point a centroid.
  mutating func found(_ row: Int, _ entry: SketchEntry)

  /// Adds a point to a centroid.
  mutating func merge(
    _ row: Int, _ entry: SketchEntry, into slot: Int, squaredDistance: Double,
    _ rounding: inout SketchRounding)

  /// Leaves the scratch as the next block needs it.
  func end()
}
