import Clustering
import Foundation
import VectorIO

/// Where a fit starts from: rows that are chosen by some method, or a file of one centroid a row, or a model.
enum InitialCentroids: Sendable {
  case method(Initialization)
  case file(String)

  /// - Throws: where there is neither a method nor a file of that name.
  init(_ text: String) throws {
    if let method = Initialization(rawValue: text) {
      self = .method(method)
    } else if exists(text) {
      self = .file(text)
    } else if looksLikeFile(text) {
      throw missingFile(text)
    } else {
      let names = Initialization.allCases.map(\.rawValue).joined(separator: ", ")
      throw Failure.usage("--init \(text): expected \(names) or a file of centroids")
    }
  }

  var method: Initialization {
    if case .method(let method) = self { method } else { .kMeansPlusPlus }
  }

  var path: String? {
    if case .file(let path) = self { path } else { nil }
  }

  /// The centroids of the file, if it is one, in the units of the input.
  func read<Scalar: ClusteringScalar>(as type: Scalar.Type = Scalar.self) throws -> Matrix<Scalar>?
  {
    guard let path else { return nil }
    if try archiveKind(path) == KMeansModel<Scalar>.archiveKind {
      let model: KMeansModel<Scalar> = try GivenCentroids(model: path).model(from: path)
      return model.centroids
    }
    try checkHoldsPoints(path)
    return try MemoryBudget().matrix(of: VectorFile<Scalar>(path), .centroids)
  }
}
