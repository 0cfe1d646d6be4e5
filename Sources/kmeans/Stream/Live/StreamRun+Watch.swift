import Batching
import Clustering
import Foundation
import KMeansLivePage
import VectorIO

// What those who watch a stream are told.
extension StreamRun {
  /// Lets others look at the stream while it learns.
  func beginWatch() {
    guard let watch = outputs.watch else { return }
    watch.feed?.set(names)
    Thread.detachNewThread { [self] in
      watch.run { turn.look { showClusters() } }
    }
  }

  /// The names of the input and of its columns.
  private var names: StreamNames {
    var names = StreamNames()
    names.input = jsonString(path == "-" ? "standard input" : path)
    let columns = ColumnNames(
      input.columnSource.map { InputColumns($0, $0.chosenColumns) }, count: input.columns)
    names.columns = columns.all.map(jsonString)
    names.learns = !command.clusters.noUpdate
    names.watchesDrift = parameters.drift != nil
    return names
  }

  /// Tells what a batch brought.
  func tell(
    _ batch: BatchFacts, _ scores: Predictions?, skipped: [SkippedRows.Reason: Int],
    seconds: Double, readSeconds: Double
  ) {
    guard let watch = outputs.watch else { return }
    var news = BatchNews(number: batch.number, points: batch.points)
    (news.time, news.weight) = (batch.time, batch.weight)
    if stream.hasStarted {
      (news.inertia, news.inertiaAfter) = (batch.inertia, batch.inertiaAfter)
      news.moved = command.clusters.noUpdate ? nil : batch.moves.max() ?? 0
    }
    if let scores {
      let outliers = OutlierCount(scores)
      (news.scored, news.outliers) = (outliers.scored, outliers.outliers)
    }
    news.skipped = Dictionary(uniqueKeysWithValues: skipped.map { ($0.name, $1) })
    (news.latePoints, news.waitingPoints) = (batch.tooLatePoints, batch.waitingPoints)
    news.drift = batch.driftFigures.map(DriftNews.init)
    news.events = batch.events.map(LifeEvent.init)
    (news.seconds, news.readSeconds) = (seconds, readSeconds)
    watch.tell(news)
  }

  /// Shows the clusters as they are. To be called by whoever has the turn.
  func showClusters() {
    guard let watch = outputs.watch, let centroids = stream.centroids else { return }
    let begun = ContinuousClock.now
    let ids = command.clusters.noUpdate ? start.ids : nil
    var values: [Double] = []
    values.reserveCapacity(centroids.rows * centroids.columns)
    let span = centroids.span
    for place in span.indices { values.append(span[place]) }
    watch.take(
      ClusterNews(
        batch: batchCount, time: stream.time, ids: ids ?? stream.ids,
        weights: stream.clusterWeights, centroids: values, dimension: centroids.columns),
      cost: ContinuousClock.now - begun)
  }

  /// Shows the last state.
  func endWatch() {
    guard let watch = outputs.watch else { return }
    showClusters()
    watch.end()
  }
}

extension LifeEvent {
  init(_ event: ClusterEvent) {
    switch event.kind {
    case .born: self = .born(event.cluster)
    case .died: self = .died(event.cluster)
    case .split(let parent): self = .split(event.cluster, parent: parent)
    }
  }
}

extension DriftNews {
  init(_ report: DriftReport) {
    self.init(
      speed: report.speed, shareChange: report.shareChange,
      statistics: DriftEvent.Kind.allCases.map { ($0.rawValue, report.statistic(of: $0)) },
      alarms: report.events.map(\.kind.rawValue))
  }
}
