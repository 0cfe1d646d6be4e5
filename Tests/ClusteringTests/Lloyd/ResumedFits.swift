import Clustering
import KMeansFiles

/// A fit that is given up after every iteration: plan and progress go into bytes, and a fit that
/// knows nothing else goes on.
struct ResumedFits<Scalar: ClusteringScalar> {
  let points: Matrix<Scalar>
  let weights: [Double]?
  let parameters: KMeans
  /// Whether they go by way of bytes; otherwise only the caches are dropped.
  var throughBytes = true

  /// How often the fit was given up.
  private(set) var stops = 0

  init(_ points: Matrix<Scalar>, weights: [Double]? = nil, _ parameters: KMeans) {
    self.points = points
    self.weights = weights
    self.parameters = parameters
  }

  /// What all runs came to.
  mutating func fit() throws -> KMeans.Fit<Scalar> {
    try withLloyd { lloyd, fits in
      var best: KMeans.Fit<Scalar>?
      for number in 0..<fits.parameters.runs {
        var progress = try lloyd.begin(run: number).checkpoint()
        while progress.converged == nil {
          fits.stops += 1
          let run = try LloydRun(fits.resumed(lloyd), resuming: fits.copy(progress))
          try run.iterate()
          progress = try run.checkpoint()
        }
        let last = try LloydRun(fits.resumed(lloyd), resuming: fits.copy(progress))
        let fit = try last.finish()
        // What has come to its end stays there.
        let again = try LloydRun(fits.resumed(lloyd), resuming: fits.copy(last.checkpoint()))
          .finish()
        guard again.model == fit.model, again.labels == fit.labels else { return again }
        if best.map({ fit.model.inertia < $0.model.inertia }) ?? true { best = fit }
      }
      return best!
    }
  }

  /// What the first run comes to when somebody goes on with it right after its first assignment.
  mutating func fitGoingOnFromTheBeginning() throws -> KMeans.Fit<Scalar> {
    try withLloyd { lloyd, fits in
      let progress = try fits.copy(lloyd.begin(run: 0).checkpoint())
      return try LloydRun(fits.resumed(lloyd), resuming: progress).finish()
    }
  }

  /// What all runs come to when the last iteration of each one is followed by the rest of them all.
  mutating func fitGoingOnInTheMiddle() throws -> KMeans.Fit<Scalar> {
    try withLloyd { lloyd, fits in
      let first = try lloyd.begin(run: 0).finish()
      let second = try lloyd.begin(run: 1)
      try second.iterate()
      return try lloyd.bestRun(
        after: first, from: LloydRun(fits.resumed(lloyd), resuming: fits.copy(second.checkpoint())))
    }
  }

  private mutating func withLloyd<Result>(
    _ body: (Lloyd<InMemoryPoints<Scalar>>, inout ResumedFits) throws -> Result
  ) throws -> Result {
    let (points, weights) = (points, weights)
    return try points.withRows { (rows) throws(any Error) in
      try (weights ?? []).withUnsafeBufferPointer { buffer in
        source = InMemoryPoints(
          WeightedRows(rows: rows, weights: weights == nil ? nil : buffer.baseAddress),
          parameters.execution)
        return try body(Lloyd(source!, parameters: parameters), &self)
      }
    }
  }

  private var source: InMemoryPoints<Scalar>?

  /// The same algorithm, of a plan alone.
  private func resumed(_ lloyd: Lloyd<InMemoryPoints<Scalar>>) throws -> Lloyd<
    InMemoryPoints<Scalar>
  > {
    guard throughBytes else { return lloyd }
    let plan = try LloydPlan<Scalar>(lloyd.plan.archive.throughBytes())
    guard plan == lloyd.plan else { throw Difference.ofPlans }
    return try Lloyd(source!, resuming: plan, parameters: parameters)
  }

  private func copy(_ progress: LloydProgress<Scalar>) throws -> LloydProgress<Scalar> {
    throughBytes ? try LloydProgress(progress.archive.throughBytes()) : progress
  }

  enum Difference: Error { case ofPlans }
}

extension Archive {
  /// The archive that its bytes hold.
  func throughBytes() throws -> Archive {
    try Archive(readingFrom: ArchiveBytes(encoded()), kind: kind)
  }
}
