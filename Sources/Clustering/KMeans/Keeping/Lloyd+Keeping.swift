// Runs that are kept, and gone on from.
extension LloydRun {
  /// Iterates to the end, as ``finish(_:)``, and hands out the progress between iterations.
  ///
  /// - Parameter best: the end of the best run before this one.
  func finish(
    _ keeping: FitKeeping<Scalar>?, behind best: LloydProgress<Scalar>?,
    _ observe: (KMeans.Iteration, Matrix<Scalar>) -> Bool
  ) throws(Source.Failure) -> KMeans.Fit<Scalar> {
    guard let keeping else { return try finish(observe) }
    while progress.converged == nil {
      try iterate(observe)
      if keeping.isDue(progress.history.last!, progress.converged != nil) {
        var kept = try checkpoint()
        // A run that an observer ended goes on.
        let isDone = kept.history.count >= lloyd.parameters.maxIterations
        if isStopped, kept.converged == false, !isDone { kept.converged = nil }
        keeping.keep(FitProgress(current: kept, best: best))
      }
    }
    return try finish(observe)
  }
}

extension Lloyd {
  /// Goes on with a fit, or begins it.
  ///
  /// - Parameters:
  ///   - seeds: where to start from; `nil` where initial centroids are to be found.
  ///   - keeping: what the fit goes on from, and how it keeps its progress.
  func fit(
    from seeds: Seeds<Scalar>?, onSeeds: (Int) -> Void, keeping: FitKeeping<Scalar>?,
    _ observe: (KMeans.Iteration, Matrix<Scalar>) -> Bool
  ) throws(Source.Failure) -> KMeans.Fit<Scalar> {
    var current: LloydRun<Source>?
    var best: KMeans.Fit<Scalar>?
    if let resumed = keeping?.resumed {
      if let end = resumed.best { best = try LloydRun(self, resuming: end).finish(observe) }
      current = try LloydRun(self, resuming: resumed.current)
    }
    if let seeds {
      if current == nil { current = try LloydRun(self, from: seeds, number: 0) }
      return leavingOut(try current!.finish(keeping, behind: nil, observe))
    }
    return leavingOut(
      try bestRun(after: best, from: current, onSeeds: onSeeds, keeping: keeping, observe))
  }
}
