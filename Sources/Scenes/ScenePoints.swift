import Clustering
import KMeansLinearAlgebra

/// The points of one batch, drawn from clusters.
struct ScenePoints {
  private let scene: Scene
  private let rows: Int
  private let ofClusters: Draws
  private let ofValues: Draws

  /// - Parameter batch: its number, from 0.
  init(_ scene: Scene, _ batch: Int, rows: Int) {
    (self.scene, self.rows) = (scene, rows)
    ofClusters = Draws(seed: scene.seed, purpose: .sceneClusters, run: batch)
    ofValues = Draws(seed: scene.seed, purpose: .scenePoints, run: batch)
  }

  /// The points and the ids of their clusters.
  ///
  /// - Parameters:
  ///   - times: when they happened, where centers move with time.
  ///   - drift: how they move.
  func drawn(
    from clusters: [SceneCluster], times: [Double]?, drift: TimeDrift?
  ) -> (points: Matrix<Double>, labels: [Int32]) {
    var ends: [Double] = []
    for cluster in clusters { ends.append((ends.last ?? 0) + cluster.share) }
    var labels: [Int32] = []
    labels.reserveCapacity(rows)
    let columns = scene.dimension
    // The number of values was checked with the scene.
    let points = try! Matrix<Double>(rows: rows, columns: columns) { values in
      for row in 0..<rows {
        let cluster = clusters[Self.place(of: ofClusters.uniform(row) * ends[ends.count - 1], ends)]
        labels.append(Int32(cluster.id))
        let center =
          if let times, let drift {
            drift.moved(cluster.center, of: cluster.id, to: times[row])
          } else {
            cluster.center
          }
        for column in 0..<columns {
          values.append(center[column] + scene.spread * offset(row * columns + column))
        }
      }
    }
    return (points, labels)
  }

  private func offset(_ number: Int) -> Double {
    scene.kind == .outliers
      ? ofValues.student(number, freedom: scene.freedom) : ofValues.normal(number)
  }

  /// The first place whose end is above a value.
  private static func place(of value: Double, _ ends: [Double]) -> Int {
    var (low, high) = (0, ends.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if value < ends[middle] { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
