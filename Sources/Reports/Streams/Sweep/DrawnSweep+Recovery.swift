// How long the streams of a sweep take to recover.
extension DrawnSweep {
  /// Whether the truth is known.
  private var hasTruth: Bool {
    panels[0].history.measures.contains { $0.truthDistanceBefore != nil }
  }

  /// What is compared: the distance to the truth where that is known, else that of the points.
  var curveTitle: String { hasTruth ? "Distance to the truth" : "Distance of the points" }
  var curveLabel: String { hasTruth ? "distance to the truth" : "distance of points (RMS)" }

  /// The distances of a stream before it learnt each batch.
  func curve(_ panel: Panel) -> [(x: Double, y: Double)] {
    panel.history.measures.compactMap { measure in
      let value =
        hasTruth ? measure.truthDistanceBefore : measure.squaredDistance.map { $0.squareRoot() }
      return value.map { (x: measure.x, y: $0) }
    }
  }

  /// The batch of the change: the first that the truth tells of, else that at which distances rise
  /// most.
  var change: Double? {
    if let known = panels[0].history.changes.first { return known.x }
    let found = Recovery.change(in: panels.map(curve))
    // A rise that no stream has to recover from is chance.
    return found.flatMap { change in
      panels.contains { Recovery(curve($0), change: change) != nil } ? change : nil
    }
  }

  /// What the change is called in a chart.
  var changeText: String { panels[0].history.changes.first?.text ?? "change" }

  /// How long a stream takes; `nil` where there is nothing to recover from.
  func recovery(_ panel: Panel) -> Recovery? {
    change.flatMap { Recovery(curve(panel), change: $0) }
  }

  /// The same in words.
  func recoveryText(_ panel: Panel) -> String {
    guard let recovery = recovery(panel) else { return "No sudden change to recover from." }
    guard let batches = recovery.batches else {
      return "Has not recovered after \(numberText(recovery.watched)) batches."
    }
    let lives =
      panel.halfLife.isFinite
      ? ", \(numberText(batches / panel.halfLife, digits: 3)) half-lives" : ""
    return "Recovers in \(numberText(batches)) batches\(lives)."
  }
}

extension StreamHistory {
  /// The same without what happened, for frames that several histories share.
  var silent: StreamHistory {
    var copy = self
    copy.forgetHappenings()
    return copy
  }
}
