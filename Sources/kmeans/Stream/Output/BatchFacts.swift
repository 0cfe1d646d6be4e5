import Clustering

/// What is told of a batch, whether it was learnt or only predicted.
struct BatchFacts {
  /// The number of the batch, from 1.
  let number: Int
  let points: Int
  /// What the clock shows; `nil` where no time has passed.
  let time: Double?
  /// The weight of the points, as it is at the end of the batch.
  let weight: Double
  /// To the centroids before the update and after it.
  let inertia: Double
  let inertiaAfter: Double
  /// How far each centroid moved [k].
  let moves: [Double]
  let events: [ClusterEvent]
  let tooLatePoints: Int
  let waitingPoints: Int
  /// The alarms for drift.
  let alarms: [DriftEvent]
  /// The drift; `nil` where it is not watched, or no point was learnt.
  let driftFigures: DriftReport?
  /// The drift as traces and metrics have it; nothing where it is not watched.
  let drift: String?

  /// Those of a batch that was learnt.
  ///
  /// - Parameters:
  ///   - hasTime: whether the clock shows a time.
  ///   - watchesDrift: whether drift is watched.
  init(_ report: BatchReport, hasTime: Bool, watchesDrift: Bool) {
    number = report.number
    points = report.points
    time = hasTime ? report.time : nil
    weight = report.weights.reduce(0, +)
    inertia = report.inertia
    inertiaAfter = report.inertiaAfter
    moves = report.moves
    events = report.events
    tooLatePoints = report.tooLatePoints
    waitingPoints = report.waitingPoints
    alarms = report.drift?.events ?? []
    driftFigures = report.drift
    drift = watchesDrift ? report.drift?.json ?? "null" : nil
  }

  /// Those that a trace needs.
  init(number: Int, points: Int, time: Double?, inertia: Double, drift: String?) {
    (self.number, self.points, self.time, self.inertia) = (number, points, time, inertia)
    (weight, inertiaAfter, moves, events, alarms) = (0, 0, [], [], [])
    (driftFigures, self.drift) = (nil, drift)
    (tooLatePoints, waitingPoints) = (0, 0)
  }

  /// Those of a batch that was only predicted.
  ///
  /// - Parameters:
  ///   - weights: one a point; `nil` for 1 each.
  ///   - time: what the clock shows, which stands.
  init(predicted predictions: Predictions, weights: [Double]?, number: Int, time: Double?) {
    var (points, weight, inertia) = (0, 0.0, 0.0)
    for (point, label) in predictions.labels.enumerated() where label >= 0 {
      let own = weights?[point] ?? 1
      points += 1
      weight += own
      inertia += own * predictions.squaredDistances[point]
    }
    (self.number, self.points, self.time, self.weight) = (number, points, time, weight)
    (self.inertia, inertiaAfter, moves, events) = (inertia, inertia, [], [])
    (alarms, driftFigures, drift) = ([], nil, nil)
    (tooLatePoints, waitingPoints) = (0, 0)
  }
}
