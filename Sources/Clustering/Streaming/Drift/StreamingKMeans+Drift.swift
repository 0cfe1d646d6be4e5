// Drift, where a stream watches its own.
extension StreamingKMeans {
  /// Takes a batch that was learnt, where drift is watched.
  ///
  /// - Parameters:
  ///   - before: the clusters before it.
  ///   - kept: the factor of their weights.
  ///   - time: the time that the batch takes.
  mutating func watchDrift(
    since before: StreamClusters, times kept: Double, after time: Double,
    _ report: inout BatchReport
  ) {
    guard let parameters = parameters.drift, let learner, let clock else { return }
    if drift == nil { drift = StreamDrift(before) }
    let factor = kept / clock.now
    let forgets = clock.rate > 0 && clock.rate.isFinite
    report.drift = drift!.take(
      learner.sums, before: before.weights.map { $0 * factor }, learner.clusters,
      halfLives: forgets ? time * clock.rate : nil, changed: changed(in: report, learner),
      isThrown: learner.sums.isFar(from: before), parameters)
  }

  /// The clusters that began, or were split, in a batch.
  private func changed(in report: BatchReport, _ learner: StreamLearner<Scalar>) -> Set<Int> {
    var changed: Set<Int> = []
    for event in report.events {
      changed.insert(event.label)
      if case .split(let parent) = event.kind,
        let donor = learner.clusters.ids.firstIndex(of: parent)
      {
        changed.insert(donor)
      }
    }
    return changed
  }
}
