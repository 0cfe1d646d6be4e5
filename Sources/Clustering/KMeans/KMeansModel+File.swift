internal import KMeansFiles

extension KMeansModel {
  /// What model files say they are.
  package static var archiveKind: String { "k-means model" }

  /// Writes the model to a file of its own format: versioned, with checksums, read back bit for bit.
  ///
  /// - Throws: an error that names the file where it cannot be written; an existing file is then
  ///   untouched.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public func save(to path: String) throws {
    var archive = Archive(kind: Self.archiveKind)
    archive["clusterWeights"] = .doubles(clusterWeights)
    archive["inertia"] = .double(inertia)
    archive["iterations"] = .int(Int64(iterations))
    archive["converged"] = .int(converged ? 1 : 0)
    // The centroids of transformed points: those in the units of the points follow from them.
    archive.set("centroids", transformedCentroids)
    transform.write(to: &archive)
    try archive.write(to: path)
  }

  /// Reads a model.
  ///
  /// A model of floats can be read as one of doubles, which holds the same values; not the other way
  /// round.
  ///
  /// - Throws: an error that names the file, the byte and what is wrong.
  /// - Complexity: O(k d).
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  public static func load(from path: String) throws -> KMeansModel {
    let archive = try Archive(readingFrom: path, kind: archiveKind)
    let problem = { (text: String) in
      FileError.malformed(path: path, place: .wholeFile, problem: text)
    }
    let centroids: Matrix<Scalar>
    if case .floatMatrix(_, let columns, let values)? = archive["centroids"] {
      centroids = try matrix(values, columns: columns, problem)
    } else {
      let found = try archive.matrix("centroids", as: Double.self)
      guard Scalar.self == Double.self else {
        throw FileError.unusable(path: path, problem: "the model holds doubles, not floats")
      }
      centroids = try matrix(found.values, columns: found.columns, problem)
    }
    let weights: [Double] = try archive.vector("clusterWeights")
    guard centroids.rows > 0, weights.count == centroids.rows else {
      throw problem(
        "\(counted(weights.count, "weight")) for \(counted(centroids.rows, "centroid"))")
    }
    let iterations = try archive.int("iterations")
    let (inertia, converged) = (try archive.double("inertia"), try archive.int("converged") != 0)
    return KMeansModel(
      transformed: centroids,
      transform: try RowTransform(archive, columns: centroids.columns, problem),
      clusterWeights: weights, inertia: inertia,
      iterations: Int(iterations), converged: converged)
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
    _ values: [Value], columns: Int, _ problem: (String) -> FileError
  ) throws -> Matrix<Scalar> {
    let limit = FiniteCheck<Scalar>.limit
    if let bad = values.firstIndex(where: { !(Double($0).magnitude <= limit) }) {
      throw problem(
        "centroid \(bad / columns), column \(bad % columns) is \(values[bad]), "
          + "expected a number within +-\(limit)")
    }
    let converted = values.map { Scalar($0) }
    return try Matrix(converted.span, columns: columns)
  }
}
