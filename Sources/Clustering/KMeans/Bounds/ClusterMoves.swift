internal import KMeansKernelTypes

/// What the rows of each cluster have used up of their gaps: the moves of their own centroid, and
/// of the one that moved farthest among those that can be nearest to any of them.
///
/// A centroid at more than twice the distance of the farthest row of a cluster from its own
/// centroid is nearest to none of its rows, however it moves. What it moves meanwhile is noted, and
/// counts once it comes near. (The ball is that of Newling and Fleuret, Fast k-means with accurate
/// bounds, ICML 2016, for all rows of a cluster.)
struct ClusterMoves<Scalar: ClusteringScalar> {
  /// At least what each cluster has used up [k].
  private(set) var spent: [Float]
  private var exactlySpent: [Double]
  /// At least the distance of the farthest row of each cluster [k].
  private var radii: [Double]
  /// At least what each centroid has moved, seen from each cluster, while it was far from it
  /// [k x k, rounded up to whole vectors]; empty where there are too many of them.
  private var unseen: [Float]
  private let columns: Int
  private let clusters: Int
  private let rows: Int
  /// How many rows each cluster has [k].
  private var counts: [Int]

  /// Clusters, and what fills up the last vector.
  private static func padded(_ clusters: Int) -> Int { (clusters + 7) / 8 * 8 }

  /// More pairs would take longer than they are worth.
  static var mostClusters: Int { 1024 }
  /// Fewer rows are looked at sooner than the pairs of centroids.
  private static var fewestRows: Int { 1024 }

  /// Memory for the centroids, kept from one iteration to the next.
  private var tiles: CentroidTiles<Scalar>?

  /// - Parameter rows: where they are few, distances between all centroids are not worthwhile.
  init(clusters: Int, columns: Int, rows: Int) {
    self.clusters = clusters
    self.columns = columns
    self.rows = rows
    spent = Array(repeating: 0, count: clusters)
    exactlySpent = Array(repeating: 0, count: clusters)
    counts = Array(repeating: 0, count: clusters)
    radii = Array(repeating: .infinity, count: clusters)
    let isLocal =
      clusters > 2 && clusters <= Self.mostClusters && rows >= Self.fewestRows
      && clusters * clusters <= 4 * rows
    unseen = isLocal ? Array(repeating: 0, count: clusters * Self.padded(clusters)) : []
  }

  /// Forgets everything.
  mutating func reset() {
    let tiles = tiles
    self = ClusterMoves(clusters: clusters, columns: columns, rows: rows)
    self.tiles = tiles
  }

  /// Takes the farthest rows of an assignment.
  ///
  /// - Parameters:
  ///   - some: at least the distance of the farthest row that was looked at, of each cluster.
  ///   - looked: how many rows of each cluster were looked at.
  ///   - gained: how many rows each cluster has gained.
  mutating func note(
    radii some: UnsafePointer<Float>, of looked: UnsafePointer<Int>, gained: UnsafePointer<Int>
  ) {
    let areAll = (0..<clusters).reduce(0) { $0 + looked[$1] } == rows
    for cluster in radii.indices {
      counts[cluster] = areAll ? looked[cluster] : counts[cluster] + gained[cluster]
      let isWhole = counts[cluster] == looked[cluster]
      radii[cluster] = isWhole ? Double(some[cluster]) : max(radii[cluster], Double(some[cluster]))
    }
  }

  /// Takes centroids that have moved.
  ///
  /// - Parameters:
  ///   - drifts: how far each one did, but for an error that the margin covers.
  ///   - margin: a share of all distances to spare.
  /// - Complexity: O(k^2 d).
  mutating func add(_ nearest: NearestCentroids<Scalar>, drifts: [Double], margin: Double) {
    for cluster in radii.indices {
      radii[cluster] = (radii[cluster] + drifts[cluster]) * (1 + margin)
    }
    let farthest = farthestOthers(drifts)
    guard !unseen.isEmpty else {
      for cluster in 0..<clusters { spend(drifts[cluster] + farthest(cluster), cluster, margin) }
      return
    }
    var moves = [Float](repeating: 0, count: Self.padded(clusters))
    for cluster in 0..<clusters { moves[cluster] = Float(drifts[cluster]).nextUp }
    let tiles = tiles ?? CentroidTiles(nearest)
    self.tiles = tiles
    tiles.pack(nearest)
    for cluster in 0..<clusters {
      let own = moves[cluster]
      // It does not move away from itself.
      moves[cluster] = 0
      let seen = tiles.withDistances(nearest, from: cluster) { distances in
        see(moves, distances, from: cluster, within: Float(2 * radii[cluster]).nextUp)
      }
      moves[cluster] = own
      spend(drifts[cluster] + seen, cluster, margin)
    }
  }

  private mutating func spend(_ distance: Double, _ cluster: Int, _ margin: Double) {
    exactlySpent[cluster] += distance * (1 + margin)
    spent[cluster] = Float(exactlySpent[cluster] * (1 + 0x1p-40)).nextUp
  }

  /// The farthest move of all centroids but one.
  private func farthestOthers(_ drifts: [Double]) -> (Int) -> Double {
    var (farthest, second, mover) = (0.0, 0.0, 0)
    for (cluster, drift) in drifts.enumerated() {
      if drift > farthest {
        (second, farthest, mover) = (farthest, drift, cluster)
      } else if drift > second {
        second = drift
      }
    }
    return { [farthest, second, mover] in $0 == mover ? second : farthest }
  }

  /// The farthest move of the centroids within a distance from a cluster, and the most that one of
  /// them had moved unseen; notes what those beyond have moved.
  private mutating func see(
    _ moves: [Float], _ distances: UnsafePointer<Float>, from cluster: Int, within reach: Float
  ) -> Double {
    let padded = moves.count
    return unseen.withUnsafeMutableBufferPointer { unseen in
      moves.withUnsafeBufferPointer { moves in
        let (hidden, moves) = (unseen.baseAddress! + cluster * padded, moves.baseAddress!)
        let reaches = Eight(repeating: reach)
        var (farthest, most) = (Eight(repeating: 0), Eight(repeating: 0))
        for first in stride(from: 0, to: padded, by: 8) {
          // What is no number is near.
          let isNear = .!(Self.load(distances + first) .> reaches)
          farthest = pointwiseMax(
            farthest, Self.load(moves + first).replacing(with: 0, where: .!isNear))
          most = pointwiseMax(most, Self.load(hidden + first).replacing(with: 0, where: .!isNear))
        }
        let counted = Eight(repeating: farthest.max())
        for first in stride(from: 0, to: padded, by: 8) {
          let isFar = Self.load(distances + first) .> reaches
          let more = pointwiseMax(Self.load(moves + first) - counted, Eight(repeating: 0))
          let sum = (Self.load(hidden + first) + more) * (1 + 0x1p-22)
          Self.store(Eight(repeating: 0).replacing(with: sum, where: isFar), hidden + first)
        }
        return (Double(counted[0]) + Double(most.max())) * (1 + 0x1p-22)
      }
    }
  }

  private typealias Eight = SIMD8<Float>

  @inline(__always)
  private static func load(_ place: UnsafePointer<Float>) -> Eight {
    UnsafeRawPointer(place).loadUnaligned(as: Eight.self)
  }

  @inline(__always)
  private static func store(_ values: Eight, _ place: UnsafeMutablePointer<Float>) {
    UnsafeMutableRawPointer(place).storeBytes(of: values, as: Eight.self)
  }
}

/// Centroids turned into tiles, for the distances between them.
///
/// `@unchecked Sendable`: belongs to one run, which one thread at a time goes on with.
private final class CentroidTiles<Scalar: ClusteringScalar>: @unchecked Sendable {
  private let tiles: UnsafeMutablePointer<Scalar>
  /// What is subtracted before, and what packing leaves besides.
  private let zeros: UnsafeMutablePointer<Scalar>
  private let norms: UnsafeMutablePointer<Scalar>
  private let distances: UnsafeMutablePointer<Float>
  private let tileCount: Int
  private let factor: Scalar
  private let floor: Scalar
  private let arena = ScratchArena()

  /// Memory for so many centroids of such a shape.
  init(_ nearest: NearestCentroids<Scalar>) {
    let (rows, columns) = (nearest.kernels.fused.tileRows, nearest.centroids.columns)
    tileCount = (nearest.clusters + rows - 1) / rows
    tiles = arena.take(tileCount * rows * columns)
    // Whole vectors of eight are read.
    distances = arena.take((tileCount * rows + 7) / 8 * 8, repeating: 0)
    let error = Double(columns + 8) * Scalar.unitRoundoff + 0x1p-22
    factor = Scalar(1 - error).nextDown
    floor = Scalar((Double(columns) * Double(Scalar.leastNonzeroMagnitude)).squareRoot()).nextUp
    norms = arena.take(tileCount * rows)
    zeros = arena.take(columns, repeating: 0)
  }

  /// Takes the centroids.
  func pack(_ nearest: NearestCentroids<Scalar>) {
    nearest.centroids.withRows {
      nearest.kernels.fused.packTiles(
        $0.base, $0.stride, nil, $0.count, $0.columns, zeros, tiles, norms)
    }
  }

  /// Hands over at most the distance of a centroid from each one.
  func withDistances<Result>(
    _ nearest: NearestCentroids<Scalar>, from cluster: Int, _ body: (UnsafePointer<Float>) -> Result
  ) -> Result {
    nearest.centroids.withRows {
      nearest.kernels.centroidDistances(
        $0[cluster], $0.columns, tiles, tileCount, factor, floor, distances)
    }
    return body(distances)
  }
}
