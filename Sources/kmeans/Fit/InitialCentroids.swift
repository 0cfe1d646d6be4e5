import Batching
import Clustering
import Foundation
import VectorIO

/// The start of a fit: rows that are chosen by some method, a file of one centroid a row, or
/// the centroids of a model.
enum InitialCentroids: Sendable {
  case method(CentroidInitialization)
  /// The columns are those that the points must have, where the file has names that say so.
  case file(String, VectorFormat?, ExpectedColumns?)
  case model(GivenCentroids, path: String)

  /// - Parameter format: the format of a file whose name and first bytes do not tell it.
  /// - Throws: ``Failure`` where there is neither a method nor a file of that name.
  init(_ text: String, format: VectorFormat?) throws {
    if let method = CentroidInitialization(rawValue: text) {
      self = .method(method)
    } else if exists(text) {
      self =
        try archiveKind(text) == nil
        ? .file(text, format, Self.namedColumns(text, format))
        : .model(GivenCentroids(model: text), path: text)
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
    case .file(let path, _, _), .model(_, let path): path
    case .method: nil
    }
  }

  /// The columns that points must have to start from a model, or from centroids whose columns have
  /// names.
  func expectedColumns(areListed: Bool) -> ExpectedColumns? {
    switch self {
    case .method: nil
    case .file(_, _, let named):
      named.map {
        ExpectedColumns(
          columns: $0.columns, count: $0.count, source: $0.source, areListed: areListed)
      }
    case .model(let given, let path):
      given.expectedColumns(from: path, areListed: areListed, isModel: true)
    }
  }

  /// The columns of a file of centroids, where it has names of columns and can be opened twice.
  private static func namedColumns(
    _ path: String, _ format: VectorFormat?
  ) throws -> ExpectedColumns? {
    guard isRegularFile(path) else { return nil }
    let info = try OpenedVectorFile(path, options: options(format)).info
    guard let names = info.columnNames, !ColumnNames.areNumbers(names) else { return nil }
    return ExpectedColumns(info, areListed: false)
  }

  private static func options(_ format: VectorFormat?) -> ReadingOptions {
    var options = ReadingOptions()
    options.fallbackFormat = format
    return options
  }

  /// The centroids of the file, if it is one, in the units of the points.
  func read<Scalar: ClusteringScalar>(as type: Scalar.Type = Scalar.self) throws -> Matrix<Scalar>?
  {
    switch self {
    case .method:
      return nil
    case .file(let path, let format, _):
      return try MemoryBudget().rows(
        of: VectorFile<Scalar>(path, options: Self.options(format)), .centroids
      ).matrix
    case .model(let given, let path):
      let model: KMeansModel<Scalar> = try given.model(from: path)
      return model.centroids
    }
  }
}
