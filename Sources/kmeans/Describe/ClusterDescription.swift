import Clustering
import VectorIO

/// The clusters of a model beside what they are compared with, in the units of the points.
struct ClusterDescription {
  /// What only points can tell.
  struct Points {
    /// The file, as messages name it.
    let path: String
    /// The sum of the squared distances to each centroid.
    let inertias: [Double]
    /// The rows nearest to each centroid.
    let nearest: [NearestRows]
    /// The name of the column of their ids, if they have any.
    let idName: String?
    /// How many rows are kept for each cluster.
    let examples: Int
  }

  /// The file of the model.
  let path: String
  var names: ColumnNames
  let transform: RowTransform
  let distance: DistanceMeasure
  /// One row a cluster.
  let centroids: Matrix<Double>
  /// Whether the centroids were rounded to floats.
  let areFloats: Bool
  /// How many points each cluster has, or without points its weight.
  let sizes: [Double]
  /// The ids of the clusters of a stream.
  let ids: [Int]?
  /// That of the points, or without them of the centroids.
  let spread: ColumnSpread
  let points: Points?
  /// The sum of all sizes.
  let total: Double
  private let inertia: Double

  /// Of a model alone.
  init(_ given: GivenCentroids, _ path: String) throws {
    let centroids = try given.centroids
    let isFloat = given.precision == .float
    let spread = ColumnSpread(
      centroids, weights: given.clusterWeights,
      ulp: isFloat ? Double(Float.ulpOfOne) : Double.ulpOfOne)
    self.init(
      given, path, given.inputColumns, centroids, sizes: given.clusterWeights, spread, points: nil)
  }

  /// Of a model and points that were assigned to it.
  init<Scalar>(
    _ given: GivenCentroids, _ path: String, _ profile: PointProfile<Scalar>,
    _ info: VectorFileInfo
  ) throws {
    let ofModel = given.inputColumns
    let columns = ofModel?.names == nil ? InputColumns(info, info.chosenColumns) : ofModel
    self.init(
      given, path, columns, try given.centroids, sizes: profile.counts.map(Double.init),
      ColumnSpread(profile.moments!, given.transform),
      points: Points(
        path: info.path, inertias: profile.inertias, nearest: profile.nearest,
        idName: info.auxiliary.key.map { info.keyName ?? $0 }, examples: profile.examples))
  }

  private init(
    _ given: GivenCentroids, _ path: String, _ columns: InputColumns?,
    _ centroids: Matrix<Double>, sizes: [Double], _ spread: ColumnSpread, points: Points?
  ) {
    self.path = path
    names = ColumnNames(columns, count: centroids.columns)
    transform = given.transform
    distance = given.distance
    self.centroids = centroids
    areFloats = given.precision == .float
    self.sizes = sizes
    ids = given.streamed?.ids
    self.spread = spread
    self.points = points
    total = sizes.reduce(0, +)
    inertia = points?.inertias.reduce(0, +) ?? 0
  }

  /// A distance, which is known as its square where it is Euclidean.
  func distance(_ found: Double) -> Double { distance.hasMeans ? found.squareRoot() : found }

  /// The share of the points, or of the weight, that a cluster has.
  func share(_ cluster: Int) -> Double { total > 0 ? sizes[cluster] / total : 0 }

  /// The share of the inertia that the points of a cluster make up; `nil` without points.
  func inertiaShare(_ cluster: Int) -> Double? {
    points.map { inertia > 0 ? $0.inertias[cluster] / inertia : 0 }
  }

  /// The clusters, the largest first.
  var largestFirst: [Int] { sizes.largestFirst }

  /// The columns that separate a cluster most from the others, the most separating first.
  ///
  /// - Complexity: O(d log d).
  func separations(of cluster: Int, top: Int) -> [Separation] {
    let all = (0..<centroids.columns).map { column in
      Separation(
        column: column, centroid: centroids[cluster, column], mean: spread.means[column],
        deviation: spread.deviations[column])
    }
    return Array(all.sorted { $0.precedes($1) }.prefix(top))
  }
}

/// How far the centroid of a cluster is from the mean of a column.
struct Separation {
  let column: Int
  let centroid: Double
  let mean: Double
  let deviation: Double
  /// The difference from the mean in standard deviations; `nil` where the column holds one value.
  let score: Double?

  init(column: Int, centroid: Double, mean: Double, deviation: Double) {
    (self.column, self.centroid, self.mean) = (column, centroid, mean)
    self.deviation = deviation
    let score = (centroid - mean) / deviation
    self.score = deviation > 0 && score.isFinite ? score : nil
  }

  /// Whether it separates more than another one, or as much in an earlier column.
  func precedes(_ other: Separation) -> Bool {
    let (own, others) = (score?.magnitude ?? -1, other.score?.magnitude ?? -1)
    return (-own, column) < (-others, other.column)
  }
}
