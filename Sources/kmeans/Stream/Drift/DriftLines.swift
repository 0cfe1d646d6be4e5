import Clustering

// Drift as people and programs read it.
extension DriftReport {
  /// What traces and metrics say of a batch.
  var json: String {
    let figures = zip(DriftEvent.Kind.allCases, statistics).map { kind, value in
      "\"\(kind.rawValue)\":\(value)"
    }
    return "{\"speed\":\(speed),\"shareChange\":\(shareChange),"
      + "\"statistics\":{\(figures.joined(separator: ","))},\"alarms\":\(events.count)}"
  }
}

extension DriftEvent {
  /// An entry of the events of a trace.
  var json: String {
    "{\"kind\":\"drift\",\"of\":\"\(kind.rawValue)\",\"value\":\(value),\"threshold\":\(threshold)}"
  }

  /// What happened, for people.
  var text: String {
    let what =
      switch kind {
      case .inertia: "the points are farther from their centroids than they were"
      case .shares: "the shares of the clusters have changed"
      case .speed: "the centroids lag behind their points"
      }
    return "drift: \(what) (\(kind.rawValue) \(short(value)), alarm above \(short(threshold)))"
  }

  /// What an alarm command gets.
  ///
  /// - Parameters:
  ///   - path: the input of the batch.
  ///   - missed: the number of alarms since the last command that it was not run for.
  func json(of batch: BatchFacts, _ path: String, missed: Int) -> String {
    "{\"event\":\"drift\",\"kind\":\"\(kind.rawValue)\",\"value\":\(value),"
      + "\"threshold\":\(threshold),\"batch\":\(batch.number),\"points\":\(batch.points),"
      + "\"time\":\(batch.time.map(\.description) ?? "null"),\"input\":\(jsonString(path)),"
      + "\"missed\":\(missed)}\n"
  }
}
