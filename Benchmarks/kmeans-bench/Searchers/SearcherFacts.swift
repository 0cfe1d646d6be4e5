import Clustering
import Foundation
import KMeansLinearAlgebra

/// What one searcher does.
struct SearcherFacts: Encodable {
  let searcher: String
  let sketchSeconds: Double
  let pointsPerSecond: Double
  /// The share of sampled points whose nearest centroid is found.
  let recall: Double
  let sketchCentroids: Int
  let collapses: Int
  /// The k-means cost of all points, by a pass over them.
  let cost: Double
  /// The same over that of the exact search.
  let costRatio: Double
}

/// The run of one searcher.
struct SearcherRun<Scalar: ClusteringScalar> {
  let points: Matrix<Scalar>
  let onePass: OnePassKMeans
  let block: Int?

  /// Sketches the points some times, of which the median counts.
  func facts(
    _ name: String, repetitions: Int, sample: Int, threads: Int, bruteCost: Double?
  ) throws -> SearcherFacts {
    var sketch = newSketch()
    try sketch.add(points.view.rows(0..<min(points.rows, 5000)))
    var times: [Double] = []
    for _ in 0..<repetitions {
      sketch = newSketch()
      times.append(try seconds { try sketch.add(points.view) })
    }
    let model = try onePass.fit(sketch).model
    let cost = try TrueCost.of(model, points, threads: threads).value
    return SearcherFacts(
      searcher: name, sketchSeconds: median(times),
      pointsPerSecond: Double(points.rows) / median(times), recall: recall(sketch, sample),
      sketchCentroids: sketch.weights.count, collapses: sketch.collapseCount, cost: cost,
      costRatio: bruteCost.map { cost / $0 } ?? 1)
  }

  private func newSketch() -> StreamingSketch<Scalar> {
    var sketch = StreamingSketch<Scalar>(onePass.sketch)
    sketch.blockRows = block
    return sketch
  }

  /// The share of some points for which a centroid as near as the nearest is found.
  private func recall(_ sketch: StreamingSketch<Scalar>, _ sample: Int) -> Double {
    guard let index = sketch.index(), let exact = sketch.index(searcher: .brute) else { return 1 }
    let count = min(sample, points.rows)
    let found = (0..<count).count { number in
      let row = number * points.rows / count
      let values = (0..<points.columns).map { Double(points[row, $0]) }
      return index.nearest(to: values).squaredDistance == exact.nearest(to: values).squaredDistance
    }
    return Double(found) / Double(count)
  }
}

/// What all of them do on the same points.
struct SearchersReport: Encodable {
  var benchmark = "searchers"
  let data: String
  let points: Int
  let dimension: Int
  let clusters: Int
  let projections: Int
  let searchSize: Int
  let threads: Int
  let isa: String
  let searchers: [SearcherFacts]

  /// The report for people.
  var lines: [String] {
    let head =
      "\(data): \(points) points of \(dimension) columns, k = \(clusters), \(projections) projections, "
      + "search size \(searchSize), threads \(threads), \(isa)"
    let rows = searchers.map { facts in
      facts.searcher.padding(toLength: 16, withPad: " ", startingAt: 0)
        + String(
          format: "%12.0f %8.4f %9d %9d %10.4f", facts.pointsPerSecond, facts.recall,
          facts.sketchCentroids, facts.collapses, facts.costRatio)
    }
    return [head, "searcher            points/s   recall centroids collapses cost/brute"] + rows
  }
}
