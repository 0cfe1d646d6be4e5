import Clustering
import KMeansFiles
import KMeansReports

// How large the clusters are.
extension ClusterPage {
  /// How many clusters are drawn one by one, and listed.
  private static var shown: (bars: Int, lines: Int) { (30, 100) }

  func addSizes(to page: inout Page) {
    let order = description.largestFirst
    let what = description.points == nil ? "weight" : "points"
    page.add("sizes", "Sizes") { section in
      section.addText(sizesText(order))
      if order.count > Self.shown.lines {
        addHistogram(&section, what)
      } else {
        section.addFigure(
          BarChart("Sizes of the clusters", bars(order)).markup,
          caption: "The \(what) of each cluster, and the share of all, the largest first.")
      }
      section.addTable(
        ["cluster", what, "share"]
          + (description.points == nil
            ? []
            : ["of the inertia", "mean \(distanceName)", nearestName]),
        order.prefix(Self.shown.lines).map(line))
      if order.count > Self.shown.lines {
        section.addText(
          "The \(Self.shown.lines) largest of \(countText(order.count)) clusters are listed; "
            + "'kmeans describe MODEL --csv OUT.csv' has all.")
      }
    }
  }

  private var nearestName: String {
    description.points?.idName.map { "nearest rows (\(visible($0)))" } ?? "nearest rows"
  }

  private var distanceName: String {
    description.distance.hasMeans ? "squared distance" : "distance"
  }

  /// What the sizes are like, in a sentence.
  private func sizesText(_ order: [Int]) -> String {
    let empty = description.sizes.count { $0 == 0 }
    guard let largest = order.first, description.total > 0 else {
      return "No cluster has any weight."
    }
    var text =
      "The largest of \(counted(order.count, "cluster")) holds "
      + "\(percentText(description.share(largest))) of all"
    if order.count > 1, let last = order.last, empty == 0 {
      text += ", the smallest \(percentText(description.share(last)))"
    }
    return text
      + (empty > 0 ? "; \(counted(empty, "cluster")) \(empty == 1 ? "is" : "are") empty." : ".")
  }

  private func bars(_ order: [Int]) -> [BarChart.Bar] {
    // One bar for the others in place of one cluster would save no line.
    let count = order.count <= Self.shown.bars + 1 ? order.count : Self.shown.bars
    var bars = order.prefix(count).map {
      BarChart.Bar(
        name($0), description.sizes[$0], "\(size($0)), \(percentText(description.share($0)))",
        color: colors.color($0))
    }
    let others = order.dropFirst(count)
    if !others.isEmpty {
      let sum = others.reduce(0) { $0 + description.sizes[$1] }
      let share = description.total > 0 ? sum / description.total : 0
      bars.append(
        BarChart.Bar(
          "\(countText(others.count)) other clusters", sum,
          "\(numberText(sum, digits: 12)), \(percentText(share))", color: nil))
    }
    return bars
  }

  /// The sizes of clusters that are too many for bars of their own.
  private func addHistogram(_ section: inout Markup, _ what: String) {
    let sizes = description.sizes.filter { $0 > 0 }
    var chart = Histogram(
      "Sizes of the clusters", label: "\(what) of a cluster",
      [Histogram.Group("clusters", sizes, color: 0)])
    chart.counted = "clusters"
    // Few large clusters would leave all others in one bar.
    let isWide = (sizes.max() ?? 0) > 30 * (sizes.min() ?? 0)
    if isWide, let scale = Scale.logarithmic(sizes) { chart.scale = scale }
    section.addFigure(
      chart.markup,
      caption: "How many clusters have how many \(what)\(isWide ? ", by logarithms" : ""); "
        + "those that are empty are left out.")
  }

  private func line(_ cluster: Int) -> [String] {
    var cells = [name(cluster), size(cluster), percentText(description.share(cluster))]
    guard let points = description.points else { return cells }
    let size = description.sizes[cluster]
    cells += [
      percentText(description.inertiaShare(cluster) ?? 0),
      size > 0 ? numberText(points.inertias[cluster] / size) : "",
      points.nearest[cluster].rows.map { $0.id.map(visible) ?? "\($0.row + 1)" }
        .joined(separator: ", "),
    ]
    return cells
  }
}
