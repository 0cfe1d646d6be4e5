import Clustering

/// The page of a sweep: the same points learnt with several half-lives, side by side, each with the
/// time that it takes to recover from a change.
package struct DrawnSweep {
  /// A stream with one half-life.
  package struct Panel: Sendable {
    /// In batches; infinite for never.
    package let halfLife: Double
    package let history: StreamHistory

    package init(halfLife: Double, _ history: StreamHistory) {
      (self.halfLife, self.history) = (halfLife, history)
    }

    /// `half-life 0.5`, or `never forgets`.
    var name: String {
      halfLife.isFinite ? "half-life \(numberText(halfLife))" : "never forgets"
    }
  }

  let panels: [Panel]
  private let lives: [StreamLives]
  private let names: [String]?
  private let sample: PointSample

  /// - Parameters:
  ///   - panels: of the same batches, at least one.
  ///   - names: those of the columns, where they are known.
  ///   - sample: points to draw behind the clusters.
  package init(_ panels: [Panel], names: [String]?, sample: PointSample) {
    (self.panels, self.names, self.sample) = (panels, names, sample)
    lives = panels.map { StreamLives($0.history) }
  }

  /// The page.
  ///
  /// - Parameter source: the names of the inputs.
  package func page(_ title: String, source: String) -> Page {
    var page = Page(title, subtitle: source)
    let first = panels[0].history
    page.facts = [
      Page.Fact("batches", countText(first.measures.count)),
      Page.Fact("points", countText(sample.total)),
      Page.Fact("clusters", countText(lives[0].frames.last?.record.ids.count ?? 0)),
      Page.Fact("columns", first.dimension.map(countText) ?? "not known"),
    ]
    if let change { page.facts.append(Page.Fact("change in batch", numberText(change))) }
    if let text = panels[0].history.changes.first?.text {
      page.facts.append(Page.Fact("what changes", text))
    }
    page.notes = notes
    addPanels(&page)
    addCurves(&page)
    addTable(&page)
    return page
  }

  private var notes: [String] {
    var notes = sample.note.map { [$0] } ?? []
    let frames = lives[0].frames.count
    if frames < panels[0].history.frameCount {
      notes.append(
        "Of \(countText(panels[0].history.frameCount)) batches \(countText(frames)) are drawn one by "
          + "one, at even distances.")
    }
    let count = lives.map(\.lives.count).max() ?? 0
    if shownLives < count {
      notes.append(
        "Of up to \(countText(count)) clusters the \(countText(shownLives)) heaviest are drawn.")
    }
    return notes
  }

  private var shownLives: Int {
    let frames = panels.count * max(1, lives[0].frames.count)
    return max(1, min(StreamLives.most, DrawnStream.mostPlaces / frames))
  }

  private func addPanels(_ page: inout Page) {
    let frames = lives.flatMap(\.frames)
    let plane = StreamPlane(
      frames.flatMap { $0.record.centroids + ($0.truth?.centers ?? []) }, names: names)
    let view = StreamView(
      "Clusters", plane, frames, timeline: lives[0].frames.map { $0.x }, points: sample.points,
      width: 450, height: 330)
    let maps = lives.enumerated().map { number, lives in
      StreamMap(view, lives, most: shownLives, runs: 1, id: "map\(number)")
    }
    let data = PlayerData(
      names: StreamMap.names(panels[0].history.silent, lives[0].frames),
      maps: maps.map(\.playerMap), dots: view.dots, isLine: plane.isLine)
    page.add(script: StreamPlayer.script)
    page.add(data: data.json, id: StreamPlayer.data)
    page.add("sweep", "The same points, several half-lives") { part in
      if let note = plane.note { part.addText(note) }
      part.addText(
        "Half-lives are counted in batches. Circles are the centroids with the ways that they came, "
          + "dots are points"
          + (frames.contains { $0.truth != nil }
            ? ", crosses and dashed lines the true centers." : "."))
      part.add("div", ["class": "controls", "id": StreamPlayer.place], text: "")
      part.add("div", ["class": "grid"]) { grid in
        for (panel, map) in zip(panels, maps) {
          grid.add("div", ["class": "keep"]) { box in
            box.add("h3", text: panel.name)
            box.addFigure(map.markup, caption: recoveryText(panel))
          }
        }
      }
    }
  }

  private func addCurves(_ page: inout Page) {
    let curves = panels.map(curve)
    let values = curves.flatMap { $0.map { $0.y } }
    guard !values.isEmpty else { return }
    let axis = Axis(curveLabel, StreamHistory.scale(values))
    let lines = zip(panels, curves).enumerated().map { color, pair in
      LineChart.Line(pair.0.name, pair.1, color: color)
    }
    var chart = LineChart(panels[0].history.plot(curveTitle, axis, height: 300), lines)
    if let change { chart.rules = [LineChart.Rule(change, changeText, isUpright: true)] }
    let legend = Legend(
      lines.map { line in
        var entry = Legend.Entry(line.name, color: line.color)
        entry.isLine = true
        return entry
      })
    page.add("curves", curveTitle) { part in
      part.addFigure(
        chart.markup, legend: legend,
        caption:
          "Before each batch was learnt. A short half-life comes back soon and is restless; a "
          + "long one is calm and late.")
    }
  }

  private func addTable(_ page: inout Page) {
    page.add("table", "Recovery") { part in
      part.addText(
        "From the change on, until a tenth of the way is left: 3.3 half-lives where each cluster keeps "
          + "its points.")
      part.addTable(
        ["half-life (batches)", "recovery (batches)", "in half-lives", curveLabel + ", mean"],
        panels.map(row), leading: [])
    }
  }

  private func row(_ panel: Panel) -> [String] {
    var cells = [panel.halfLife.isFinite ? numberText(panel.halfLife) : "never"]
    if let recovery = recovery(panel) {
      let watched = "more than \(numberText(recovery.watched))"
      cells.append(recovery.batches.map { numberText($0) } ?? watched)
      let lives = recovery.batches.map { numberText($0 / panel.halfLife, digits: 3) }
      cells.append(panel.halfLife.isFinite ? lives ?? "" : "")
    } else {
      cells += ["no change", ""]
    }
    let distances = curve(panel).map { $0.y }
    let mean = distances.reduce(0, +) / Double(max(1, distances.count))
    return cells + [distances.isEmpty ? "" : numberText(mean)]
  }
}
