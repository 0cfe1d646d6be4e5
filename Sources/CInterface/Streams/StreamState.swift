// What a stream has learnt: to look at, to keep, to go on from.
public import KMeansCHeader

internal import Clustering
internal import KMeansFiles
internal import KMeansLinearAlgebra

@c @implementation
public func km_stream_get_info(
  _ stream: OpaquePointer?, _ info: UnsafeMutablePointer<km_stream_info>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    switch try Handles.object(stream, StreamObject.self, "stream").value {
    case .float32(let stream): try km_stream_info(stream).write(to: info, "info")
    case .float64(let stream): try km_stream_info(stream).write(to: info, "info")
    }
  }
}

@c @implementation
public func km_stream_get_options(
  _ stream: OpaquePointer?, _ options: UnsafeMutablePointer<km_stream_options>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let found =
      switch try Handles.object(stream, StreamObject.self, "stream").value {
      case .float32(let stream): try km_stream_options(stream.parameters, .float32)
      case .float64(let stream): try km_stream_options(stream.parameters, .float64)
      }
    try found.write(to: options, "options")
  }
}

/// The clusters of a stream.
private struct Clusters {
  let centroids: Matrix<Double>
  let weights: [Double]
  let ids: [Int]

  /// - Throws: where there are none yet.
  init(_ stream: OpaquePointer?) throws {
    switch try Handles.object(stream, StreamObject.self, "stream").value {
    case .float32(let stream): try self.init(of: stream)
    case .float64(let stream): try self.init(of: stream)
    }
  }

  private init<Scalar: ClusteringScalar>(of stream: StreamingKMeans<Scalar>) throws {
    guard let centroids = stream.centroids else { throw notStarted(stream) }
    self.centroids = centroids
    (weights, ids) = (stream.clusterWeights, stream.ids)
  }
}

private func notStarted<Scalar: ClusteringScalar>(
  _ stream: StreamingKMeans<Scalar>
) -> ClusteringError {
  .streaming(
    .notStarted(rows: stream.waitingPointCount, needed: stream.parameters.firstRows))
}

@c @implementation
public func km_stream_centroids(
  _ stream: OpaquePointer?, _ centroids: UnsafeMutablePointer<Double>?, _ capacity: Int,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = UnsafeMutableRawPointer(try required(centroids, "centroids"))
    try copy(Clusters(stream).centroids, to: target, capacity, "centroids")
  }
}

@c @implementation
public func km_stream_weights(
  _ stream: OpaquePointer?, _ weights: UnsafeMutablePointer<Double>?, _ capacity: Int,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) { try copy(Clusters(stream).weights, to: weights, capacity, "weights") }
}

@c @implementation
public func km_stream_ids(
  _ stream: OpaquePointer?, _ ids: UnsafeMutablePointer<Int64>?, _ capacity: Int,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try copy(Clusters(stream).ids.map { Int64($0) }, to: ids, capacity, "ids")
  }
}

@c @implementation
public func km_stream_snapshot(
  _ stream: OpaquePointer?, _ model: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(model, "model")
    let object = try Handles.object(stream, StreamObject.self, "stream")
    let found =
      switch try object.value {
      case .float32(let stream): ModelObject(try latestModel(of: stream), object.columns.value)
      case .float64(let stream): ModelObject(try latestModel(of: stream), object.columns.value)
      }
    target.pointee = Handles.add(found)
  }
}

private func latestModel<Scalar: ClusteringScalar>(
  of stream: StreamingKMeans<Scalar>
) throws -> KMeansModel<Scalar> {
  guard let model = stream.latestModel else { throw notStarted(stream) }
  return model
}

@c @implementation
public func km_stream_save(
  _ stream: OpaquePointer?, _ file: UnsafePointer<CChar>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try Handles.object(stream, StreamObject.self, "stream").archive.write(to: path(file))
  }
}

@c @implementation
public func km_stream_encode(
  _ stream: OpaquePointer?, _ bytes: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try handOut(Handles.object(stream, StreamObject.self, "stream").archive, bytes)
  }
}

@c @implementation
public func km_stream_load(
  _ file: UnsafePointer<CChar>?, _ stream: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(stream, "stream")
    let kind = StreamingKMeans<Float>.archiveKind
    target.pointee = Handles.add(try loaded(Archive(readingFrom: path(file), kind: kind)))
  }
}

@c @implementation
public func km_stream_decode(
  _ data: UnsafePointer<UInt8>?, _ count: Int, _ stream: UnsafeMutablePointer<OpaquePointer?>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    let target = try required(stream, "stream")
    let kind = StreamingKMeans<Float>.archiveKind
    target.pointee = Handles.add(try loaded(archive(data, count, kind: kind)))
  }
}

/// The stream in an archive, of the type of values that it says.
private func loaded(_ archive: Archive) throws -> StreamObject {
  let stream: StreamObject.Stream =
    archive["precision"] == .string("float")
    ? .float32(try StreamingKMeans(archive, execution: Execution()))
    : .float64(try StreamingKMeans(archive, execution: Execution()))
  return StreamObject(stream, try KnownColumns(archive, dimension: stream.dimension))
}
