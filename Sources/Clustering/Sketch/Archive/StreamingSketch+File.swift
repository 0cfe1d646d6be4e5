internal import KMeansFiles

// Sketches that outlive their process: in files, or as bytes that are kept elsewhere.
extension StreamingSketch {
  /// Writes the whole state to a file of its own format: versioned, with checksums. A sketch that
  /// is saved and loaded goes on bit for bit as if it had never been.
  ///
  /// The file is whole or as it was before, even where the power fails: it is written under
  /// another name, synced, and renamed.
  ///
  /// - Throws: ``FileError`` where it cannot be written; an existing file is then untouched.
  /// - Complexity: O(m d) for m centroids, and the first 1,000 rows before there are any.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func save(to path: String) throws(FileError) { try archive.write(to: path) }

  /// The bytes that ``save(to:)`` writes, to be kept elsewhere than in a file.
  ///
  /// - Complexity: as ``save(to:)``.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func archived() -> [UInt8] { archive.encoded() }

  /// Reads a sketch of the same type of points.
  ///
  /// - Parameter execution: the threads and kernels with which it goes on; they are not saved.
  /// - Throws: ``FileError`` with the file, the byte and what is wrong, and ``ClusteringError``
  ///   where the machine lacks what the execution asks for.
  /// - Complexity: O(m d) for m centroids.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func load(
    from path: String, execution: Execution = Execution()
  ) throws -> StreamingSketch {
    try StreamingSketch(
      Archive(readingFrom: path, kind: archiveKind), execution: execution)
  }

  /// The sketch in the bytes that ``archived()`` made, or that a file of a sketch holds.
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
