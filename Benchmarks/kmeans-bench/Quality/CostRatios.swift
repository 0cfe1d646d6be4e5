import Clustering
import Foundation

/// Costs over those of fits, one a seed.
struct CostRatios: Encodable {
  /// Some ratios: 1 is the cost of the fit.
  struct Ratios: Encodable {
    let worst: Double
    let median: Double
    let least: Double
    /// How many are above 1.1.
    let above: Int

    init(_ values: [Double]) {
      let sorted = values.sorted()
      worst = sorted[sorted.count - 1]
      median = sorted[sorted.count / 2]
      least = sorted[0]
      above = values.count { $0 > 1.1 }
    }

    var text: String {
      String(format: "%8.3f %8.3f %8.3f %6d", worst, median, least, above)
    }
  }

  let data: String
  let points: Int
  let clusters: Int
  let seeds: Int
  let onePass: Ratios
  /// Of ball k-means of the points themselves; null where it was left out.
  let ball: Ratios?

  init(_ data: QualityData, seeds: Int, threads: Int, withBall: Bool) throws {
    var (onePasses, balls): ([Double], [Double]) = ([], [])
    for seed in 0..<UInt64(seeds) {
      var kmeans = KMeans(clusterCount: data.clusters, seed: seed)
      kmeans.execution.threads = threads
      let fit = try kmeans.fit(data.points.view).model.inertia
      func ratio(_ model: KMeansModel<Float>) throws -> Double {
        let cost = try TrueCost.of(model, data.points, threads: threads).value
        return fit > 0 ? cost / fit : cost > 0 ? .infinity : 1
      }
      var onePass = OnePassKMeans(clusterCount: data.clusters, seed: seed)
      (onePass.sketch.execution.threads, onePass.ball.execution.threads) = (threads, threads)
      onePasses.append(try ratio(try onePass.fit(data.points.view).model))
      if withBall { balls.append(try ratio(try onePass.ball.fit(data.points.view).model)) }
    }
    self.data = data.name
    points = data.points.rows
    clusters = data.clusters
    self.seeds = seeds
    onePass = Ratios(onePasses)
    ball = withBall ? Ratios(balls) : nil
  }

  static let head =
    "cost over that of a fit        worst   median    least  > 1.1"

  var lines: [String] {
    let rows = [("one pass", onePass)] + (ball.map { [("ball k-means", $0)] } ?? [])
    return ["\(data): \(points) points, k = \(clusters), \(seeds) seeds"]
      + rows.map { "  \($0.0.padding(toLength: 24, withPad: " ", startingAt: 0))\($0.1.text)" }
  }
}
