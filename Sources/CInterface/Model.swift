// km_model: centroids and what is known of them.
public import KMeansCHeader

internal import Clustering
internal import KMeansFiles
internal import KMeansLinearAlgebra

/// A model of either type of values, behind a handle.
final class ModelObject: HandleObject {
  static var kind: HandleKind { .model }

  /// The model.
  enum Model {
    case float32(KMeansModel<Float>)
    case float64(KMeansModel<Double>)
  }

  let model: Model

  init(_ model: Model) { self.model = model }

  init<Scalar: ClusteringScalar>(_ model: KMeansModel<Scalar>) {
    if let model = model as? KMeansModel<Float> {
      self.model = .float32(model)
    } else if let model = model as? KMeansModel<Double> {
      self.model = .float64(model)
    } else {
      preconditionFailure("models of \(Scalar.self)")
    }
  }

  /// The model in an archive, of the values that it holds.
  init(_ archive: Archive) throws {
    if case .floatMatrix? = archive["centroids"] {
      model = .float32(try KMeansModel<Float>(archive))
    } else {
      model = .float64(try KMeansModel<Double>(archive))
    }
  }

  /// The model, of the type of some rows.
  func of<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws -> KMeansModel<Scalar> {
    switch model {
    case .float32(let model):
      if let model = model as? KMeansModel<Scalar> { return model }
    case .float64(let model):
      if let model = model as? KMeansModel<Scalar> { return model }
    }
    let found = ScalarType(Scalar.self)
    let own: ScalarType = found == .float32 ? .float64 : .float32
    throw BorderError.argument("rows of \(found.name), expected \(own.name) as the model holds")
  }
}

extension km_model_info: VersionedStructure {
  static var initial: km_model_info { km_model_info() }
  static var name: String { "km_model_info" }

  init<Scalar: ClusteringScalar>(_ model: KMeansModel<Scalar>) {
    self.init()
    (clusters, columns) = (Int64(model.clusterCount), Int64(model.dimension))
    (iterations, inertia) = (Int64(model.iterations), model.inertia)
    type = ScalarType(Scalar.self).rawValue
    converged = model.converged ? 1 : 0
    distance = number(of: model.distance)
  }
}

@c @implementation
public func km_model_get_info(
  _ model: OpaquePointer?, _ info: UnsafeMutablePointer<km_model_info>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    switch try Handles.object(model, ModelObject.self, "model").model {
    case .float32(let model): try km_model_info(model).write(to: info, "info")
    case .float64(let model): try km_model_info(model).write(to: info, "info")
    }
  }
}

@c @implementation
public func km_model_create(
  _ centroids: UnsafePointer<km_rows>?, _ model: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(model, "model")
    let object = try withRows(
      centroids, named: "centroids", { ModelObject(try made(of: $0)) },
      { ModelObject(try made(of: $0)) })
    target.pointee = Handles.add(object)
  }
}

/// A model of centroids, with their weights.
private func made<Scalar: ClusteringScalar>(
  of rows: CheckedRows<Scalar>
) throws -> KMeansModel<Scalar> {
  guard rows.count > 0 else {
    throw BorderError.argument("centroids->count is 0, expected at least 1")
  }
  _ = try clusterCount(Int64(rows.count))
  if let weights = rows.weights { try WeightCheck.check(weights.span) }
  let matrix = try rows.matrix("centroids")
  let model = try KMeansModel(centroids: matrix, comparedBy: .euclidean)
  return KMeansModel(
    centroids: model.centroids,
    clusterWeights: rows.weights.map { Array($0) } ?? model.clusterWeights,
    inertia: 0, iterations: 0, converged: false)
}

@c @implementation
public func km_model_centroids(
  _ model: OpaquePointer?, _ centroids: UnsafeMutableRawPointer?, _ capacity: Int,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(centroids, "centroids")
    switch try Handles.object(model, ModelObject.self, "model").model {
    case .float32(let model): try copy(model.centroids, to: target, capacity, "centroids")
    case .float64(let model): try copy(model.centroids, to: target, capacity, "centroids")
    }
  }
}

/// Copies a matrix to where there is room for it.
func copy<Scalar: ClusteringScalar>(
  _ matrix: Matrix<Scalar>, to target: UnsafeMutableRawPointer, _ capacity: Int, _ name: String
) throws {
  let count = matrix.rows * matrix.columns
  try checkRoom(capacity, count, name)
  matrix.withRows {
    target.assumingMemoryBound(to: Scalar.self).update(from: $0.base, count: count)
  }
}

/// Copies numbers to where there is room for them.
func copy<Value: BitwiseCopyable>(
  _ values: [Value], to target: UnsafeMutablePointer<Value>?, _ capacity: Int, _ name: String
) throws {
  let target = try required(target, name)
  try checkRoom(capacity, values.count, name)
  target.update(from: values, count: values.count)
}

private func checkRoom(_ capacity: Int, _ count: Int, _ name: String) throws {
  guard capacity >= count else {
    throw BorderError.argument("room for \(capacity) values in \(name), expected \(count)")
  }
}

@c @implementation
public func km_model_weights(
  _ model: OpaquePointer?, _ weights: UnsafeMutablePointer<Double>?, _ capacity: Int,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let found =
      switch try Handles.object(model, ModelObject.self, "model").model {
      case .float32(let model): model.clusterWeights
      case .float64(let model): model.clusterWeights
      }
    try copy(found, to: weights, capacity, "weights")
  }
}

@c @implementation
public func km_model_assign(
  _ model: OpaquePointer?, _ rows: UnsafePointer<km_rows>?, _ threads: Int32,
  _ labels: UnsafeMutablePointer<Int32>?, _ distances: UnsafeMutablePointer<Double>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let model = try Handles.object(model, ModelObject.self, "model")
    let labels = try required(labels, "labels")
    let execution = try execution(threads: threads, "")
    try withRows(
      rows, { try assign($0, to: model.of(Float.self), execution, labels, distances) },
      { try assign($0, to: model.of(Double.self), execution, labels, distances) })
  }
}

private func assign<Scalar: ClusteringScalar>(
  _ rows: CheckedRows<Scalar>, to model: KMeansModel<Scalar>, _ execution: Execution,
  _ labels: UnsafeMutablePointer<Int32>, _ distances: UnsafeMutablePointer<Double>?
) throws {
  guard let distances else {
    var span = UnsafeMutableBufferPointer(start: labels, count: rows.count).mutableSpan
    switch rows.layout {
    case .dense(let base, let stride):
      let points = MatrixView(
        unsafeBase: base, rows: rows.count, columns: rows.columns, rowStride: stride)
      try model.assign(points, into: &span, execution: execution)
    case .sparse(let arrays):
      try model.assign(SparseRows(unsafeArrays: arrays), into: &span, execution: execution)
    }
    return
  }
  try MemoryCheck.check([(rows.count, 1, bytes: 12)], "labels and distances of \(rows.count) rows")
  let found =
    switch rows.layout {
    case .dense(let base, let stride):
      try model.labelsAndDistances(
        MatrixView(unsafeBase: base, rows: rows.count, columns: rows.columns, rowStride: stride),
        execution: execution)
    case .sparse(let arrays): try model.labelsAndDistances(arrays, execution: execution)
    }
  labels.update(from: found.labels, count: found.labels.count)
  distances.update(from: found.distances, count: found.distances.count)
}

@c @implementation
public func km_model_distances(
  _ model: OpaquePointer?, _ rows: UnsafePointer<km_rows>?, _ threads: Int32,
  _ distances: UnsafeMutablePointer<Double>?, _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let model = try Handles.object(model, ModelObject.self, "model")
    let distances = try required(distances, "distances")
    let execution = try execution(threads: threads, "")
    try withRows(
      rows, { try allDistances($0, to: model.of(Float.self), execution, distances) },
      { try allDistances($0, to: model.of(Double.self), execution, distances) })
  }
}

private func allDistances<Scalar: ClusteringScalar>(
  _ rows: CheckedRows<Scalar>, to model: KMeansModel<Scalar>, _ execution: Execution,
  _ distances: UnsafeMutablePointer<Double>
) throws {
  try MemoryCheck.check(
    [(rows.count, model.clusterCount, bytes: 8)],
    "\(rows.count) rows by \(model.clusterCount) distances")
  let found =
    switch rows.layout {
    case .dense(let base, let stride):
      try model.allSquaredDistances(
        MatrixView(unsafeBase: base, rows: rows.count, columns: rows.columns, rowStride: stride),
        execution: execution)
    case .sparse(let arrays):
      try model.allSquaredDistances(SparseRows(unsafeArrays: arrays), execution: execution)
    }
  try copy(found, to: distances, .max, "distances")
}

@c @implementation
public func km_model_free(_ model: OpaquePointer?) -> km_status {
  call(nil, 0) { try Handles.remove(model, ModelObject.self, "model") }
}
