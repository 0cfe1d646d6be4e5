// km_sketch: one pass over rows, and ball k-means of what it keeps.
public import KMeansCHeader

internal import Clustering
internal import KMeansFiles
internal import KMeansLinearAlgebra

/// A sketch of either type of values. Calls that change it wait for each other.
final class SketchObject: ColumnsObject {
  static var kind: HandleKind { .sketch }

  /// The sketch.
  enum Sketch: Sendable {
    case float32(StreamingSketch<Float>)
    case float64(StreamingSketch<Double>)

    var dimension: Int? {
      switch self {
      case .float32(let sketch): sketch.dimension
      case .float64(let sketch): sketch.dimension
      }
    }

    var archive: Archive {
      switch self {
      case .float32(let sketch): sketch.archive
      case .float64(let sketch): sketch.archive
      }
    }
  }

  /// Taken out while it changes: a second reference would make copies of all that it knows.
  private let sketch: ProcessLock<Sketch?>

  let columns: KnownColumns

  init(_ sketch: Sketch, _ columns: KnownColumns = KnownColumns()) {
    self.sketch = ProcessLock(sketch)
    self.columns = columns
  }

  /// The sketch in an archive, of the type of values that it says.
  convenience init(_ archive: Archive) throws {
    let sketch: Sketch =
      archive["precision"] == .string("float")
      ? .float32(try StreamingSketch(archive, execution: Execution()))
      : .float64(try StreamingSketch(archive, execution: Execution()))
    self.init(sketch, try KnownColumns(archive, dimension: sketch.dimension))
  }

  var dimension: Int? { get throws { try value.dimension } }
  var archive: Archive { get throws { try columns.written(to: value.archive) } }
  var value: Sketch { get throws { try sketch.withLock { $0! } } }

  /// Changes the sketch in place.
  func change(
    _ floats: (inout StreamingSketch<Float>) throws -> Void,
    _ doubles: (inout StreamingSketch<Double>) throws -> Void
  ) throws {
    try sketch.withLock { value in
      let taken = value.take()!
      switch consume taken {
      case .float32(var sketch):
        defer { value = .float32(sketch) }
        try floats(&sketch)
      case .float64(var sketch):
        defer { value = .float64(sketch) }
        try doubles(&sketch)
      }
    }
  }
}

@c @implementation
public func km_sketch_options_init(
  _ options: UnsafeMutablePointer<km_sketch_options>?, _ size: Int
) {
  km_sketch_options.initialize(options, size)
}

@c @implementation
public func km_ball_options_init(_ options: UnsafeMutablePointer<km_ball_options>?, _ size: Int) {
  km_ball_options.initialize(options, size)
}

@c @implementation
public func km_sketch_create(
  _ options: UnsafePointer<km_sketch_options>?, _ sketch: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let options = try km_sketch_options.read(options, "options")
    let target = try required(sketch, "sketch")
    let parameters = try options.parameters()
    let object =
      switch try ScalarType(options.type, "options->type") {
      case .float32: SketchObject(.float32(StreamingSketch(parameters)))
      case .float64: SketchObject(.float64(StreamingSketch(parameters)))
      }
    target.pointee = Handles.add(object)
  }
}

@c @implementation
public func km_sketch_add(
  _ sketch: OpaquePointer?, _ rows: UnsafePointer<km_rows>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let object = try Handles.object(sketch, SketchObject.self, "sketch")
    let rows = try km_rows.read(rows, "rows")
    try object.change({ try add(rows, to: &$0) }, { try add(rows, to: &$0) })
  }
}

private func add<Scalar: ClusteringScalar>(
  _ given: km_rows, to sketch: inout StreamingSketch<Scalar>
) throws {
  let expected = ScalarType(Scalar.self)
  guard try ScalarType(given.type, "rows->type") == expected else {
    throw BorderError.argument(
      "rows->type is \(given.type), expected \(expected.name) as the sketch's")
  }
  let rows = try CheckedRows<Scalar>(given, "rows")
  switch rows.layout {
  case .dense(let base, let stride):
    try sketch.add(
      MatrixView(unsafeBase: base, rows: rows.count, columns: rows.columns, rowStride: stride),
      weights: rows.weights?.span)
  case .sparse(let arrays):
    try sketch.add(SparseRows(unsafeArrays: arrays), weights: rows.weights?.span)
  }
}

@c @implementation
public func km_sketch_merge(
  _ sketch: OpaquePointer?, _ other: OpaquePointer?, _ message: UnsafeMutablePointer<CChar>?,
  _ size: Int
) -> km_status {
  call(message, size) {
    let object = try Handles.object(sketch, SketchObject.self, "sketch")
    let other = try Handles.object(other, SketchObject.self, "other").value
    let mismatch = BorderError.argument("sketches of rows of float32 and of float64")
    try object.change(
      { own in
        guard case .float32(let other) = other else { throw mismatch }
        try own.merge(other)
      },
      { own in
        guard case .float64(let other) = other else { throw mismatch }
        try own.merge(other)
      })
  }
}

@c @implementation
public func km_sketch_cluster(
  _ sketch: OpaquePointer?, _ options: UnsafePointer<km_ball_options>?,
  _ model: UnsafeMutablePointer<OpaquePointer?>?, _ cost: UnsafeMutablePointer<km_cost>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let object = try Handles.object(sketch, SketchObject.self, "sketch")
    let options = try options.map { try km_ball_options.read($0, "options") }
    try km_cost.check(cost, "cost")
    let (found, bounds) =
      switch try object.value {
      case .float32(let sketch): try clustered(sketch, object.columns.value, options)
      case .float64(let sketch): try clustered(sketch, object.columns.value, options)
      }
    if cost != nil { try km_cost(bounds).write(to: cost, "cost") }
    model?.pointee = Handles.add(found)
  }
}

private func clustered<Scalar: ClusteringScalar>(
  _ sketch: StreamingSketch<Scalar>, _ columns: InputColumns?, _ options: km_ball_options?
) throws -> (ModelObject, CostBounds) {
  var onePass = OnePassKMeans(
    clusterCount: sketch.parameters.clusterCount, seed: sketch.parameters.seed)
  onePass.sketch = sketch.parameters
  if let options {
    onePass.ball = try options.parameters(clusters: sketch.parameters.clusterCount)
  }
  let fit = try onePass.fit(sketch)
  return (ModelObject(fit.model, columns), fit.cost)
}

@c @implementation
public func km_sketch_free(_ sketch: OpaquePointer?) -> km_status {
  call(nil, 0) { try Handles.remove(sketch, SketchObject.self, "sketch") }
}
