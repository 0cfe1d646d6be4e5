import Clustering

/// The frame that clusters of a stream are drawn in: a plane with one unit in both directions, or
/// for points of one column their values over batches. Histories of the same data share one.
struct StreamView {
  let plane: StreamPlane
  let plot: Plot
  /// The dots of the points of each frame, as paths of SVG; empty where there are no points.
  private(set) var dots: [String] = []

  /// - Parameters:
  ///   - frames: those of all histories that are drawn in it.
  ///   - timeline: the places of the frames on the axis of batches.
  ///   - points: drawn behind the clusters.
  init(
    _ title: String, _ plane: StreamPlane, _ frames: [StreamHistory.Frame], timeline: [Double],
    points: [SampledPoint], width: Double = 760, height: Double = 470
  ) {
    self.plane = plane
    let centers = frames.flatMap { ($0.record.centroids + ($0.truth?.centers ?? [])) }
      .map { plane.place($0) }
    let places = points.map { plane.place($0.values) }
    let (across, upright) = (
      Self.range(centers.map { $0.x }, places.map { $0.x }),
      Self.range(centers.map { $0.y }, places.map { $0.y })
    )
    if plane.isLine {
      let (first, last) = (timeline.first ?? 0, timeline.last ?? 1)
      // Room for the marks of the first and the last batch.
      let ends = [first - 0.025 * (last - first), last + 0.025 * (last - first)]
      var plot = Plot(
        title, x: Axis("batch", .linear(ends, isTight: true, isWhole: true)),
        y: Axis(plane.labels.y, .linear([upright.lowerBound, upright.upperBound])),
        height: 0.75 * height)
      plot.width = width
      self.plot = plot
    } else {
      var chart = ScatterChart(title, labels: plane.labels, window: (across, upright))
      (chart.width, chart.height) = (width, height)
      plot = chart.plot
    }
    if !points.isEmpty { dots = dotPaths(points, places, timeline) }
  }

  /// The place of a point in a frame, in pixels.
  func place(_ point: [Double], at x: Double) -> (x: Double, y: Double) {
    let place = plane.place(point)
    return (plot.x(plane.isLine ? x : place.x), plot.y(place.y))
  }

  /// The dots of each frame: the points of the batches since the frame before.
  private func dotPaths(
    _ points: [SampledPoint], _ places: [(x: Double, y: Double)], _ timeline: [Double]
  ) -> [String] {
    var paths = timeline.map { _ in PathText() }
    var frame = 0
    for (point, place) in zip(points, places) {
      while frame < timeline.count - 1, timeline[frame] < Double(point.batch) { frame += 1 }
      guard frame < paths.count else { break }
      let x = plot.x(plane.isLine ? Double(point.batch) : place.x)
      paths[frame].dot(x, plot.y(place.y))
    }
    return paths.map(\.text)
  }

  /// A range that holds all centers and most points: a few far ones would leave no room for what
  /// matters.
  private static func range(_ centers: [Double], _ points: [Double]) -> ClosedRange<Double> {
    let sorted = points.filter(\.isFinite).sorted()
    var ends = Scale.bounds(centers) ?? (0, 1)
    if !sorted.isEmpty {
      let cut = sorted.count / 50
      ends = (min(ends.0, sorted[cut]), max(ends.1, sorted[sorted.count - 1 - cut]))
    }
    return ends.0...ends.1
  }
}
