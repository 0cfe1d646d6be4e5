import Clustering
import KMeansFiles

// The present model of a stream, wherever a model is taken: of the stream of a key, or of the
// checkpoint of a stream.
extension GivenCentroids {
  /// The kinds of files that a model is read from.
  static var modelKinds: Set<String> {
    [
      KMeansModel<Double>.archiveKind, StreamingKMeans<Double>.archiveKind, StreamState.archiveKind,
    ]
  }

  /// - Parameter kind: that of the file.
  /// - Returns: `nil` where it holds no stream.
  /// - Throws: ``Failure`` where the stream has no centroids yet; as an archive is read.
  init?(streamIn path: String, kind: String) throws {
    let stream: Archive
    var columns: InputColumns?
    switch kind {
    case StreamingKMeans<Double>.archiveKind:
      stream = try Archive(readingFrom: path, kind: kind)
    case StreamState.archiveKind:
      let archive = try Archive(readingFrom: path, kind: kind)
      columns = try StreamState(archive, path).columns
      stream = try archive.part("stream", kind: StreamingKMeans<Double>.archiveKind)
    default: return nil
    }
    func model<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws -> KMeansModel<Scalar> {
      guard var model = try StreamingKMeans<Scalar>(stream).latestModel else {
        throw Failure.data(
          "\(path): the stream has no centroids yet: its first rows wait for others")
      }
      if model.inputColumns == nil { model.inputColumns = columns?.remembered }
      return model
    }
    self =
      try stream.string("precision") == Precision.float.rawValue
      ? .floats(try model(Float.self)) : .doubles(try model(Double.self))
  }
}
