import Clustering
import Foundation
import KMeansFiles

/// What `kmeans assign --json` prints.
struct AssignReport: Encodable {
  let points: Int
  let dimension: Int
  let clusters: Int
  let inertia: Double
  let seconds: Double
  let readSeconds: Double
  let pointsPerSecond: Double
  let redecidedShare: Double
  let threads: Int
  /// The one that was used: `auto` stands for another.
  let strategy: String
  let isa: String
  let precision: String
  /// Rows of the input that were left out.
  let skippedRows: Int

  init<Scalar: ClusteringScalar>(
    _ assignment: BlockAssignment<Scalar>, _ options: RunOptions, skipped: Int,
    seconds: Double, readSeconds: Double
  ) {
    skippedRows = skipped
    points = assignment.counts.rows
    dimension = assignment.model.dimension
    clusters = assignment.model.clusterCount
    inertia = assignment.inertia
    self.seconds = seconds
    self.readSeconds = readSeconds
    pointsPerSecond = seconds > 0 ? Double(points) / seconds : 0
    redecidedShare = Double(assignment.counts.redecided) / Double(points)
    threads = assignment.threads
    strategy =
      options.strategy.resolved(
        columns: dimension, clusters: clusters, of: Scalar.self, on: assignment.isa
      ).rawValue
    isa = assignment.isa.rawValue
    precision = Scalar.self == Float.self ? "float" : "double"
  }

  func summary(_ path: String) -> String {
    "\(path): \(counted(points, "point")) of \(counted(dimension, "column")) to \(counted(clusters, "centroid")) in "
      + String(format: "%.3g s, inertia ", seconds) + "\(inertia)"
  }
}
