import Clustering

// What a stream is in a few figures, and what its page leaves out.
extension DrawnStream {
  var facts: [Page.Fact] {
    func count(_ kind: String) -> Int { history.happenings.count { $0.event.kind == kind } }
    let points = history.measures.reduce(0.0) { $0 + Double($1.points) }
    var facts = [
      Page.Fact("batches", countText(history.measures.count)),
      Page.Fact("points", numberText(points, digits: 9)),
      Page.Fact("clusters", countText(lives.frames.last?.record.ids.count ?? 0)),
      Page.Fact("columns", history.dimension.map(countText) ?? "not known yet"),
      Page.Fact("died", countText(count("died"))), Page.Fact("split", countText(count("split"))),
    ]
    if history.measures.contains(where: { $0.drift != nil }) {
      facts.append(Page.Fact("alarms", countText(count("drift"))))
    }
    return facts
  }

  var notes: [String] {
    var notes: [String] = []
    if lives.lives.isEmpty {
      notes.append(
        "There are no centroids yet: the stream still waits for its first rows.")
    }
    if lives.frames.count < history.frameCount {
      notes.append(
        "Of \(countText(history.frameCount)) batches \(countText(lives.frames.count)) are drawn one by "
          + "one, at even distances.")
    }
    let shown = shownLives
    if shown < lives.lives.count {
      notes.append(
        "Of \(countText(lives.lives.count)) clusters the \(countText(shown)) heaviest are drawn.")
    }
    if let note = sample?.note { notes.append(note) }
    if history.runCount > 1 {
      notes.append(
        "The trace holds \(history.runCount) runs, one behind the other; ids of different runs have "
          + "nothing to do with each other.")
    }
    return notes
  }

  /// How many clusters are moved by the script.
  var shownLives: Int {
    let most = max(1, Self.mostPlaces / max(1, lives.frames.count))
    return min(lives.lives.count, min(most, StreamLives.most))
  }
}
