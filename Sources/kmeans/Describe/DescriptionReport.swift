import Clustering
import Foundation
import KMeansFiles

/// The output of `kmeans describe --json` beside the facts of the run, where there are points; the
/// keys are a contract. Its last key, `profiles`, has an object for each cluster.
struct DescriptionReport: Encodable {
  let model: String
  /// The file of points, if there is one.
  let input: String?
  /// The numbers that the facts of a run have, too.
  let clusters: Int?
  let dimension: Int?
  let distance: String
  let standardized: Bool
  /// Whether columns are scaled without being centred; there is no such key where they are not.
  let scaled: Bool?
  /// What sizes are: `points`, or the `weight` of the clusters in the model.
  let sizeOf: String
  /// What the means and the deviations are of: `points`, or `centroids`.
  let spreadOf: String
  /// The names of the columns [d], which of `column7` those without names have.
  let columns: [String]
  /// The mean of each column [d], in the units of the points.
  let means: [Double]
  /// The standard deviation of each column [d], 0 where it holds one value.
  let deviations: [Double]

  init(_ description: ClusterDescription) {
    let hasPoints = description.points != nil
    model = description.path
    input = description.points?.path
    clusters = hasPoints ? nil : description.sizes.count
    dimension = hasPoints ? nil : description.centroids.columns
    distance = description.distance.kind.rawValue
    standardized = description.transform.standardization?.centers ?? false
    scaled = description.transform.scalesColumns ? true : nil
    sizeOf = hasPoints ? "points" : "weight"
    spreadOf = hasPoints ? "points" : "centroids"
    columns = description.names.all
    means = description.spread.means
    deviations = description.spread.deviations
  }
}

/// A cluster in the output of `kmeans describe --json`; the keys are a contract.
private struct ProfileReport: Encodable {
  struct Column: Encodable {
    let column: String
    let centroid: Double
    /// The difference from the mean in standard deviations; null where the column holds one value.
    let separation: NumberOrNull
  }

  struct Example: Encodable {
    /// The row of the file, from 0.
    let row: Int
    /// That of the row, where there is a column of them.
    let id: String?
    /// The Euclidean distance to the centroid, of transformed rows.
    let distance: Double
  }

  let cluster: Int
  let id: Int?
  let size: Double
  let share: Double
  let inertiaShare: Double?
  /// In the units of the points [d].
  let centroid: [Double]
  /// The columns that separate it most.
  let top: [Column]
  let examples: [Example]?

  init(_ cluster: Int, of description: ClusterDescription, _ names: [String], top count: Int) {
    self.cluster = cluster
    id = description.ids?[cluster]
    size = description.sizes[cluster]
    share = description.share(cluster)
    inertiaShare = description.inertiaShare(cluster)
    centroid = (0..<description.centroids.columns).map { description.centroids[cluster, $0] }
    top = description.separations(of: cluster, top: count).map {
      Column(
        column: names[$0.column], centroid: $0.centroid, separation: NumberOrNull($0.score))
    }
    examples = description.points?.nearest[cluster].rows.map {
      Example(row: $0.row, id: $0.id, distance: description.distance($0.squaredDistance))
    }
  }
}

extension ClusterDescription {
  /// Prints one object on one line, cluster by cluster: as a whole it would take gigabytes where
  /// clusters and columns are many.
  ///
  /// - Parameters:
  ///   - run: the facts of the run, where there are points.
  ///   - top: how many columns of each cluster are named.
  func printJSON(_ run: RunFacts?, top: Int) throws {
    let names = names.all
    let output = try AtomicFile("-")
    let head = try DescriptionReport(self).json(run)
    try output.write("\(head.dropLast()),\"profiles\":[")
    for cluster in sizes.indices {
      let profile = try ProfileReport(cluster, of: self, names, top: top).json()
      try output.write(cluster > 0 ? ",\(profile)" : profile)
    }
    try output.write("]}\n")
    try output.commit()
  }
}
