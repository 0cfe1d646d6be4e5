/// What changes while Lloyd's algorithm runs.
struct LloydState<Scalar: ClusteringScalar> {
  var nearest: NearestCentroids<Scalar>
  private(set) var labels: [Int32]
  private var partial: StripePartial<ClusterSums<Scalar>>
  private let scratch = PassScratch<ClusterSums<Scalar>>()
  private(set) var history: [KMeans.Iteration] = []
  /// How many labels the last assignment changed.
  private(set) var moved = 0
  private var redecided = 0
  /// Over all assignments.
  private(set) var counts = AssignmentCounts()
  private var isAssigned = false

  init(nearest: NearestCentroids<Scalar>, points: Int) {
    self.nearest = nearest
    labels = Array(repeating: -1, count: points)
    partial = StripePartial(Self.noSums(nearest))
  }

  /// The sums of the clusters over the last assignment.
  var sums: ClusterSums<Scalar> { partial.value }

  private static func noSums(
    _ nearest: NearestCentroids<Scalar>, withInertia: Bool = true
  ) -> ClusterSums<Scalar> {
    ClusterSums(
      clusters: nearest.centroids.rows, columns: nearest.centroids.columns,
      withInertia: withInertia, instructionSet: nearest.instructionSet)
  }

  /// Assigns all points to the centroids and sums the clusters.
  mutating func assign(_ pass: RowPass<Scalar>) {
    let (known, last) = (isAssigned, partial)
    let (reduced, found) = labels.withUnsafeMutableBufferPointer { labels in
      pass.assign(
        nearest, into: Assignment(labels: labels.baseAddress!, labelsAreKnown: known),
        reducing: last.value, scratch: scratch)
    }
    partial = reduced
    scratch.keep(last)
    counts += found
    moved = found.moved
    redecided = found.redecided
    isAssigned = true
  }

  /// Notes the iteration that the last assignment began.
  mutating func record(squaredShift: Double, refilled: Int) {
    history.append(
      KMeans.Iteration(
        number: history.count + 1, inertia: sums.inertia, moved: moved, refilled: refilled,
        squaredShift: squaredShift, redecided: redecided))
  }

  /// The means of the clusters, after empty ones were refilled.
  mutating func means(_ pass: RowPass<Scalar>) -> (Matrix<Scalar>, refilled: Int) {
    let empty = sums.weights.indices.filter { sums.weights[$0] <= 0 }
    guard !empty.isEmpty else { return (sums.means(keeping: nearest.centroids), 0) }
    var refill = EmptyClusters(pass.points, nearest: nearest, labels: labels, sums: sums)
    let refilled = refill.refill(empty, threads: pass.threads)
    guard refilled > 0 else { return (sums.means(keeping: nearest.centroids), 0) }
    labels = refill.labels
    // Summed anew rather than corrected: a point that is far away may have drowned the others.
    let moved = labels.withUnsafeBufferPointer { labels in
      pass.visit(
        labels: labels.baseAddress!,
        reducing: Self.noSums(nearest, withInertia: false))
    }
    return (moved.means(keeping: nearest.centroids), refilled)
  }
}
