import Clustering
import Foundation
import KMeansReports
import KMeansScenes
import Testing

/// The numbers behind the pictures of a jump.
@Suite struct RecoveryTests {
  /// Clusters that jump by less than they are apart, so that each keeps its points.
  static func scene(_ clusters: Int, _ dimension: Int) -> Scene {
    var scene = Scene(.jump, clusters: clusters, dimension: dimension, seed: 2)
    (scene.points, scene.spread, scene.extent, scene.at) = (3000, 0.002, 60, 61)
    scene.batches = 85
    return scene
  }

  @Test(arguments: [(1, 2, 2.0), (1, 1, 5), (3, 2, 2), (3, 5, 5)])
  func `the residual after a jump is 2^(-t/h)`(
    _ clusters: Int, _ dimension: Int, _ halfLife: Double
  ) throws {
    let history = try StreamRuns.history(Self.scene(clusters, dimension), halfLife: halfLife)
    let measures = history.measures
    let whole = try #require(measures[60].truthDistanceBefore)
    #expect(whole >= 2)
    // Before the jump no way is left.
    #expect(try #require(measures[59].truthDistance) < 0.01 * whole)
    var (checked, t) = (0, 1)
    while true {
      let expected = exp2(-Double(t) / halfLife)
      // What was forgotten before the jump is not seen any more, and chance is far smaller.
      guard expected > 0.05, 60 + t - 1 < measures.count else { break }
      let left = try #require(measures[60 + t - 1].truthDistance) / whole
      #expect(abs(left / expected - 1) < 0.01, "after \(t) batches: \(left), expected \(expected)")
      (checked, t) = (checked + 1, t + 1)
    }
    #expect(checked >= Int(4 * halfLife))
  }

  @Test func `a recovery takes 3.3 half-lives`() throws {
    for (halfLife, batches) in [(0.5, 2.0), (1, 4), (2, 7), (5, 17)] {
      let history = try StreamRuns.history(Self.scene(1, 2), halfLife: halfLife)
      let curve = history.measures.compactMap { measure in
        measure.truthDistanceBefore.map { (x: measure.x, y: $0) }
      }
      #expect(Recovery.change(in: [curve]) == 61)
      let recovery = try #require(Recovery(curve, change: 61))
      // The first whole batch behind log2(10) half-lives.
      #expect(recovery.batches == batches)
    }
    let never = try StreamRuns.history(Self.scene(1, 2), halfLife: .infinity)
    let curve = never.measures.compactMap { measure in
      measure.truthDistanceBefore.map { (x: measure.x, y: $0) }
    }
    let recovery = try #require(Recovery(curve, change: 61))
    #expect(recovery.batches == nil && recovery.watched == 24)
  }

  @Test func `without a rise there is nothing to recover from`() {
    let flat = (1...20).map { (x: Double($0), y: 1 + 0.01 * Double($0 % 3)) }
    #expect(Recovery(flat, change: 10) == nil)
    #expect(Recovery([], change: 10) == nil)
    #expect(Recovery.change(in: [[], []]) == nil)
  }

  @Test func `a sweep says how long each half-life takes`() throws {
    let panels = try [0.5, 2, Double.infinity].map { halfLife in
      DrawnSweep.Panel(
        halfLife: halfLife, try StreamRuns.history(Self.scene(1, 2), halfLife: halfLife))
    }
    let html = DrawnSweep(panels, names: nil, sample: PointSample(most: 10))
      .page("A sweep", source: "jump.csv").html
    for text in [
      "half-life 0.5", "Recovers in 2 batches, 4 half-lives.",
      "Recovers in 7 batches, 3.5 half-lives.",
      "never forgets", "Has not recovered after 24 batches.", "change in batch",
    ] { #expect(html.contains(text), "\(text)") }
  }
}
