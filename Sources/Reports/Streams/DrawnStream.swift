import Clustering

/// The page of a stream: its clusters in the plane batch by batch, their ways, weights and lives,
/// and how far they are from the points and from the truth.
package struct DrawnStream {
  let history: StreamHistory
  let lives: StreamLives
  private let plane: StreamPlane
  let sample: PointSample?
  private let deaths: Double?

  /// How many numbers of ways the page holds: some hundred kilobytes.
  static let mostPlaces = 20_000

  /// - Parameters:
  ///   - names: those of the columns, where they are known.
  ///   - sample: points to draw behind the clusters.
  ///   - deaths: after how many half-lives without points a cluster dies; `nil` for never.
  package init(
    _ history: StreamHistory, names: [String]? = nil, sample: PointSample? = nil, deaths: Double?
  ) {
    (self.history, self.sample, self.deaths) = (history, sample, deaths)
    let lives = StreamLives(history)
    self.lives = lives
    plane = StreamPlane(
      lives.frames.flatMap { $0.record.centroids + ($0.truth?.centers ?? []) }, names: names)
  }

  /// The page.
  ///
  /// - Parameter source: the name of the trace.
  package func page(_ title: String, source: String) -> Page {
    var page = Page(title, subtitle: source)
    page.facts = facts
    page.notes = notes
    if !lives.lives.isEmpty {
      addMap(&page)
      addWays(&page)
      addWeights(&page)
      addLives(&page)
    }
    addMeasures(&page)
    addDrift(&page)
    addEvents(&page)
    return page
  }

  private func addMap(_ page: inout Page) {
    let timeline = lives.frames.map { $0.x }
    let view = StreamView(
      "Clusters of the stream", plane, lives.frames, timeline: timeline,
      points: sample?.points ?? [])
    let map = StreamMap(view, lives, most: shownLives, runs: history.runCount, id: "map")
    let data = PlayerData(
      names: StreamMap.names(history, lives.frames), maps: [map.playerMap], dots: view.dots,
      isLine: plane.isLine)
    page.add(script: StreamPlayer.script)
    page.add(data: data.json, id: StreamPlayer.data)
    page.add("clusters", plane.isLine ? "Clusters over time" : "Clusters, batch by batch") { part in
      if let note = plane.note { part.addText(note) }
      part.add("div", ["class": "controls", "id": StreamPlayer.place], text: "")
      part.addFigure(
        map.markup,
        caption: "Circles are the centroids, the larger the heavier, with their ids and the ways "
          + "that they came, bright for the last \(StreamMap.tail) batches"
          + (lives.frames.contains { $0.truth != nil }
            ? "; crosses and dashed lines are the true centers" : "")
          + (view.dots.isEmpty ? "." : "; dots are points.")
          + " Without a script it is the last batch that is shown.")
    }
  }

  private func addWays(_ page: inout Page) {
    // Points of one column are drawn over time already.
    guard history.dimension ?? 1 > 1 else { return }
    let charts = PathCharts(
      history: history, plane: plane, lives: lives.heaviest(WeightChart.most),
      frames: lives.frames
    ).charts
    page.add("ways", "Ways of the centroids") { part in
      for chart in charts { part.addFigure(chart.markup, caption: "") }
    }
  }

  private func addWeights(_ page: inout Page) {
    let weights = WeightChart(
      history: history, lives: lives.heaviest(WeightChart.most), frames: lives.frames,
      deaths: deaths)
    guard let (chart, legend) = weights.chart else { return }
    page.add("weights", "Weights") { part in
      part.addFigure(
        chart.markup, legend: legend,
        caption: "The decayed weights of the clusters. One that gets no more points loses half in "
          + "each half-life: a straight line.")
    }
  }

  private func addLives(_ page: inout Page) {
    let shown = lives.heaviest(Lifelines.most)
    let lines = Lifelines(history: history, lives: shown)
    let rest = lives.lives.count - shown.count
    page.add("lives", "Lives of the clusters") { part in
      part.addFigure(
        lines.markup,
        caption: "A bar from birth to death (a cross); upright lines join the halves of a split."
          + (rest > 0 ? " The \(countText(rest)) lightest are left out." : ""))
    }
  }

  private func addMeasures(_ page: inout Page) {
    if let chart = history.distanceChart {
      page.add("inertia", "Distance of the points") { part in
        part.addFigure(
          chart.markup,
          caption: "The inertia of each batch to the centroids before it was learnt, by the number "
            + "of its points: it rises where points are no more where they were.")
      }
    }
    guard let chart = history.truthChart else { return }
    page.add("truth", "Distance to the truth") { part in
      part.addFigure(
        chart.markup,
        caption:
          "The root of the mean square of the distances from each true center to the nearest "
          + "centroid, in the units of the points. After a jump it halves in each half-life, "
          + "where each cluster keeps its points.")
    }
  }

  private func addDrift(_ page: inout Page) {
    guard let tests = history.driftChart else { return }
    page.add("drift", "Drift") { part in
      let legend = Legend(
        tests.lines.map { line in
          var entry = Legend.Entry(line.name, color: line.color)
          entry.isLine = true
          return entry
        })
      part.addFigure(
        tests.markup, legend: legend,
        caption: "What the tests for drift have summed up, in deviations of each figure; after an "
          + "alarm they begin anew.")
      if let speed = history.speedChart {
        part.addFigure(speed.markup, caption: "How fast centroids move.")
      }
    }
  }

  private func addEvents(_ page: inout Page) {
    let most = 100
    let happenings = history.happenings.map { (x: $0.x, text: StreamMap.text($0.event)) }
    let truth = history.trueEvents.map { (x: $0.x, text: "in truth: \($0.event.text)") }
    // What is true comes before what the stream makes of it.
    let events = (truth + happenings).enumerated()
      .sorted { ($0.element.x, $0.offset) < ($1.element.x, $1.offset) }.map(\.element)
    guard !events.isEmpty else { return }
    page.add("events", "Events") { part in
      if events.count > most {
        part.addText("The first \(most) of \(countText(events.count)) events.")
      }
      part.addTable(
        ["batch", "event"],
        events.prefix(most).map { [numberText($0.x, digits: 12), $0.text] },
        leading: [1])
    }
  }
}
