// km_fit and its kin.
public import KMeansCHeader

internal import Clustering
internal import KMeansLinearAlgebra

extension km_fit_options: VersionedStructure {
  static var initial: km_fit_options {
    let defaults = KMeans(clusterCount: 1)
    var options = km_fit_options()
    options.max_iterations = Int64(defaults.maxIterations)
    options.tolerance = defaults.tolerance
    options.runs = Int32(defaults.runs)
    return options
  }
  static var name: String { "km_fit_options" }
  static var initializer: String { "call km_fit_options_init" }

  /// The parameters of the library.
  func parameters() throws -> KMeans {
    var kmeans = KMeans(clusterCount: try clusterCount(clusters), seed: seed)
    kmeans.initialization = try choice(
      self.`init`, "options->init",
      of: [
        (KM_INIT_GREEDY, .greedy), (KM_INIT_KMEANS_PLUS_PLUS, .kMeansPlusPlus),
        (KM_INIT_RANDOM, .randomRows), (KM_INIT_OPTIMAL, .optimal),
      ])
    kmeans.distance = try distanceMeasure(distance)
    kmeans.standardizes = try flag(standardize, "options->standardize")
    kmeans.maxIterations = Int(max_iterations)
    kmeans.tolerance = tolerance
    kmeans.runs = Int(runs)
    kmeans.execution = try execution(threads: threads, strategy: strategy)
    kmeans.recordsInertia = try flag(record_inertia, "options->record_inertia")
    try kmeans.validate()
    return kmeans
  }

  /// The centroids to start from, a copy; `nil` where they are to be found.
  func start<Scalar: ClusteringScalar>() throws -> Matrix<Scalar>? {
    guard let initial_centroids else { return nil }
    let name = "options->initial_centroids"
    let given = try km_rows.read(initial_centroids, name)
    let type = ScalarType(Scalar.self)
    guard given.type == type.rawValue else {
      throw BorderError.argument(
        "\(name)->type is \(given.type), expected \(type.name) as the rows'")
    }
    return try CheckedRows<Scalar>(given, name).matrix(name)
  }
}

@c @implementation
public func km_fit_options_init(_ options: UnsafeMutablePointer<km_fit_options>?, _ size: Int) {
  km_fit_options.initialize(options, size)
}

@c @implementation
public func km_fit(
  _ rows: UnsafePointer<km_rows>?, _ options: UnsafePointer<km_fit_options>?,
  _ model: UnsafeMutablePointer<OpaquePointer?>?, _ labels: UnsafeMutablePointer<Int32>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let options = try km_fit_options.read(options, "options")
    try withRows(
      rows, { try fit($0, options, model, labels) }, { try fit($0, options, model, labels) })
  }
}

@c @implementation
public func km_fit_f32(
  _ values: UnsafePointer<Float>?, _ n: Int64, _ d: Int64, _ stride: Int64,
  _ options: UnsafePointer<km_fit_options>?, _ model: UnsafeMutablePointer<OpaquePointer?>?,
  _ labels: UnsafeMutablePointer<Int32>?, _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let options = try km_fit_options.read(options, "options")
    let rows = km_rows(values, KM_FLOAT32, n, d, stride)
    try fit(CheckedRows<Float>(rows, "rows"), options, model, labels)
  }
}

@c @implementation
public func km_fit_f64(
  _ values: UnsafePointer<Double>?, _ n: Int64, _ d: Int64, _ stride: Int64,
  _ options: UnsafePointer<km_fit_options>?, _ model: UnsafeMutablePointer<OpaquePointer?>?,
  _ labels: UnsafeMutablePointer<Int32>?, _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let options = try km_fit_options.read(options, "options")
    let rows = km_rows(values, KM_FLOAT64, n, d, stride)
    try fit(CheckedRows<Double>(rows, "rows"), options, model, labels)
  }
}

extension km_rows {
  /// Dense rows without weights.
  init(_ values: UnsafeRawPointer?, _ type: Int, _ n: Int64, _ d: Int64, _ stride: Int64) {
    self = .initial
    (self.values, self.type) = (values, Int32(type))
    (count, columns, row_stride) = (n, d, stride)
  }
}

/// Fits, and hands out what is wanted.
private func fit<Scalar: ClusteringScalar>(
  _ rows: CheckedRows<Scalar>, _ options: km_fit_options,
  _ model: UnsafeMutablePointer<OpaquePointer?>?, _ labels: UnsafeMutablePointer<Int32>?
) throws {
  let parameters = try options.parameters()
  try checkMemory(rows, clusters: parameters.clusterCount)
  let start: Matrix<Scalar>? = try options.start()
  let found = try ProgressReport.during(options) { report in
    try fit(rows, parameters, from: start, report)
  }
  labels?.update(from: found.labels, count: found.labels.count)
  model?.pointee = Handles.add(ModelObject(found.model))
}

/// Labels, facts of rows and three sets of centroids.
private func checkMemory<Scalar: ClusteringScalar>(
  _ rows: CheckedRows<Scalar>, clusters: Int
) throws {
  // The fit itself says that there are too many.
  guard clusters <= rows.count else { return }
  let size = MemoryLayout<Scalar>.stride
  try MemoryCheck.check(
    [(rows.count, 1, bytes: 24), (clusters, rows.columns, bytes: 3 * size)],
    "a fit of \(rows.count) rows and \(clusters) clusters of \(rows.columns) columns")
}

private func fit<Scalar: ClusteringScalar>(
  _ rows: CheckedRows<Scalar>, _ parameters: KMeans, from start: Matrix<Scalar>?,
  _ report: ProgressReport
) throws -> KMeans.Fit<Scalar> {
  let weights = rows.weights?.span
  switch rows.layout {
  case .dense(let base, let stride):
    let points = MatrixView(
      unsafeBase: base, rows: rows.count, columns: rows.columns, rowStride: stride)
    return try parameters.fit(
      points, weights: weights, from: start, onSeeds: { report.found(seeds: $0) },
      while: { iteration, _ in report.ended(iteration) })
  case .sparse(let arrays):
    return try parameters.fit(
      arrays, weights: weights, from: start, onSeeds: { report.found(seeds: $0) },
      observing: { iteration, _ in report.ended(iteration) })
  }
}

@c @implementation
public func km_seed(
  _ rows: UnsafePointer<km_rows>?, _ options: UnsafePointer<km_fit_options>?,
  _ centroids: UnsafeMutableRawPointer?, _ numbers: UnsafeMutablePointer<Int64>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let options = try km_fit_options.read(options, "options")
    let target = try required(centroids, "centroids")
    try withRows(
      rows, { try seed($0, options, target, numbers) }, { try seed($0, options, target, numbers) })
  }
}

private func seed<Scalar: ClusteringScalar>(
  _ rows: CheckedRows<Scalar>, _ options: km_fit_options, _ target: UnsafeMutableRawPointer,
  _ numbers: UnsafeMutablePointer<Int64>?
) throws {
  let parameters = try options.parameters()
  guard parameters.distance == .euclidean, !parameters.standardizes else {
    throw BorderError.argument(
      "km_seed finds rows as they are, expected KM_EUCLIDEAN and standardize 0")
  }
  let (base, stride) = try rows.denseView("rows")
  let points = MatrixView(
    unsafeBase: base, rows: rows.count, columns: rows.columns, rowStride: stride)
  let found = try Cancellation.$current.withValue(nil) {
    try parameters.initialCentroids(points, weights: rows.weights?.span).centroids
  }
  found.withRows {
    target.assumingMemoryBound(to: Scalar.self).update(
      from: $0.base, count: found.rows * found.columns)
  }
  guard let numbers else { return }
  for (cluster, row) in SeedNumbers.find(found, base, stride, count: rows.count).enumerated() {
    numbers[cluster] = Int64(row)
  }
}

/// Which rows initial centroids are.
private enum SeedNumbers {
  /// The first row that each centroid equals; -1 for none.
  ///
  /// - Complexity: O(n + k d), and O(d) for each row that begins as a centroid does.
  static func find<Scalar: ClusteringScalar>(
    _ centroids: Matrix<Scalar>, _ base: UnsafePointer<Scalar>, _ stride: Int, count: Int
  ) -> [Int] {
    var numbers = Array(repeating: -1, count: centroids.rows)
    var waiting: [Scalar: [Int]] = [:]
    for cluster in 0..<centroids.rows {
      waiting[centroids[cluster][0], default: []].append(cluster)
    }
    for row in 0..<count {
      let values = base + row * stride
      guard let clusters = waiting[values[0]] else { continue }
      for cluster in clusters where numbers[cluster] < 0 {
        let centroid = centroids[cluster]
        if (0..<centroids.columns).allSatisfy({ values[$0] == centroid[$0] }) {
          numbers[cluster] = row
        }
      }
    }
    return numbers
  }
}
