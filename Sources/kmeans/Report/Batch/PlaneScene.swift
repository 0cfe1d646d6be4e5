import Clustering
import KMeansFiles
import KMeansReports

/// The points, centroids and ellipses of a page on their plane.
struct PlaneScene {
  typealias Window = (x: ClosedRange<Double>, y: ClosedRange<Double>)

  private let page: ClusterPage
  private let plane: PrincipalPlane
  /// The places of the points that were drawn, those that are shown first.
  private let places: [(x: Double, y: Double)]
  private let marks: [ScatterChart.Mark]
  /// How many points are shown.
  private let count: Int

  init(_ page: ClusterPage, _ plane: PrincipalPlane) {
    (self.page, self.plane) = (page, plane)
    let drawn = page.drawn
    places = (0..<(drawn?.count ?? 0)).map { point in
      plane.place { drawn!.value(point, $0) }
    }
    count = min(places.count, page.mostDrawn)
    let order = page.description.largestFirst.prefix(Self.mostMarks)
    // The largest are drawn last.
    marks = order.reversed().map { Self.mark($0, page, plane) }
  }

  /// How many centroids are drawn.
  private static var mostMarks: Int { 300 }

  private static func mark(
    _ cluster: Int, _ page: ClusterPage, _ plane: PrincipalPlane
  ) -> ScatterChart.Mark {
    let place = plane.place { page.centroids[cluster * page.dimension + $0] }
    let color = page.colors.color(cluster)
    var mark = ScatterChart.Mark(
      x: place.x, y: place.y, color == nil ? "" : "\(cluster)",
      title: "\(page.name(cluster)): \(percentText(page.description.share(cluster)))",
      color: color)
    mark.radius =
      page.drawn == nil
      ? 4 + 26 * page.description.share(cluster).squareRoot()
      : color == nil ? 3.5 : 5.5
    return mark
  }

  /// The places of the points that are shown.
  var drawnPlaces: [(x: Double, y: Double)] { Array(places.prefix(count)) }

  /// What the plane is.
  var text: String {
    let names = page.description.names.all
    guard !plane.isOfColumns else {
      return "The two columns, in \(page.planeUnit)." + (page.drawn == nil ? "" : " \(sampled)")
    }
    var text = page.drawn == nil ? "" : "\(sampled) "
    text +=
      "The plane is that of the first two principal components (in \(page.planeUnit)), which hold "
      + "\(percentText(plane.shares.reduce(0, +))) of the variance; what lies apart "
      + (page.dimension == 3
        ? "across the third dimension" : "across the other \(page.dimension - 2) dimensions")
      + " may look near here."
    for axis in 0..<2 where plane.shares[axis] > 0 {
      let leading = plane.leadingColumns(axis, count: 3).map {
        "\(visible(shortName(names[$0.column], to: 40))) (\(signed($0.part)))"
      }
      text += " Component \(axis + 1) is mostly \(leading.joined(separator: ", "))."
    }
    if let used = plane.columnsUsed {
      text += " Only the \(used) columns of the largest variance enter."
    }
    if !page.description.distance.hasMeans {
      text +=
        " The picture shows Euclidean distances; the clusters go by "
        + "\(page.description.distance.kind.rawValue)."
    }
    return text
  }

  private var sampled: String {
    page.sampled(count, of: page.drawn?.total ?? 0)
  }

  var caption: String {
    let others = page.clusterCount - marks.count
    var text =
      page.drawn == nil
      ? "Centroids, with areas as their weights." : "Dots with numbers are centroids"
    if !ellipses.isEmpty {
      text +=
        "; an ellipse would hold \(numberText(100 * Ellipse.share)) % of a normal cluster's points"
    }
    text += page.drawn == nil ? "" : "."
    if others > 0 { text += " \(countText(others)) smaller clusters have no mark." }
    if page.drawn != nil { text += " Choose a name of the legend to see one cluster alone." }
    return text
  }

  /// What to show to show all.
  var whole: Window { whole(with: []) }

  /// The same with other places.
  func whole(with others: [(x: Double, y: Double)]) -> Window {
    Self.window(drawnPlaces + marks.map { (x: $0.x, y: $0.y) } + others, inner: 1)
  }

  /// What to show of the most of it, where far points leave it small; `nil` where they do not.
  var part: Window? {
    guard count > 100 else { return nil }
    let (all, part) = (whole, Self.window(drawnPlaces, inner: 0.98))
    func length(_ range: ClosedRange<Double>) -> Double { range.upperBound - range.lowerBound }
    let isSmall =
      2 * length(part.x) < length(all.x) && 2 * length(part.y) < length(all.y)
      || 4 * length(part.x) < length(all.x) || 4 * length(part.y) < length(all.y)
    return isSmall && max(length(part.x), length(part.y)) > 0 ? part : nil
  }

  /// The ranges of the inner part of the places along each axis.
  private static func window(_ places: [(x: Double, y: Double)], inner: Double) -> Window {
    func range(_ values: [Double]) -> ClosedRange<Double> {
      let sorted = values.sorted()
      guard let last = sorted.indices.last else { return 0...1 }
      let cut = Int(Double(sorted.count) * (1 - inner) / 2)
      return sorted[min(cut, last)]...sorted[max(last - cut, min(cut, last))]
    }
    return (range(places.map(\.x)), range(places.map(\.y)))
  }

  /// The picture of a window.
  func chart(_ window: Window, _ title: String) -> ScatterChart {
    let names = page.description.names.all
    let labels: [String] = (0..<2).map { axis in
      plane.isOfColumns
        ? "\(visible(shortName(names[axis], to: 60))) (\(page.planeUnit))"
        : "component \(axis + 1): \(percentText(plane.shares[axis])) of the variance"
    }
    var chart = ScatterChart(title, labels: (labels[0], labels[1]), window: window)
    chart.groups = groups
    chart.outlines = ellipses
    chart.marks = marks
    return chart
  }

  /// The clusters that have a colour of their own, the smallest last, so that it is seen.
  private var colored: [Int] {
    page.description.largestFirst.filter { page.colors.color($0) != nil }
  }

  /// The places of points by their clusters; those of clusters without a colour under `nil`.
  private func places(among count: Int) -> [Int?: [(x: Double, y: Double)]] {
    var found: [Int?: [(x: Double, y: Double)]] = [:]
    guard let drawn = page.drawn else { return found }
    for point in 0..<count where drawn.labels[point] >= 0 {
      let cluster = Int(drawn.labels[point])
      found[page.colors.color(cluster) == nil ? nil : cluster, default: []].append(places[point])
    }
    return found
  }

  private var groups: [ScatterChart.Group] {
    let found = places(among: count)
    let others = found[nil].map { ScatterChart.Group("other clusters", $0, color: nil) }
    return [others].compactMap { $0 }
      + colored.compactMap { cluster in
        found[cluster].map {
          var group = ScatterChart.Group(page.name(cluster), $0, color: page.colors.color(cluster))
          group.isSquare = page.colors.isSquare(cluster)
          return group
        }
      }
  }

  private var ellipses: [ScatterChart.Outline] {
    let found = places(among: places.count)
    return colored.compactMap { cluster in
      // Of a few points an ellipse says nothing.
      found[cluster].flatMap { $0.count < 10 ? nil : Ellipse(of: $0) }.map {
        ScatterChart.Outline(
          $0.outline(), color: page.colors.color(cluster), name: page.name(cluster))
      }
    }
  }

  /// The clusters by their colours.
  var legend: Legend? {
    guard page.drawn != nil else { return nil }
    var entries = colored.map {
      var entry = Legend.Entry(page.name($0), color: page.colors.color($0))
      entry.isSquare = page.colors.isSquare($0)
      return entry
    }
    if entries.count < page.clusterCount {
      entries.append(Legend.Entry("other clusters", color: nil))
    }
    return Legend(entries)
  }
}
