package import KMeansFiles

extension KMeansModel {
  /// What model files say they are.
  package static var archiveKind: String { "k-means model" }

  /// Writes the model to a file of its own format: versioned, with checksums, read back bit for
  /// bit.
  ///
  /// - Throws: ``FileError`` where it cannot be written; an existing file is then untouched.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func save(to path: String) throws(FileError) { try archive.write(to: path) }

  /// The bytes that ``save(to:)`` writes, to be kept elsewhere than in a file.
  ///
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func archived() -> [UInt8] { archive.encoded() }

  /// The model as an archive.
  package var archive: Archive {
    var archive = Archive(kind: Self.archiveKind)
    archive["clusterWeights"] = .doubles(clusterWeights)
    archive["inertia"] = .double(inertia)
    archive["iterations"] = .int(Int64(iterations))
    archive["converged"] = .int(converged ? 1 : 0)
    // The centroids of transformed points: those in the units of the points follow from them.
    archive.set("centroids", transformedCentroids)
    transform.write(to: &archive)
    if pairwise != nil { distance.write(to: &archive) }
    streamed?.write(to: &archive)
    inputColumns?.write(to: &archive)
    return archive
  }

  /// Reads a model.
  ///
  /// A model of floats can be read as one of doubles, which holds the same values; not the other
  /// way round.
  ///
  /// - Throws: ``FileError`` with the file, the byte and what is wrong.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func load(from path: String) throws -> KMeansModel {
    try KMeansModel(Archive(readingFrom: path, kind: archiveKind))
  }

  /// The model in the bytes that ``archived()`` made, or that a file of a model holds.
  ///
  /// - Throws: ``FileError`` with the byte and what is wrong, as ``load(from:)``.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public init(archive bytes: [UInt8]) throws {
    try self.init(Archive(bytes: bytes, kind: Self.archiveKind))
  }

  /// The model in an archive.
  ///
  /// - Throws: ``FileError`` with the section, where it cannot be one of a model.
  package init(_ archive: Archive) throws {
    let centroids: Matrix<Scalar>
    if case .floatMatrix(_, let columns, let values)? = archive["centroids"] {
      centroids = try Self.matrix(values, columns: columns, in: archive)
    } else {
      let found = try archive.matrix("centroids", as: Double.self)
      guard Scalar.self == Double.self else {
        throw FileError.unusable(
          path: archive.path, problem: "the model holds doubles, not floats")
      }
      centroids = try Self.matrix(found.values, columns: found.columns, in: archive)
    }
    let transform = try RowTransform(archive, columns: centroids.columns)
    // Only models of other distances than squared Euclidean ones of transformed rows say so.
    let pairwise =
      archive["distance"] == nil
      ? nil : try DistanceMeasure(archive).checkedPairwise { archive.wrong("distance", $0) }
    let (weights, inertia): ([Double], Double) = (
      try archive.vector("clusterWeights"), try archive.double("inertia")
    )
    let (iterations, converged) = (
      Int(try archive.int("iterations")), try archive.flag("converged")
    )
    let streamed = try StreamedClusters(archive, columns: centroids.columns)
    do throws(WrongPart) {
      try self.init(
        checking: centroids, transform, pairwise: pairwise, clusterWeights: weights,
        inertia: inertia, iterations: iterations, converged: converged, streamed: streamed)
    } catch {
      throw archive.wrong(error)
    }
    inputColumns = try InputColumns(archive, columns: centroids.columns) { text in
      FileError.malformed(path: archive.path, place: .wholeFile, problem: text)
    }
  }

  /// Whether the model in a file holds floats.
  ///
  /// - Throws: as ``load(from:)``.
  package static func holdsFloats(_ path: String) throws -> Bool {
    let archive = try Archive(readingFrom: path, kind: archiveKind)
    if case .floatMatrix? = archive["centroids"] { return true }
    return false
  }

  private static func matrix<Value: BinaryFloatingPoint>(
    _ values: [Value], columns: Int, in archive: Archive
  ) throws -> Matrix<Scalar> {
    guard columns > 0 else {
      throw archive.wrong("centroids", "has no column, expected at least one")
    }
    let converted = values.map { Scalar($0) }
    return try Matrix(converted.span, columns: columns)
  }
}
