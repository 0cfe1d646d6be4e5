package import KMeansFiles

/// The progress of a fit: that of the run at work, and the best of the runs before it. With the
/// points and the parameters a fit goes on from it to the same bits as if it had never been
/// stopped, but for the counters of work.
package struct FitProgress<Scalar: ClusteringScalar>: Sendable {
  /// The run at work, between two iterations.
  package let current: LloydProgress<Scalar>
  /// The end of the best run before it; `nil` where it is the first.
  package let best: LloydProgress<Scalar>?

  package init(current: LloydProgress<Scalar>, best: LloydProgress<Scalar>?) {
    self.current = current
    self.best = best
  }

  /// The sections of both, side by side.
  ///
  /// - Complexity: O(n + k d).
  package func write(to archive: inout Archive) {
    archive.setPart("current", current.archive)
    if let best { archive.setPart("best", best.archive) }
  }

  /// The progress in an archive.
  ///
  /// - Throws: ``FileError`` with the section, where it cannot be one.
  package init(_ archive: Archive) throws {
    let kind = LloydProgress<Scalar>.archiveKind
    current = try LloydProgress(archive.part("current", kind: kind))
    best =
      archive.hasPart("best") ? try LloydProgress(archive.part("best", kind: kind)) : nil
    if let best, best.converged == nil || best.run >= current.run {
      throw archive.wrong("best.run", "is that of no run that ended before the one at work")
    }
  }
}

/// The way in which a fit keeps its progress.
package struct FitKeeping<Scalar: ClusteringScalar> {
  /// What the fit goes on from; `nil` where it begins.
  package let resumed: FitProgress<Scalar>?
  /// Whether the progress is to be kept after an iteration.
  package let isDue: (_ iteration: KMeans.Iteration, _ isLastOfRun: Bool) -> Bool
  /// Takes the progress.
  package let keep: (FitProgress<Scalar>) -> Void

  package init(
    resumed: FitProgress<Scalar>?,
    isDue: @escaping (_ iteration: KMeans.Iteration, _ isLastOfRun: Bool) -> Bool,
    keep: @escaping (FitProgress<Scalar>) -> Void
  ) {
    self.resumed = resumed
    self.isDue = isDue
    self.keep = keep
  }
}
