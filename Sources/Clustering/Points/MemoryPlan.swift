/// The division of the memory of a fit whose points are read again: facts of every point, the
/// memory of the clusters, and a part of the points in the rest.
package struct MemoryPlan: Sendable {
  let clusters: Int
  let columns: Int
  /// Bytes of a value.
  let size: Int
  let threads: Int
  /// Whether every point has a weight.
  let isWeighted: Bool
  /// What finding seeds keeps for each point, in bytes.
  let seedBytes: Int
  /// The rows of the longest stripe that any pass will ask for.
  let longestStripe: Int
  /// All memory of the process, in bytes; `nil` for as much as is convenient.
  let limit: Int?

  /// The bytes that the process takes without any points.
  package static let process = 48 << 20
  /// The largest part of the points, in bytes; a larger one makes no pass faster.
  private static let largestPart = 64 << 20

  /// The bytes that a fit keeps for each point beside its values: a label; what finding seeds
  /// takes, where they are drawn by their distance to others one more label and a distance; and its
  /// weight.
  package static func bytesAPoint(seedBytes: Int = 12, isWeighted: Bool = true) -> Int {
    4 + seedBytes + (isWeighted ? 8 : 0)
  }

  /// Scores and packed rows of a block for each thread, and the sums of a few stripes.
  private var bytesForClusters: Double {
    let (k, d) = (Double(clusters), Double(columns))
    let block: Double = 1024 * (k + 2 * d) * Double(size)
    let sums: Double = Double(threads + 16) * k * d * 16
    return Double(threads) * min(block, 0x1p30) + sums
  }

  /// The bytes that are left for a part of the points and for captures.
  private func rest(points: Int) -> Double {
    guard let limit else { return Double(Self.largestPart) * 4 }
    let bytes = Self.bytesAPoint(seedBytes: seedBytes, isWeighted: isWeighted)
    let forPoints = Double(points) * Double(bytes)
    return Double(limit - Self.process) - forPoints - bytesForClusters
  }

  /// The rows of a part: whole stripes; `nil` where not even the longest one fits.
  func partRows(points: Int, stripeRows: Int) -> Int? {
    let row = columns * size
    guard missing(points: points) <= 0 else { return nil }
    // Half of the rest is for captures; a stripe may take it as well.
    let room = Int(min(rest(points: points) / 2, Double(Self.largestPart)))
    return max(1, room / row / stripeRows) * stripeRows
  }

  /// The bytes that are missing for a part of one stripe, or less than 0.
  private func missing(points: Int) -> Double {
    limit == nil
      ? 0 : Double(longestStripe) * Double(columns * size) - rest(points: points)
  }

  /// The number of captures that fit, at 24 bytes each while they are sorted; `nil` without a
  /// limit.
  func hitRoom(points: Int) -> Int? {
    guard limit != nil else { return nil }
    return Int(max(0, rest(points: points) / 2 / 24))
  }

  /// Refuses a limit that is too small.
  func check(points: Int) throws(ClusteringError) {
    guard missing(points: points) <= 0 else { throw tooSmall(points: points) }
  }

  /// The error of a limit that is too small.
  func tooSmall(points: Int) -> ClusteringError {
    let needed = Double(limit ?? 0) + missing(points: points)
    return .memoryTooSmall(limit: limit ?? 0, needed: Int(min(needed.rounded(.up), 0x1p62)))
  }
}
