import Clustering
import KMeansFiles
import KMeansReports

// Where the points lie: on the plane in which they spread most.
extension ClusterPage {
  func addPlane(to page: inout Page) {
    page.add("points", drawn == nil ? "Where the centroids lie" : "Where the points lie") {
      section in
      if dimension == 1 { return addHistogram(&section) }
      do throws(UnknownPlane) {
        try addScatter(&section)
      } catch {
        section.addText("There is no picture of the points: \(error.reason).")
      }
    }
    if drawn != nil { page.add(script: LegendScript.text) }
  }

  private func addScatter(_ section: inout Markup) throws(UnknownPlane) {
    let plane =
      if let drawn {
        try PrincipalPlane(drawn.values, columns: dimension)
      } else {
        try PrincipalPlane(
          centroids, columns: dimension, weights: description.total > 0 ? description.sizes : nil)
      }
    let scene = PlaneScene(self, plane)
    section.addText(scene.text)
    section.addFigure(
      scene.chart(scene.whole, "Points and centroids").markup, legend: scene.legend,
      caption: scene.caption)
    guard let part = scene.part else { return }
    section.addFigure(
      scene.chart(part, "Points and centroids, a closer look").markup, legend: scene.legend,
      caption: "The same, where 98 % of the points that are drawn lie.")
  }

  /// The picture of points that have one column.
  private func addHistogram(_ section: inout Markup) {
    let label = "\(visible(description.names.all[0])) (\(planeUnit))"
    guard let drawn else {
      section.addText("The centroids, in the units in which points are compared with them.")
      let bars = description.largestFirst.prefix(30).map {
        BarChart.Bar(
          name($0), centroids[$0], numberText(centroids[$0], digits: 6), color: colors.color($0))
      }
      return section.addFigure(
        BarChart("Centroids", bars).markup, caption: "The value of each centroid, \(label).")
    }
    let count = min(drawn.count, mostDrawn)
    var values: [Int?: [Double]] = [:]
    for point in 0..<count where drawn.labels[point] >= 0 {
      let cluster = Int(drawn.labels[point])
      values[colors.color(cluster) == nil ? nil : cluster, default: []].append(
        drawn.value(point, 0))
    }
    let groups = values.sorted { ($0.key ?? .max) < ($1.key ?? .max) }.map { cluster, values in
      Histogram.Group(
        cluster.map(name) ?? "other clusters", values, color: cluster.flatMap(colors.color))
    }
    var chart = Histogram("Points along their only column", label: label, groups)
    chart.marks = description.largestFirst.prefix(ClusterColors.most).map {
      (value: centroids[$0], text: "\($0)", color: colors.color($0))
    }
    section.addText(sampled(count, of: drawn.total))
    section.addFigure(
      chart.markup, caption: "How many points have a value; dots on the axis are centroids.")
  }

  /// Says how many points are drawn.
  func sampled(_ count: Int, of total: Int) -> String {
    count < total
      ? "\(countText(count)) of \(countText(total)) points are drawn, at random, the same ones in every "
        + "run (--sample N draws more)."
      : "All \(countText(total)) points are drawn."
  }
}
