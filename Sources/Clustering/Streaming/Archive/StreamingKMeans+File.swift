internal import KMeansFiles

// Streams that outlive their process: in files, or as bytes that are kept elsewhere.
extension StreamingKMeans {
  /// The stream in a file, or another one where there is no such file.
  ///
  /// ```swift
  /// var stream = try StreamingKMeans<Float>.resuming("sensors.kmeans") {
  ///   StreamingKMeans(clusterCount: 10, forgetting: .halfLife(5, .batches))
  /// }
  /// ```
  ///
  /// A stream of a file has the parameters that it was saved with, whatever those of the other one
  /// are. A file that is damaged, or is something else, is an error: what was learnt is never
  /// begun anew without a word.
  ///
  /// - Parameters:
  ///   - path: the name of the file; nothing is written to it before ``save(to:)``.
  ///   - execution: the threads and kernels of a stream that was saved.
  ///   - begin: makes the stream where there is no file.
  /// - Throws: as ``load(from:execution:)``, but for a file that does not exist in a folder that
  ///   does, and what the closure throws.
  /// - Complexity: as ``load(from:execution:)``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func resuming(
    _ path: String, execution: Execution = Execution(),
    otherwise begin: () throws -> StreamingKMeans
  ) throws -> StreamingKMeans {
    guard let archive = try Archive.ifThere(path, kind: archiveKind) else {
      return try begin()
    }
    return try StreamingKMeans(archive, execution: execution)
  }

  /// Writes the whole state to a file of its own format: versioned, with checksums. A stream that
  /// is saved and loaded goes on bit for bit as if it had never been.
  ///
  /// The file is whole or as it was before, even where the power fails: it is written under
  /// another name, synced, and renamed.
  ///
  /// - Throws: ``FileError`` where it cannot be written; an existing file is then untouched.
  /// - Complexity: O(k d), and the rows that wait until there are enough to begin with.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func save(to path: String) throws(FileError) { try archive.write(to: path) }

  /// The bytes that ``save(to:)`` writes, to be kept elsewhere than in a file.
  ///
  /// - Complexity: as ``save(to:)``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func archived() -> [UInt8] { archive.encoded() }

  /// Reads a stream of the same type of points.
  ///
  /// - Parameter execution: the threads and kernels with which it goes on; they are not saved.
  /// - Throws: ``FileError`` with the file, the byte and what is wrong, and ``ClusteringError``
  ///   where the machine lacks what the execution asks for.
  /// - Complexity: O(k d), and the rows that wait until there are enough to begin with.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func load(
    from path: String, execution: Execution = Execution()
  ) throws -> StreamingKMeans {
    try StreamingKMeans(
      Archive(readingFrom: path, kind: archiveKind), execution: execution)
  }

  /// The stream in the bytes that ``archived()`` made, or that a file of a stream holds.
  ///
  /// - Parameter execution: the threads and kernels with which it goes on.
  /// - Throws: as ``load(from:execution:)``.
  /// - Complexity: as ``load(from:execution:)``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(archive bytes: [UInt8], execution: Execution = Execution()) throws {
    try self.init(Archive(bytes: bytes, kind: Self.archiveKind), execution: execution)
  }
}
