internal import KMeansFiles

// A measure as sections of archives: its name, as it was when no other had parameters, and what it
// is made of beside it.
extension DistanceMeasure {
  /// Sets the sections.
  func write(to archive: inout Archive) {
    archive["distance"] = .string(kind.rawValue)
    switch self {
    case .weightedEuclidean(let weights), .weightedManhattan(let weights):
      archive["distanceWeights"] = .doubles(weights)
    case .minkowski(let exponent): archive["distanceExponent"] = .double(exponent)
    case .mahalanobis(let covariance?):
      archive["distanceCovariance"] = .doubles(covariance.values)
      if let mean = covariance.mean { archive["distanceMean"] = .doubles(mean) }
    case .euclidean, .cosine, .mahalanobis(nil), .manhattan, .chebyshev, .tanimoto: break
    }
  }

  /// Reads them.
  ///
  /// - Throws: ``FileError`` with the section where it can be none of a measure.
  init(_ archive: Archive) throws {
    let name = try archive.string("distance")
    guard let kind = Kind(rawValue: name) else {
      throw archive.wrong("distance", "is '\(name)', which is none that is known")
    }
    switch kind {
    case .weightedEuclidean:
      self = .weightedEuclidean(weights: try archive.vector("distanceWeights", as: Double.self))
    case .weightedManhattan:
      self = .weightedManhattan(weights: try archive.vector("distanceWeights", as: Double.self))
    case .minkowski: self = .minkowski(exponent: try archive.double("distanceExponent"))
    case .mahalanobis where archive["distanceCovariance"] != nil:
      let mean: [Double]? =
        archive["distanceMean"] == nil ? nil : try archive.vector("distanceMean", as: Double.self)
      self = .mahalanobis(
        Covariance(mean: mean, values: try archive.vector("distanceCovariance", as: Double.self)))
    case .mahalanobis: self = .mahalanobis(nil)
    case .euclidean, .cosine, .manhattan, .chebyshev, .tanimoto:
      self = Self(plain: kind) ?? .euclidean
    }
    do throws(ClusteringError) { try validate() } catch {
      throw archive.wrong("distance", "is '\(name)': \(error)")
    }
  }
}
