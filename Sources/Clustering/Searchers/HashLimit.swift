/// The number of signs in which a centroid may differ from a point to be looked at, which adapts
/// while centroids are scanned, by the rule of Mahout's `LocalitySensitiveHashSearch`: it falls as
/// far as enough of those looked at improved on the nearest so far, and rises, to 32 at most, where
/// those at the limit were nearer than what is kept.
///
/// An unsafe handle of memory that its owner keeps.
struct HashLimit {
  /// The number of signs.
  static let signCount = 64
  /// The largest limit that it rises to.
  private static let most = 32
  /// The number of distances that must be known at the limit before it rises; of those beyond
  /// ``kept`` nothing is asked.
  private static let (least, kept) = (10, 64)
  /// The weight of the first quartile beside the smallest distance.
  private static let strategy = 0.9

  /// The limit as it is.
  private(set) var bits = HashLimit.signCount
  /// s, the number of nearest centroids by which the limit goes.
  private let searchSize: Int
  /// The distances of the nearest s so far, in order [min(s, capacity)].
  private let top: UnsafeMutablePointer<Double>
  private var topCount = 0
  /// The largest of these once there are s.
  private var farthest = Double.infinity
  /// The number of centroids that improved on these by how many signs differ [65], and how many of
  /// them differ in fewer than the limit.
  private let counts: UnsafeMutablePointer<Int>
  private var count = 0
  /// The first distances by how many signs differ, in order [65 x ``kept``], and their number.
  private let distances: UnsafeMutablePointer<Double>
  private let distanceCounts: UnsafeMutablePointer<Int>

  init(searchSize: Int, capacity: Int, _ arena: ScratchArena) {
    self.searchSize = searchSize
    top = arena.take(max(1, min(searchSize, capacity)))
    counts = arena.take(Self.signCount + 1, repeating: 0)
    distances = arena.take((Self.signCount + 1) * Self.kept)
    distanceCounts = arena.take(Self.signCount + 1, repeating: 0)
  }

  /// Begins another scan.
  mutating func begin() {
    (bits, topCount, farthest, count) = (Self.signCount, 0, .infinity, 0)
    counts.update(repeating: 0, count: Self.signCount + 1)
    distanceCounts.update(repeating: 0, count: Self.signCount + 1)
  }

  /// Takes in the distance of a centroid within the limit.
  ///
  /// - Parameter signs: in how many it differs.
  mutating func adapt(to distance: Double, _ signs: Int) {
    note(distance, signs)
    guard distance < farthest else { return }
    keep(distance)
    counts[signs] += 1
    count += 1
    while bits > 0, count - counts[bits - 1] > searchSize {
      bits -= 1
      count -= counts[bits]
    }
    while bits < Self.most, let typical = typicalDistance, typical < farthest {
      count += counts[bits]
      bits += 1
    }
  }

  /// Keeps a distance among those of as many signs.
  private func note(_ distance: Double, _ signs: Int) {
    let known = distanceCounts[signs]
    guard known < Self.kept else { return }
    Self.insert(distance, distances + signs * Self.kept, known)
    distanceCounts[signs] = known + 1
  }

  /// Keeps a distance among the nearest.
  private mutating func keep(_ distance: Double) {
    // The last one makes way where there are enough.
    Self.insert(distance, top, topCount < searchSize ? topCount : topCount - 1)
    topCount = min(searchSize, topCount + 1)
    if topCount == searchSize { farthest = top[topCount - 1] }
  }

  /// Inserts a number into some in order.
  private static func insert(
    _ value: Double, _ values: UnsafeMutablePointer<Double>, _ count: Int
  ) {
    var place = count
    while place > 0, values[place - 1] > value {
      values[place] = values[place - 1]
      place -= 1
    }
    values[place] = value
  }

  /// A low distance of those that differ in as many signs as the limit; `nil` while few are known.
  private var typicalDistance: Double? {
    let known = distanceCounts[bits]
    guard known > Self.least else { return nil }
    let sorted = distances + bits * Self.kept
    return (1 - Self.strategy) * sorted[0] + Self.strategy * sorted[(known - 1) / 4]
  }
}
