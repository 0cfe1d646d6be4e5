import Clustering
import KMeansFiles
import KMeansReports

// What the clusters mean: how far their centroids are from the mean of all, column by column.
extension ClusterPage {
  /// How many clusters and columns the table of colours has, and how many clusters are shown one by
  /// one.
  private static var shown: (rows: Int, columns: Int, cards: Int) { (24, 24, 24) }

  func addMeaning(to page: inout Page) {
    let order = description.largestFirst
    let columns = separating
    page.add("meaning", "What each cluster means") { section in
      section.addText(compared)
      if order.count > 1, dimension > 1 { addHeatMap(order, columns, &section) }
      addExplained(&section)
      section.breakLine()
      let cards = Array(order.prefix(Self.shown.cards))
      var charts = cards.map(chart)
      BarChart.shareScale(&charts)
      section.addText("The bars below have one scale: their lengths can be compared.")
      section.add("div", ["class": "grid"]) { grid in
        for (cluster, chart) in zip(cards, charts) { addCard(cluster, chart, &grid) }
      }
      if order.count > Self.shown.cards {
        section.addText(
          "The \(Self.shown.cards) largest of \(countText(order.count)) clusters are shown.")
      }
      addValues(&section)
    }
  }

  private var compared: String {
    let of =
      description.points == nil
      ? "the centroids, by the weights of their clusters" : "all points"
    return
      "Each centroid is compared with the mean of \(of), in standard deviations (sd) of the column. "
      + "Columns that separate a cluster most come first; behind the deviation stands the centroid."
  }

  /// The columns, those first along which clusters lie apart most: by the sum over clusters of
  /// their share times the squared deviation, which for means of points is the share of the
  /// variance that the clusters explain.
  var separating: [(column: Int, explained: Double)] {
    let found = (0..<dimension).map { column in
      let explained = description.sizes.indices.reduce(0.0) {
        let score = score($1, column) ?? 0
        return $0 + description.share($1) * score * score
      }
      return (column: column, explained: explained)
    }
    return found.sorted { ($1.explained, $0.column) < ($0.explained, $1.column) }
  }

  private func score(_ cluster: Int, _ column: Int) -> Double? {
    Separation(
      column: column, centroid: description.centroids[cluster, column],
      mean: description.spread.means[column], deviation: description.spread.deviations[column]
    ).score
  }

  private func addHeatMap(
    _ order: [Int], _ columns: [(column: Int, explained: Double)], _ section: inout Markup
  ) {
    let (rows, names) = (order.prefix(Self.shown.rows), description.names.all)
    let shown = columns.prefix(Self.shown.columns).map(\.column)
    let map = HeatMap(
      "Deviations of the centroids from the mean", rows: rows.map(name),
      columns: shown.map { visible(names[$0]) },
      rows.map { cluster in shown.map { score(cluster, $0) } })
    var caption =
      "Each cell is the centroid of a cluster in a column: the stronger the colour, the farther it is "
      + "from the mean."
    if order.count > rows.count || dimension > shown.count {
      caption +=
        " Shown are the \(counted(rows.count, "largest cluster")) and the "
        + "\(counted(shown.count, "column")) that separate clusters most, of "
        + "\(countText(order.count)) and \(countText(dimension))."
    }
    section.addFigure(map.markup, caption: caption)
  }

  /// The share of the variance of each column that clusters explain. Only means of points have it.
  private func addExplained(_ section: inout Markup) {
    guard description.points != nil, dimension > 1, description.distance.hasMeans,
      !description.transform.normalizesCentroids
    else { return }
    let names = description.names.all
    let bars = separating.prefix(15).filter { $0.explained > 0 }.map {
      let share = min(1, $0.explained)
      return BarChart.Bar(visible(names[$0.column]), share, percentText(share), color: 0)
    }
    guard !bars.isEmpty else { return }
    var chart = BarChart("Variance of columns that the clusters explain", bars)
    chart.extent = 1
    section.addFigure(
      chart.markup,
      caption: "The share of the variance of a column that lies between clusters, not within them: "
        + "columns at 100 % are what the clusters are made of.")
  }

  /// The columns that separate one cluster most.
  private func chart(_ cluster: Int) -> BarChart {
    let names = description.names.all
    let bars = description.separations(of: cluster, top: top).map { separation in
      let name = visible(names[separation.column])
      guard let score = separation.score else {
        return BarChart.Bar(name, nil, "\(numberText(separation.centroid)), always", color: nil)
      }
      return BarChart.Bar(
        name, score, "\(signed(score)) sd: \(numberText(separation.centroid))",
        color: score < 0 ? 0 : 1)
    }
    var chart = BarChart("\(name(cluster)): columns that separate it most", bars)
    (chart.width, chart.nameLength, chart.alignsTexts) = (440, 20, true)
    return chart
  }

  private func addCard(_ cluster: Int, _ chart: BarChart, _ grid: inout Markup) {
    grid.add("div", ["class": "keep"]) { card in
      card.add("h3") { heading in
        heading.add(
          Legend([.init("", color: colors.color(cluster))]).swatch)
        heading.write("\(name(cluster)): \(percentText(description.share(cluster)))")
      }
      card.add(chart.markup)
      card.breakLine()
    }
  }
}
