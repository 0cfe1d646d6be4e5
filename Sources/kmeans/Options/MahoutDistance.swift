import Clustering

/// The measures of Mahout by the names of their classes.
enum MahoutDistance: String, CaseIterable {
  case squaredEuclidean = "SquaredEuclideanDistanceMeasure"
  case euclidean = "EuclideanDistanceMeasure"
  case cosine = "CosineDistanceMeasure"
  case manhattan = "ManhattanDistanceMeasure"
  case chebyshev = "ChebyshevDistanceMeasure"
  case minkowski = "MinkowskiDistanceMeasure"
  case tanimoto = "TanimotoDistanceMeasure"
  case weightedEuclidean = "WeightedEuclideanDistanceMeasure"
  case weightedManhattan = "WeightedManhattanDistanceMeasure"
  case mahalanobis = "MahalanobisDistanceMeasure"

  private static let package = "org.apache.mahout.common.distance."

  /// - Parameter text: the name of a class, which may have the name of its package before it.
  /// - Throws: ``Failure`` with the names of all, where it is none of them.
  init(_ text: String) throws {
    let name = text.hasPrefix(Self.package) ? String(text.dropFirst(Self.package.count)) : text
    guard let found = Self(rawValue: name) else {
      let all = Self.allCases.map(\.rawValue)
      throw Failure.usage(
        "-dm \(text): expected \(all.dropLast().joined(separator: ", ")) or \(all.last ?? "")")
    }
    self = found
  }

  var kind: DistanceMeasure.Kind {
    switch self {
    case .squaredEuclidean, .euclidean: .euclidean
    case .cosine: .cosine
    case .manhattan: .manhattan
    case .chebyshev: .chebyshev
    case .minkowski: .minkowski
    case .tanimoto: .tanimoto
    case .weightedEuclidean: .weightedEuclidean
    case .weightedManhattan: .weightedManhattan
    case .mahalanobis: .mahalanobis
    }
  }

  /// The power of the distance that Mahout compares; `nil` for what it is by default. These three
  /// have a root, which Mahout takes before it compares: points do not count by their square.
  var power: Int? {
    switch self {
    case .euclidean, .weightedEuclidean, .mahalanobis: 1
    default: nil
    }
  }
}

extension MahoutOptions {
  /// Sets the distance of a sketch, and the power of it that counts.
  ///
  /// - Parameter asked: what `--distance` and the options beside it say.
  func setDistance(_ sketch: inout SketchParameters, _ asked: DistanceOptions) throws {
    let named = try distanceMeasure.map { try MahoutDistance($0) }
    if let named, let distanceMeasure, let kind = asked.distance, kind != named.kind {
      throw Failure.usage(
        "-dm \(distanceMeasure) and --distance \(kind.rawValue) are different distances, expected one "
          + "of them")
    }
    sketch.distance = try asked.measure(named?.kind)
    sketch.power = sketch.power ?? named?.power
  }
}
