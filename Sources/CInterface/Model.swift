// km_model: centroids and what is known of them.
public import KMeansCHeader

internal import Clustering
internal import KMeansFiles
internal import KMeansLinearAlgebra

/// A model of either type of values, behind a handle.
final class ModelObject: ColumnsObject {
  static var kind: HandleKind { .model }

  /// The model.
  enum Model {
    case float32(KMeansModel<Float>)
    case float64(KMeansModel<Double>)
  }

  let model: Model
  let columns: KnownColumns

  /// - Parameter columns: what is known of them; `nil` for what the model itself knows.
  init<Scalar: ClusteringScalar>(_ model: KMeansModel<Scalar>, _ columns: InputColumns? = nil) {
    self.columns = KnownColumns(columns ?? model.inputColumns)
    if let model = model as? KMeansModel<Float> {
      self.model = .float32(model)
    } else if let model = model as? KMeansModel<Double> {
      self.model = .float64(model)
    } else {
      preconditionFailure("models of \(Scalar.self)")
    }
  }

  /// The model in an archive, of the values that it holds.
  convenience init(_ archive: Archive) throws {
    if case .floatMatrix? = archive["centroids"] {
      self.init(try KMeansModel<Float>(archive))
    } else {
      self.init(try KMeansModel<Double>(archive))
    }
  }

  /// The model as files hold it.
  var archive: Archive {
    func archive<Scalar: ClusteringScalar>(_ model: KMeansModel<Scalar>) -> Archive {
      var model = model
      model.inputColumns = columns.value
      return model.archive
    }
    return switch model {
    case .float32(let model): archive(model)
    case .float64(let model): archive(model)
    }
  }

  var dimension: Int? {
    switch model {
    case .float32(let model): model.dimension
    case .float64(let model): model.dimension
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
    standardized = model.transform.standardization?.centers ?? false ? 1 : 0
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
  _ centroids: UnsafePointer<km_rows>?, _ distance: Int32,
  _ model: UnsafeMutablePointer<OpaquePointer?>?, _ message: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(model, "model")
    let distance = try distanceMeasure(distance, "distance")
    let object = try withRows(
      centroids, named: "centroids", { ModelObject(try made(of: $0, distance)) },
      { ModelObject(try made(of: $0, distance)) })
    target.pointee = Handles.add(object)
  }
}

/// A model of centroids, with their weights.
private func made<Scalar: ClusteringScalar>(
  of rows: CheckedRows<Scalar>, _ distance: DistanceMeasure
) throws -> KMeansModel<Scalar> {
  guard rows.count > 0 else {
    throw BorderError.argument("centroids->count is 0, expected at least 1")
  }
  _ = try clusterCount(Int64(rows.count))
  if let weights = rows.weights { try WeightCheck.check(weights.span) }
  let matrix = try rows.matrix("centroids")
  let model = try KMeansModel(centroids: matrix, comparedBy: distance)
  return KMeansModel(
    transformed: model.transformedCentroids, transform: model.transform,
    clusterWeights: rows.weights.map { Array($0) } ?? model.clusterWeights, inertia: 0,
    iterations: 0, converged: false)
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
public func km_model_free(_ model: OpaquePointer?) -> km_status {
  call(nil, 0) { try Handles.remove(model, ModelObject.self, "model") }
}
