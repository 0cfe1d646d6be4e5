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
      Self.range(centers.map(\.x), places.map(\.x)), Self.range(centers.map(\.y), places.map(\.y))
    )
    if plane.isLine {
      let ends = [timeline.first ?? 0, timeline.last ?? 1]
      var plot = Plot(
        title, x: Axis("batch", .linear(ends, isTight: true)),
        y: Axis(plane.labels.y, .linear([upright.0, upright.1])), height: 0.75 * height)
      plot.width = width
      self.plot = plot
    } else {
      plot = Self.plot(title, plane, across, upright, width, height)
    }
    if !points.isEmpty { dots = self.dots(points, places, timeline) }
  }

  /// The place of a point in a frame, in pixels.
  func place(_ point: [Double], at x: Double) -> (x: Double, y: Double) {
    let place = plane.place(point)
    return (plot.x(plane.isLine ? x : place.x), plot.y(place.y))
  }

  /// The dots of each frame: the points of the batches since the frame before.
  private func dots(
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
  private static func range(_ centers: [Double], _ points: [Double]) -> (Double, Double) {
    let sorted = points.filter(\.isFinite).sorted()
    var ends = Scale.bounds(centers) ?? (0, 1)
    if !sorted.isEmpty {
      let cut = sorted.count / 50
      ends = (min(ends.0, sorted[cut]), max(ends.1, sorted[sorted.count - 1 - cut]))
    }
    let margin = 0.06 * (ends.1 - ends.0)
    return (ends.0 - margin, ends.1 + margin)
  }

  /// A frame whose scales have one unit.
  private static func plot(
    _ title: String, _ plane: StreamPlane, _ across: (Double, Double),
    _ upright: (Double, Double), _ width: Double, _ height: Double
  ) -> Plot {
    func frame(_ x: Scale, _ y: Scale) -> Plot {
      var plot = Plot(
        title, x: Axis(plane.labels.x, x), y: Axis(plane.labels.y, y), height: height)
      plot.width = width
      return plot
    }
    let first = frame(.linear([0, 1]), .linear([upright.0, upright.1], isTight: true))
    let (columns, rows) = (first.right - first.left, first.bottom - first.top)
    let found = max((across.1 - across.0) / columns, (upright.1 - upright.0) / rows)
    // All centers may be one.
    let unit = found > 0 && found.isFinite ? found : 1 / columns
    func scale(_ ends: (Double, Double), _ pixels: Double) -> Scale {
      let (middle, half) = (ends.0 / 2 + ends.1 / 2, unit * pixels / 2)
      return .linear([middle - half, middle + half], isTight: true)
    }
    return frame(scale(across, columns), scale(upright, rows))
  }
}
