// Functions that take a stream of Arrow arrays.
public import KMeansCHeader

internal import Clustering
internal import KMeansLinearAlgebra

@c @implementation
public func km_arrow_options_init(_ options: UnsafeMutablePointer<km_arrow_options>?, _ size: Int) {
  km_arrow_options.initialize(options, size)
}

/// Runs a call that owns a stream: it is released once, whatever happens.
func call(
  owning stream: UnsafeMutablePointer<ArrowArrayStream>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int,
  _ body: (UnsafeMutablePointer<ArrowArrayStream>?) throws -> Void
) -> km_status {
  defer { ArrowStream.discard(stream) }
  return call(message, size) { try body(stream) }
}

@c @implementation
public func km_model_assign_arrow_stream(
  _ model: OpaquePointer?, _ stream: UnsafeMutablePointer<ArrowArrayStream>?, _ threads: Int32,
  _ labels: UnsafeMutablePointer<ArrowArray>?, _ schema: UnsafeMutablePointer<ArrowSchema>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(owning: stream, message, size) { stream in
    let model = try Handles.object(model, ModelObject.self, "model")
    let execution = try execution(threads: threads, "")
    let (labels, schema) = (try required(labels, "labels"), try required(schema, "labels_schema"))
    let rows = try ArrowStream(taking: stream)
    let found =
      switch model.model {
      case .float32(let model): try assigned(rows, to: model, execution)
      case .float64(let model): try assigned(rows, to: model, execution)
      }
    found.withUnsafeBufferPointer { ArrowLabels.handOut($0, labels, schema) }
  }
}

/// The labels of all rows, array by array; values become those of the model's type.
private func assigned<Scalar: ClusteringScalar>(
  _ stream: ArrowStream, to model: KMeansModel<Scalar>, _ execution: Execution
) throws -> [Int32] {
  var labels: [Int32] = []
  guard let source = try rows(of: stream, as: Scalar.self) else { return labels }
  while let block = try source.nextBatch() {
    let first = labels.count
    do {
      labels += try model.assign(block, execution: execution)
    } catch { throw error.mappingRows { $0 + first } }
  }
  return labels
}

/// The rows of a stream, `nil` where there are none.
func rows<Scalar: ClusteringScalar>(
  of stream: ArrowStream, as type: Scalar.Type
) throws -> ArrowRows<Scalar>? {
  do {
    return try ArrowRows(stream)
  } catch let error as BorderError where error.text == ArrowRows<Scalar>.noRows.text {
    return nil
  }
}

@c @implementation
public func km_arrow_stream_read(
  _ stream: UnsafeMutablePointer<ArrowArrayStream>?,
  _ values: UnsafeMutablePointer<OpaquePointer?>?,
  _ rows: UnsafeMutablePointer<km_rows>?, _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(owning: stream, message, size) { stream in
    let target = try required(values, "values")
    let rows = try required(rows, "rows")
    _ = try km_rows.read(rows, "rows")
    let source = try ArrowStream(taking: stream)
    let (bytes, found) =
      switch source.columns.type {
      case .float32: try read(ArrowRows<Float>(source))
      case .float64: try read(ArrowRows<Double>(source))
      }
    try found.write(to: rows, "rows")
    target.pointee = Handles.add(bytes)
  }
}

/// All rows in memory, and what describes them.
private func read<Scalar: ClusteringScalar>(
  _ source: ArrowRows<Scalar>
) throws -> (BytesObject, km_rows) {
  var source = source
  let all = try Matrix(reading: &source)
  let count = all.rows * all.columns * MemoryLayout<Scalar>.stride
  let bytes = all.withRows {
    BytesObject(UnsafeRawBufferPointer(start: $0.base, count: count))
  }
  let type = Int(ScalarType(Scalar.self).rawValue)
  return (
    bytes,
    km_rows(bytes.bytes.baseAddress, type, Int64(all.rows), Int64(all.columns), 0)
  )
}

@c @implementation
public func km_labels_to_arrow(
  _ labels: UnsafePointer<Int32>?, _ count: Int64, _ array: UnsafeMutablePointer<ArrowArray>?,
  _ schema: UnsafeMutablePointer<ArrowSchema>?, _ message: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> km_status {
  call(message, size) {
    guard count >= 0 else {
      throw BorderError.argument("count is \(count), expected at least 0")
    }
    let (array, schema) = (try required(array, "array"), try required(schema, "schema"))
    if count > 0 { _ = try required(labels, "labels") }
    ArrowLabels.handOut(
      UnsafeBufferPointer(start: count > 0 ? labels : nil, count: Int(count)), array, schema)
  }
}
