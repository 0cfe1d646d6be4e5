// What a model says of rows: their nearest centroids and their distances.
public import KMeansCHeader

internal import Clustering
internal import KMeansFiles
internal import KMeansLinearAlgebra

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
