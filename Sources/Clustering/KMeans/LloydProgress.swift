internal import KMeansFiles

/// The progress of a run of Lloyd's algorithm: all that an iteration leaves behind. A value; with
/// the ``LloydPlan``, the parameters and the points a run goes on from it to the same bits, whoever
/// carries it on: sums and inertia are functions of labels and centroids. Only the counters of work
/// (what was redecided, compared, a candidate or unfiltered) tell from what bounds were at hand.
package struct LloydProgress<Scalar: ClusteringScalar>: Sendable {
  /// The number of the run, from 0.
  package internal(set) var run: Int
  /// What it took to find the initial centroids.
  package internal(set) var seeding: SeedingReport
  /// k rows: the centroids of transformed points that the labels belong to.
  package internal(set) var centroids: Matrix<Scalar>
  /// The nearest centroid of each point; those that are left out have one, too.
  package internal(set) var labels: [Int32]
  /// The weighted sum of the squared distances of the points to their centroids; `nil` where
  /// nobody has asked yet.
  package internal(set) var inertia: Double?
  /// The iterations so far.
  package internal(set) var history: [KMeans.Iteration] = []
  /// The counts of all assignments.
  package internal(set) var counts = AssignmentCounts()
  /// The counts of the last assignment; how many labels it changed says whether there is anything
  /// left to do.
  package internal(set) var latest = AssignmentCounts()
  /// Whether the run stopped by itself, once it has stopped; `nil` while it goes on.
  package internal(set) var converged: Bool?
  /// Whether centroids were put into the boxes of their rows, the last thing that a run does.
  package internal(set) var isInBoxes = false

  /// A run that is about to begin.
  init(run: Int, seeds: Seeds<Scalar>, pointCount: Int) {
    self.run = run
    seeding = seeds.report
    centroids = seeds.centroids
    labels = seeds.nearest?.labels ?? Array(repeating: -1, count: pointCount)
  }

  /// Notes the iteration that the last assignment began.
  mutating func record(squaredShift: Double, refilled: Int, withInertia: Bool) {
    history.append(
      KMeans.Iteration(
        number: history.count + 1, inertia: withInertia ? inertia : nil, points: labels.count,
        moved: latest.moved,
        refilled: refilled, squaredShift: squaredShift, redecided: latest.redecided,
        compared: latest.compared, candidates: latest.candidates, unfiltered: latest.unfiltered))
  }
}

/// What can be wrong with a fit that is to go on: points or parameters are not those that it began
/// with.
package enum ResumeError: SpecificError {
  /// The points, or their weights, are others: they have another inertia.
  case otherPoints
  /// The number of clusters is another.
  case otherClusterCount(found: Int, expected: Int)
  /// There are fewer runs than the one to go on with, which counts from 0.
  case noSuchRun(run: Int, runs: Int)
  /// The distance, or what is done to the points first, is another.
  case otherTransform

  package var kind: ClusteringError.Kind {
    switch self {
    case .otherPoints: .data
    case .otherClusterCount, .noSuchRun, .otherTransform: .parameter
    }
  }

  package var description: String {
    switch self {
    case .otherPoints:
      "the points, or their weights, are not those that the fit began with"
    case .otherClusterCount(let found, let expected):
      "\(counted(found, "cluster")), expected \(expected) as when the fit began"
    case .noSuchRun(let run, let runs):
      "\(counted(runs, "run")), expected at least \(run + 1), for the fit is in that one"
    case .otherTransform:
      "the distance, or whether columns are standardised, is not that with which the fit began"
    }
  }
}

extension ClusteringError {
  /// Something that only a fit that is to go on has.
  package static func resuming(_ error: ResumeError) -> ClusteringError {
    .specific(Specific(error))
  }
}
