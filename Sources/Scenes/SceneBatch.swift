package import KMeansLinearAlgebra

/// The points of a batch, and the truth about them.
package struct SceneBatch: Sendable {
  /// The number of the batch, from 1.
  package let number: Int
  /// The points, in the order in which they come [n x d].
  package let points: Matrix<Double>
  /// When each of them happened, in seconds [n]; `nil` where points have no times.
  package let times: [Double]?
  /// The id of the cluster that each of them was drawn from [n].
  package let labels: [Int32]
  /// The clusters that there are, in the order of their ids. Where they move with time: where they
  /// are at the end of the batch.
  package let clusters: [SceneCluster]
  /// What happened when the batch came.
  package let events: [SceneEvent]
}

/// A cluster that points are drawn from.
package struct SceneCluster: Sendable, Hashable {
  /// The number that no other cluster of the scene ever has.
  package let id: Int
  /// The center of its points [d].
  package var center: [Double]
  /// The share of the points that it gets; those of all clusters add up to 1.
  package var share: Double
}

/// Something that happens to clusters, or to the times of points.
package struct SceneEvent: Sendable, Hashable {
  /// The kinds of events, under the names that files have.
  package enum Kind: String, Sendable, Hashable, CaseIterable {
    /// A cluster is somewhere else at once.
    case jump
    /// A cluster begins to move.
    case drift
    /// Two clusters are nearest to each other, on their way to each other's place.
    case crossing
    /// A cluster gets no more points.
    case vanish
    /// A cluster gets its first points.
    case appear
    /// A cluster has become one with another.
    case merge
    /// A cluster begins to part from another.
    case split
    /// Points come after a pause.
    case burst
    /// Some points of the batch are late.
    case late
  }

  package let kind: Kind
  /// The cluster that it happens to; `nil` where it is none in particular.
  package var cluster: Int?
  /// The other cluster: the one that is met, or merged into, or parted from.
  package var other: Int?
  /// The length of a pause, in seconds.
  package var seconds: Double?
  /// The number of points.
  package var points: Int?
}

extension SceneEvent {
  /// An entry of the events of a truth: one object of JSON.
  package var json: String {
    let fields: [(String, String?)] = [
      ("cluster", cluster?.description), (otherName, other?.description),
      ("seconds", seconds?.description), ("points", points?.description),
    ]
    let rest = fields.compactMap { name, value in value.map { ",\"\(name)\":\($0)" } }
    return "{\"kind\":\"\(kind.rawValue)\"\(rest.joined())}"
  }

  private var otherName: String {
    switch kind {
    case .merge: "into"
    case .split: "parent"
    default: "with"
    }
  }
}

extension SceneBatch {
  /// The truth about the batch as one line of JSON, with its end: where clusters are, what they
  /// weigh among the points of a batch, and what happened. Numbers read back as the same bits.
  package var truthLine: String {
    func list(_ values: some Sequence<some CustomStringConvertible>) -> String {
      "[\(values.map(\.description).joined(separator: ","))]"
    }
    let time = times.map { ",\"time\":\($0.max() ?? 0)" } ?? ""
    return "{\"batch\":\(number),\"points\":\(points.rows)\(time),"
      + "\"centers\":\(list(clusters.map { list($0.center) })),"
      + "\"weights\":\(list(clusters.map(\.share))),\"ids\":\(list(clusters.map(\.id))),"
      + "\"events\":\(list(events.map(\.json)))}\n"
  }
}
