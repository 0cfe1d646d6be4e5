import Batching
import Clustering
import Foundation
import VectorIO

/// The start of a fit: rows that are chosen by some method, a file of one centroid a row, or
/// the centroids of a model.
enum InitialCentroids: Sendable {
  case method(CentroidInitialization)
  case file(String, VectorFormat?)
  case model(GivenCentroids, path: String)

  /// - Parameter format: the format of a file whose name and first bytes do not tell it.
  /// - Throws: ``Failure`` where there is neither a method nor a file of that name.
  init(_ text: String, format: VectorFormat?) throws {
    if let method = CentroidInitialization(rawValue: text) {
      self = .method(method)
    } else if exists(text) {
      self =
        try archiveKind(text) == nil
        ? .file(text, format) : .model(GivenCentroids(model: text), path: text)
    } else if looksLikeFile(text) {
      throw missingFile(text)
    } else {
      let names = CentroidInitialization.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure.usage("--init \(text): expected \(names), a file of centroids or a model")
    }
  }

  var method: CentroidInitialization {
    if case .method(let method) = self { method } else { .kMeansPlusPlus }
  }

  var path: String? {
    switch self {
    case .file(let path, _), .model(_, let path): path
    case .method: nil
    }
  }

  /// The columns that points must have to start from a model.
  func expectedColumns(areListed: Bool) -> ExpectedColumns? {
    guard case .model(let given, let path) = self else { return nil }
    return given.expectedColumns(from: path, areListed: areListed)
  }

  /// The centroids of the file, if it is one, in the units of the points.
  func read<Scalar: ClusteringScalar>(as type: Scalar.Type = Scalar.self) throws -> Matrix<Scalar>?
  {
    switch self {
    case .method:
      return nil
    case .file(let path, let format):
      var options = ReadingOptions()
      options.fallbackFormat = format
      return try MemoryBudget().rows(
        of: VectorFile<Scalar>(path, options: options), .centroids
      ).matrix
    case .model(let given, let path):
      let model: KMeansModel<Scalar> = try given.model(from: path)
      return model.centroids
    }
  }
}
