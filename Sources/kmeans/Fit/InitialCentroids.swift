import Batching
import Clustering
import Foundation
import VectorIO

/// The start of a fit: rows that are chosen by some method, a file of one centroid a row, or
/// the centroids of a model.
enum InitialCentroids: Sendable {
  case method(CentroidInitialization)
  /// The columns are those that the points must have, where the file has names that say so.
  case file(String, ReadingOptions, ExpectedColumns?)
  case model(GivenCentroids, path: String)

  /// - Parameters:
  ///   - rows: how points are read: the format is that of a file that does not tell it.
  ///   - note: takes lines for the user.
  /// - Throws: ``Failure`` where there is neither a method nor a file of that name.
  init(_ text: String, _ rows: RowOptions, note: (String) -> Void) throws {
    if let method = CentroidInitialization(rawValue: text) {
      self = .method(method)
    } else if exists(text) {
      if try archiveKind(text) == nil {
        let options = CentroidFile.options(text, rows.format, rows.header, note: note)
        self = .file(text, options, try Self.namedColumns(text, options))
      } else {
        self = .model(try GivenCentroids(model: text), path: text)
      }
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

  /// How many clusters there are to be.
  ///
  /// - Parameter asked: how many the user asks for, if that is said; it is believed of a pipe,
  ///   which is read once.
  /// - Throws: ``Failure`` where the file has another number of centroids.
  func clusterCount(asked: Int?) throws -> Int {
    guard let path, let found = try ownCount() else {
      if let asked { return asked }
      throw Failure.usage(
        "--init \(path ?? ""): a pipe is read once, and its centroids are not counted before: "
          + "expected -k K")
    }
    guard let asked, asked > 0, asked != found else { return asked ?? found }
    throw ErrorLocator(path, columnCount: 0)
      .failure(.centroidCountMismatch(found: found, expected: asked))
  }

  /// The number of centroids; `nil` where there are none yet, or the file cannot be read twice.
  private func ownCount() throws -> Int? {
    switch self {
    case .method: return nil
    case .model(let given, _): return given.clusterCount
    case .file(let path, _, _):
      guard isRegularFile(path) else { return nil }
      return try read(as: Double.self)?.rows
    }
  }

  /// The columns of a file of centroids, where it has names of columns and can be opened twice.
  private static func namedColumns(
    _ path: String, _ options: ReadingOptions
  ) throws -> ExpectedColumns? {
    guard isRegularFile(path) else { return nil }
    let info = try OpenedVectorFile(path, options: options).info
    guard let names = info.columnNames, !ColumnNames.areNumbers(names) else { return nil }
    return ExpectedColumns(info, areListed: false)
  }

  /// The centroids of the file, if it is one, in the units of the points.
  func read<Scalar: ClusteringScalar>(as type: Scalar.Type = Scalar.self) throws -> Matrix<Scalar>?
  {
    switch self {
    case .method:
      return nil
    case .file(let path, let options, _):
      return try MemoryBudget().rows(
        of: VectorFile<Scalar>(path, options: options), .centroids
      ).matrix
    case .model(let given, let path):
      let model: KMeansModel<Scalar> = try given.model(from: path)
      return model.centroids
    }
  }
}
