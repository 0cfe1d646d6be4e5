/// A stream of points whose clusters are known: what the generator is asked for.
///
/// ```swift
/// var scene = Scene(.jump, clusters: 4, dimension: 2, seed: 1)
/// scene.points = 1000
/// for batch in try scene.stream() { _ = try stream.update(batch.points) }
/// ```
///
/// The scenes are those of Freeman's animations for Spark's streaming k-means ("Introducing
/// streaming k-means in Apache Spark 1.2", 2015) and of the generators of moving clusters in MOA
/// (Bifet and others, "MOA: massive online analysis", 2010), which also tell what happens when.
package struct Scene: Sendable, Hashable {
  /// What becomes of the clusters.
  package var kind: Kind
  /// The largest number of clusters that there are at a time.
  package var clusters: Int
  /// The number of coordinates.
  package var dimension: Int
  /// The points of a batch; of bursts their mean.
  package var points = 100
  package var batches = 40
  package var seed: UInt64
  /// The standard deviation of a coordinate about its center; the scale where tails are heavy.
  package var spread = 0.3
  /// The side of the cube that the first centers lie in, about the origin.
  package var extent = 10.0
  /// The batch in which the change is complete, from 1; `nil` for a third of the stream, and two
  /// thirds where clusters merge.
  package var at: Int?
  /// Batches between jumps; `nil` for one jump.
  package var every: Int?
  /// Batches that clusters take to come together or to part; `nil` for a quarter of the stream.
  package var duration: Int?
  /// How far clusters drift in a batch: the deviation of a step in each coordinate, or the length
  /// of a step on a line. Of bursts: in a mean pause.
  package var speed = 0.15
  /// Whether drift goes along a line, not on a random walk.
  package var isStraight = false
  /// The shortest jump in each coordinate; the longest is 1 more.
  package var distance = 2.0
  /// The power of the rank that shares fall with.
  package var exponent = 1
  /// The degrees of freedom of heavy tails (Student's distribution).
  package var freedom = 2
  /// The share of the points that come late.
  package var lateShare = 0.05
  /// The mean of how late they are, and of the pauses between bursts, in seconds.
  package var lateness = 120.0
  package var pause = 60.0

  package init(_ kind: Kind, clusters: Int = 4, dimension: Int = 2, seed: UInt64 = 0) {
    (self.kind, self.clusters, self.dimension, self.seed) = (kind, clusters, dimension, seed)
  }

  /// The kinds of scenes, under the names that the command line knows.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    case `static`, drift, jump, crossing, vanish, appear, merge, split, imbalance, bursts, outliers

    /// What happens in it, in a few words.
    package var summary: String {
      switch self {
      case .static: "nothing changes"
      case .drift: "clusters wander, or move along lines"
      case .jump: "all clusters jump at once"
      case .crossing: "clusters change places in pairs, and meet half-way"
      case .vanish: "one cluster gets no more points"
      case .appear: "one cluster comes later than the others"
      case .merge: "two clusters become one"
      case .split: "one cluster becomes two"
      case .imbalance: "shares fall as those of words do (Zipf)"
      case .bursts: "points have times: pauses between bursts, and some points are late"
      case .outliers: "some points are very far from their centers (Student's distribution)"
      }
    }

    /// The fewest clusters that it makes sense with.
    package var fewestClusters: Int {
      switch self {
      case .crossing, .vanish, .appear, .merge, .split: 2
      default: 1
      }
    }
  }

  /// The batch in which the change is complete, from 1.
  package var changeBatch: Int {
    at ?? min(batches, max(1, (kind == .merge ? 2 * batches : batches) / 3 + 1))
  }

  /// Batches that clusters take to come together or to part.
  var changeDuration: Int { duration ?? max(1, batches / 4) }

  /// The batches of the stream, from the first one on.
  ///
  /// - Throws: ``SceneError`` for the first parameter that is wrong.
  package func stream() throws(SceneError) -> SceneStream {
    try validate()
    return SceneStream(self)
  }
}
