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

  /// Whether there are centroids: a stream may wait for its first rows.
  ///
  /// - Parameter kind: that of the file.
  /// - Throws: as an archive is read.
  static func exist(in path: String, kind: String) throws -> Bool {
    guard let (stream, _) = try streamIn(path, kind: kind) else { return true }
    return stream["centers"] != nil
  }

  /// The archive of a stream that a file holds, and the columns of its points where it knows them.
  ///
  /// - Returns: `nil` where it holds no stream.
  private static func streamIn(
    _ path: String, kind: String
  ) throws -> (stream: Archive, columns: InputColumns?)? {
    switch kind {
    case StreamingKMeans<Double>.archiveKind:
      return (try Archive(readingFrom: path, kind: kind), nil)
    case StreamState.archiveKind:
      let archive = try Archive(readingFrom: path, kind: kind)
      return (
        archive.part("stream", kind: StreamingKMeans<Double>.archiveKind),
        try StreamState(archive, path).columns
      )
    default: return nil
    }
  }

  /// - Parameter kind: that of the file.
  /// - Returns: `nil` where it holds no stream.
  /// - Throws: ``Failure`` where the stream has no centroids yet; as an archive is read.
  init?(streamIn path: String, kind: String) throws {
    guard let (stream, columns) = try Self.streamIn(path, kind: kind) else { return nil }
    func model<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws -> KMeansModel<Scalar> {
      guard var model = try StreamingKMeans<Scalar>(stream).latestModel else {
        throw Failure.data(
          "\(path): the stream has no centroids yet: its first rows wait for others")
      }
      guard model.inputColumns == nil else { return model }
      // A stream that a program has saved may hold the names of its columns itself.
      let known = try InputColumns(stream, columns: model.dimension) { text in
        FileError.malformed(path: path, place: .wholeFile, problem: text)
      }
      model.inputColumns = (columns ?? known)?.remembered
      return model
    }
    self =
      try stream.string("precision") == Precision.float.rawValue
      ? .floats(try model(Float.self)) : .doubles(try model(Double.self))
  }
}
