// What a batch of a stream brought, as those who watch it get it.

/// The news of a batch.
package struct BatchNews: Sendable {
  /// The number of the batch, from 1.
  package var number: Int
  package var points: Int
  /// What the clock shows; `nil` where no time has passed.
  package var time: Double?
  /// The weight of the points, as it is at the end of the batch.
  package var weight = 0.0
  /// To the centroids before the update and after it; `nil` where there were none.
  package var inertia: Double?
  package var inertiaAfter: Double?
  /// The largest move of a centroid; `nil` where none could move.
  package var moved: Double?
  /// The number of points that have an outlier score, and of those whose score is an outlier's.
  package var scored = 0
  package var outliers = 0
  /// The number of rows that were left out, by reason.
  package var skipped: [String: Int] = [:]
  /// Points that came too late to be learnt.
  package var latePoints = 0
  /// Points that wait until there are enough to begin with.
  package var waitingPoints = 0
  package var drift: DriftNews?
  package var events: [LifeEvent] = []
  /// In the update and the prediction before it, and in reading.
  package var seconds = 0.0
  package var readSeconds = 0.0

  package init(number: Int, points: Int) { (self.number, self.points) = (number, points) }

  /// The inertia by the weight of the batch.
  package var inertiaPerPoint: Double? {
    guard let inertia, weight > 0 else { return nil }
    return inertia / weight
  }

  /// The share of outliers among the points with a score.
  package var outlierShare: Double? {
    scored > 0 ? Double(outliers) / Double(scored) : nil
  }
}

/// The drift of a stream, as a batch shows it.
package struct DriftNews: Sendable {
  /// In radii per half-life.
  package let speed: Double
  /// In bits.
  package let shareChange: Double
  /// The statistic of each test, by its name.
  package let statistics: [(test: String, value: Double)]
  /// The tests that gave alarm.
  package let alarms: [String]

  package init(
    speed: Double, shareChange: Double, statistics: [(test: String, value: Double)],
    alarms: [String]
  ) {
    (self.speed, self.shareChange) = (speed, shareChange)
    (self.statistics, self.alarms) = (statistics, alarms)
  }
}

/// What happened to a cluster, or to the stream.
package enum LifeEvent: Sendable, Hashable {
  case born(Int)
  case died(Int)
  /// A cluster that began as one half of another.
  case split(Int, parent: Int)
  /// An alarm of a test for drift.
  case drift(of: String)

  /// The name that programs read.
  package var kind: String {
    switch self {
    case .born: "born"
    case .died: "died"
    case .split: "split"
    case .drift: "drift"
    }
  }
}

/// The clusters of a stream after some batch.
package struct ClusterNews: Sendable {
  /// The number of the batch.
  package let batch: Int
  package let time: Double?
  /// One a cluster [k], and never that of another one.
  package let ids: [Int]
  package let weights: [Double]
  /// In the units of the input, row by row [k x d].
  package let centroids: [Double]
  package let dimension: Int

  package init(
    batch: Int, time: Double?, ids: [Int], weights: [Double], centroids: [Double], dimension: Int
  ) {
    (self.batch, self.time, self.ids, self.weights) = (batch, time, ids, weights)
    (self.centroids, self.dimension) = (centroids, dimension)
  }
}

/// The stream that is watched, as texts that JSON can hold: names of files and columns may be
/// hostile.
package struct StreamNames: Sendable {
  /// The name of the input, as a text of JSON.
  package var input = "\"\""
  /// The names of the columns, each as a text of JSON.
  package var columns: [String] = []
  /// Whether points are learnt, not only predicted.
  package var learns = true
  package var watchesDrift = false

  package init() {}
}
