import Clustering
import KMeansFiles
import KMeansReports

// How well the points fit to their clusters, and how the fit went.
extension ClusterPage {
  /// How many clusters have a blade of their own.
  private static var mostBlades: Int { 40 }

  func addSilhouettes(to page: inout Page) {
    guard let drawn else { return }
    page.add("silhouettes", "Silhouettes") { section in
      guard let silhouette = drawn.silhouette else {
        return section.addText(
          "There are none: they go by Euclidean distances, and the clusters by "
            + "\(description.distance.kind.rawValue).")
      }
      guard let mean = silhouette.mean else {
        let reason = silhouette.undefined?.description ?? "there are too few points"
        return section.addText("There are none: \(reason).")
      }
      var values: [Int: [Double]] = [:]
      for (row, value) in zip(silhouette.rows, silhouette.values) {
        values[Int(drawn.labels[row]), default: []].append(value)
      }
      let order = description.largestFirst.filter { values[$0] != nil }
      let blades = order.prefix(Self.mostBlades).map {
        SilhouetteChart.Blade(name($0), values[$0] ?? [], color: colors.color($0))
      }
      section.addText(
        silhouetteText(silhouette, drawn.total, shown: blades.count, of: order.count))
      section.addFigure(
        SilhouetteChart("Silhouettes of points, by cluster", blades, mean: mean).markup,
        caption:
          "(b - a) / max(a, b) of each point, sorted within its cluster: a is the mean distance to "
          + "the others of its cluster, b that to the nearest other cluster.")
    }
  }

  private func silhouetteText(
    _ silhouette: Silhouette, _ total: Int, shown: Int, of clusters: Int
  ) -> String {
    let count = silhouette.rows.count
    var text =
      count < total
      ? "Of \(countText(count)) of \(countText(total)) points, drawn at random, each compared with all of "
        + "these; the error is that of a sample." : "Of all \(countText(count)) points."
    if clusters < clusterCount {
      text += " No point of the other \(countText(clusterCount - clusters)) clusters was drawn."
    }
    if shown < clusters {
      text += " The \(shown) largest clusters are shown; the mean is that of all."
    }
    return text
  }

  func addHistory(to page: inout Page) {
    var found = history.compactMap { iteration in
      iteration.inertia.map { (x: Double(iteration.number), y: $0) }
    }
    guard let last = found.last, let inertia else { return }
    found.append((x: last.x + 1, y: inertia))
    page.add("iterations", "Inertia by iteration") { section in
      let iterations = Axis(
        "iteration", .linear(found.map(\.x), isTight: true, isWhole: true))
      let axis = Axis("inertia (\(inertiaUnit))", .linear(found.map(\.y)))
      var line = LineChart.Line("inertia", found, color: 0)
      line.hasMarks = found.count <= 60
      section.addFigure(
        LineChart(
          Plot(
            "Inertia by iteration", x: iterations,
            y: axis), [line]
        ).markup,
        caption:
          "The inertia of the centroids with which an iteration begins; the last point is the "
          + "result.")
      let moved = history.filter { $0.moved > 0 }.map {
        (x: Double($0.number), y: Double($0.moved))
      }
      guard moved.count > 1, let scale = Scale.logarithmic(moved.map(\.y)) else { return }
      var changes = LineChart.Line("points that changed their cluster", moved, color: 1)
      changes.hasMarks = moved.count <= 60
      section.addFigure(
        LineChart(
          Plot(
            "Points that changed their cluster",
            x: iterations,
            y: Axis("points", scale), height: 240), [changes]
        ).markup, caption: "How many points changed their cluster in an iteration, by logarithms.")
    }
  }
}
