import Clustering
import KMeansFiles
import KMeansReports

/// What only a page of one pass has: the sketch over the points, how it grew, and the bounds of the
/// cost.
struct SketchSections<Scalar: ClusteringScalar> {
  private let found: SketchedClusters<Scalar>
  private let content: ClusterPage
  /// The centroids of the sketch as points are compared, row after row [m x d].
  private let centroids: [Double]
  private let weights: [Double]

  init(_ found: SketchedClusters<Scalar>, _ content: ClusterPage) throws {
    (self.found, self.content) = (found, content)
    let sketch = found.fit.sketch
    weights = sketch.weights
    guard let places = sketch.doubleCentroids else {
      centroids = []
      return
    }
    // Means of rows of length 1 are shorter than these, and stay so.
    let transform = found.fit.model.transform
    let map = RowMap<Double>(
      RowTransform(standardization: transform.standardization, linear: transform.linear),
      columns: places.columns, instructionSet: found.parameters.sketch.execution.kernels)
    centroids = (map?.mapped(places) ?? places).doubleValues
  }

  func add(to page: inout Page) throws {
    page.add("bounds", "What the cost lies between") { addBounds(&$0) }
    page.add("sketch", "The sketch") { addSketch(&$0) }
    page.add("growth", "How the sketch grew") { addGrowth(&$0) }
  }

  private func addBounds(_ section: inout Markup) {
    let (bounds, cost) = (found.fit.cost, content.inertia)
    let error = found.fit.sketch.squaredError
    let certain = bounds.upperBound.isFinite
    var text =
      certain
      ? "The cost of all points for these clusters, the sum of \(content.inertiaUnit), lies between "
        + "\(numberText(bounds.lowerBound, digits: 6)) and \(numberText(bounds.upperBound, digits: 6)), for "
        + "certain: that is known from the sketch alone."
      : "Nothing is certain of the cost: the distance is no norm, and has no bounds."
    if let cost {
      text += " It is \(numberText(cost, digits: 6)), by a second look at the points."
      if certain, bounds.lowerBound > 0 {
        text +=
          " The upper bound is \(percentText(bounds.upperBound / cost - 1)) above it, the lower one "
          + "\(percentText(1 - bounds.lowerBound / cost)) below."
      }
    }
    if certain, bounds.lowerBound == 0, error > 0 {
      text += " A larger -km may bound it from below, too."
    }
    section.addText(text)
    guard certain, bounds.lowerBound <= bounds.upperBound else { return }
    let marks = cost.map { [IntervalChart.Mark($0, "the cost", color: 1)] } ?? []
    section.addFigure(
      IntervalChart(
        "Bounds of the cost", label: "cost (\(content.inertiaUnit))", "for certain in here",
        bounds.lowerBound...bounds.upperBound, marks
      ).markup,
      caption: "max(0, √S − √E)² ≤ cost ≤ S + E: S is the cost of the centroids of the sketch, E "
        + "(\(numberText(error))) what the points lie apart from these.")
  }

  private func addSketch(_ section: inout Markup) {
    guard content.dimension > 1, !centroids.isEmpty else {
      return section.addText(
        "\(counted(weights.count, "centroid")) stand for "
          + "\(countText(found.fit.sketch.pointCount)) points.")
    }
    do throws(UnknownPlane) {
      let plane =
        if let drawn = content.drawn {
          try PrincipalPlane(drawn.values, columns: content.dimension)
        } else {
          try PrincipalPlane(centroids, columns: content.dimension, weights: weights)
        }
      addScatter(plane, &section)
    } catch {
      section.addText("There is no picture of the sketch: \(error.reason).")
    }
  }

  private func addScatter(_ plane: PrincipalPlane, _ section: inout Markup) {
    let scene = PlaneScene(content, plane)
    let columns = content.dimension
    let total = weights.reduce(0, +)
    let shown = weights.largestFirst.prefix(1000)
    let places = shown.map { centroid in
      plane.place { centroids[centroid * columns + $0] }
    }
    func chart(_ window: PlaneScene.Window, _ title: String) -> Markup {
      var chart = scene.chart(window, title)
      // Points are the background here, in one colour.
      chart.groups = [ScatterChart.Group("points", scene.drawnPlaces, color: nil)]
      chart.outlines = []
      let sketch = zip(shown, places).map { centroid, place in
        var mark = ScatterChart.Mark(
          x: place.x, y: place.y, "",
          title: "a centroid of the sketch of weight \(numberText(weights[centroid], digits: 6))",
          color: 0)
        mark.radius = total > 0 ? 2.5 + 12 * (weights[centroid] / total).squareRoot() : 2.5
        return mark
      }
      chart.marks =
        sketch
        + chart.marks.map {
          var mark = $0
          (mark.color, mark.radius) = (1, 4)
          return mark
        }
      return chart.markup
    }
    section.addText(
      "\(counted(weights.count, "centroid")) stand for "
        + "\(countText(found.fit.sketch.pointCount)) points; ball k-means finds the clusters among them. "
        + scene.text)
    let legend = Legend(
      (content.drawn == nil ? [] : [Legend.Entry("points", color: nil)])
        + [Legend.Entry("centroids of the sketch", color: 0), Legend.Entry("clusters", color: 1)])
    let caption =
      "The areas of the sketch's centroids go by their weights."
      + (shown.count < weights.count
        ? " The \(shown.count) heaviest of \(countText(weights.count)) are drawn." : "")
    section.addFigure(
      chart(
        scene.whole(with: places),
        content.drawn == nil ? "The sketch" : "The sketch over the points"), legend: legend,
      caption: caption)
    if let part = scene.part {
      section.addFigure(
        chart(part, "The sketch over the points, a closer look"), legend: legend,
        caption: "The same, where 98 % of the points that are drawn lie.")
    }
  }

  private func addGrowth(_ section: inout Markup) {
    let sketch = found.fit.sketch
    let cutoff =
      sketch.distanceCutoff.map { "\(numberText($0))" }
      ?? "not known, for no two points of a split differ"
    let end =
      "At the end the distance cutoff is \(cutoff), after \(counted(sketch.collapseCount, "collapse")); the "
      + "sketch is to have about \(counted(sketch.numClusters, "centroid"))."
    let steps = found.steps
    guard steps.count > 1, let points = Scale.logarithmic(steps.map { Double($0.points) }) else {
      if let step = steps.first {
        return section.addText(
          "\(end) \(counted(step.points, "point")) are too few to see it grow: the first ones wait to say "
            + "how large distances are, and only then does it begin.")
      }
      return section.addText(
        "\(end) A sketch does not keep how it grew: kmeans report INPUT -k K --onepass shows that.")
    }
    section.addText(end)
    let x = Axis("points so far", points)
    let squared = found.parameters.sketch.usedPower == 2 ? "squared distance" : "distance"
    let cutoffs = steps.map { (x: Double($0.points), y: $0.cutoff ?? .nan) }
    if let scale = Scale.logarithmic(cutoffs.map(\.y)) {
      var line = LineChart.Line("distance cutoff", cutoffs, color: 0)
      line.isStepped = true
      section.addFigure(
        LineChart(
          Plot(
            "The distance cutoff as points come", x: x,
            y: Axis("cutoff (\(squared)\(content.description.transform.units))", scale)), [line]
        ).markup,
        caption:
          "A point farther than that from every centroid becomes one; a nearer one becomes one by "
          + "chance, with the probability distance / cutoff. The cutoff grows when a "
          + "collapse leaves too many, and never falls; both axes are logarithmic.")
    }
    var count = LineChart.Line(
      "centroids", steps.map { (x: Double($0.points), y: Double($0.centroids)) }, color: 0)
    count.isStepped = true
    var wanted = LineChart.Line(
      "to be kept to", steps.map { (x: Double($0.points), y: Double($0.wanted)) }, color: 1)
    (wanted.isStepped, wanted.isDashed) = (true, true)
    let y = Scale.linear(
      steps.flatMap { [Double($0.centroids), Double($0.wanted)] }, hasZero: true)
    var entries = [Legend.Entry(count.name, color: 0), Legend.Entry(wanted.name, color: 1)]
    for index in entries.indices { entries[index].isLine = true }
    entries[1].isDashed = true
    section.addFigure(
      LineChart(
        Plot("Centroids of the sketch as points come", x: x, y: Axis("centroids", y), height: 260),
        [count, wanted]
      ).markup, legend: Legend(entries),
      caption:
        "The sketch is looked at each time it has 5 % more points: between two looks it may have "
        + "collapsed and grown again.")
  }
}
