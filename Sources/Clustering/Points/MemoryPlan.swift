/// How a fit of points that are read again divides its memory: what is kept for every point, what the
/// clusters need, and a part of the points with the rest.
package struct MemoryPlan: Sendable {
  let clusters: Int
  let columns: Int
  /// Bytes of a value.
  let size: Int
  let threads: Int
  /// Whether every point has a weight.
  let isWeighted: Bool
  /// Whether seeds are drawn by their distance to those before them.
  let drawsSeeds: Bool
  /// The rows of the longest stripe that any pass will ask for.
  let longestStripe: Int
  /// All memory of the process, in bytes; nothing for as much as is convenient.
  let limit: Int?

  /// What the process takes without any points, in bytes.
  package static let process = 48 << 20
  /// A larger part makes nothing faster.
  private static let largestPart = 64 << 20

  /// What a fit keeps for each point beside its values, in bytes: a label; while seeds are drawn, another
  /// one and a distance; and its weight.
  package static func bytesAPoint(drawsSeeds: Bool = true, isWeighted: Bool = true) -> Int {
    4 + (drawsSeeds ? 12 : 0) + (isWeighted ? 8 : 0)
  }

  /// Scores and packed rows of a block for each thread, and the sums of a few stripes.
  private var bytesForClusters: Double {
    let (k, d) = (Double(clusters), Double(columns))
    let block: Double = 1024 * (k + 2 * d) * Double(size)
    let sums: Double = Double(threads + 16) * k * d * 8
    return Double(threads) * min(block, 0x1p30) + sums
  }

  /// What is left for a part of the points and for captures.
  private func rest(points: Int) -> Double {
    guard let limit else { return Double(Self.largestPart) * 4 }
    let bytes = Self.bytesAPoint(drawsSeeds: drawsSeeds, isWeighted: isWeighted)
    let forPoints = Double(points) * Double(bytes)
    return Double(limit - Self.process) - forPoints - bytesForClusters
  }

  /// How many rows a part has: whole stripes; nothing where not even the longest one fits.
  func partRows(points: Int, stripeRows: Int) -> Int? {
    let row = columns * size
    guard missing(points: points) <= 0 else { return nil }
    // Half of the rest is for captures; a stripe may take it as well.
    let room = Int(min(rest(points: points) / 2, Double(Self.largestPart)))
    return max(1, room / row / stripeRows) * stripeRows
  }

  /// How many bytes are missing for a part of one stripe, or less than 0.
  private func missing(points: Int) -> Double {
    limit == nil
      ? 0 : Double(longestStripe) * Double(columns * size) - rest(points: points)
  }

  /// How many captures there is room for, at 24 bytes each while they are sorted.
  func captureRoom(points: Int) -> Int? {
    guard limit != nil else { return nil }
    return Int(max(0, rest(points: points) / 2 / 24))
  }

  /// Refuses a limit that does not do.
  func check(points: Int) throws(ClusteringError) {
    guard missing(points: points) <= 0 else { throw tooSmall(points: points) }
  }

  /// The error of a limit that does not do.
  func tooSmall(points: Int) -> ClusteringError {
    let needed = Double(limit ?? 0) + missing(points: points)
    return .memoryTooSmall(limit: limit ?? 0, needed: Int(min(needed.rounded(.up), 0x1p62)))
  }
}
