import ArgumentParser
import Clustering
import Foundation
import VectorIO

/// Where the first centroids of a stream come from, as it is asked for.
struct StartOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "k-means++ (greedy, among the first rows), gaussian (normal deviates, as Spark's "
        + "setRandomCenters), a file of k rows, or a model to go on from, whose ids and idle times are "
        + "not kept.", valueName: "INIT"), completion: .file())
  var `init` = "k-means++"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many rows are kept for k-means++ to choose among; more while too many of them are equal. "
        + "(default: 20 a cluster)",
      valueName: "N"),
    transform: wholeNumber)
  var firstRows: Int?

  /// Whether the first centroids come from no file.
  var isDrawn: Bool { `init` == "k-means++" || `init` == "gaussian" }

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "How many points each centroid of a file, or each gaussian one, counts as; or a file of one "
        + "weight for each centroid. (default: 0)",
      valueName: "W|FILE"),
    completion: .file())
  var initWeight: String?

  /// The options that were given and only say how points are learnt.
  var givenNames: [String] {
    [("--first-rows", firstRows != nil), ("--init-weight", initWeight != nil)]
      .filter(\.1).map(\.0)
  }

  /// The file of the weights, if they are in one.
  var weightPath: String? { initWeight.flatMap { Double($0) == nil ? $0 : nil } }
}

/// Where the first centroids of a stream come from: checked, and read where they are in a file.
enum StreamStart {
  case firstRows(Int?)
  /// Nothing for as many columns as the points have.
  case gaussian(columns: Int?, weight: Double)
  case centroids(GivenCentroids, path: String, weights: [Double])
  case model(GivenCentroids, path: String)

  /// - Parameters:
  ///   - rows: how points are read: the format is that of a file that does not say one.
  ///   - note: takes lines for the user.
  /// - Throws: where options do not go together, or a file does not hold what it should.
  init(_ options: StartOptions, _ rows: RowOptions, note: (String) -> Void) throws {
    let name = options.`init`
    let weight = try options.initWeight.map(InitialWeight.init)
    if options.firstRows != nil, name != "k-means++" {
      throw Failure.usage("--first-rows: expected --init k-means++, which chooses among them")
    }
    switch name {
    case "k-means++":
      guard weight == nil else {
        throw Failure.usage(
          "--init-weight: expected --init gaussian or a file; rows that are chosen weigh what "
            + "their points do")
      }
      self = .firstRows(options.firstRows)
    case "gaussian":
      self = .gaussian(columns: rows.dimension, weight: try weight?.ofAll() ?? 0)
    default:
      guard exists(name) else {
        if looksLikeFile(name) { throw missingFile(name) }
        throw Failure.usage(
          "--init \(name): expected k-means++, gaussian or a file of centroids or a model")
      }
      guard try archiveKind(name) != nil else {
        let given = try GivenCentroids(
          rows: name, format: rows.format, header: rows.header, note: note)
        let weights = try weight?.read(clusters: given.clusterCount)
        self = .centroids(
          given, path: name, weights: weights ?? Array(repeating: 0, count: given.clusterCount))
        return
      }
      guard weight == nil else {
        throw Failure.usage("--init-weight: the model \(name) says what its centroids weigh")
      }
      self = .model(try GivenCentroids(model: name), path: name)
    }
  }

  /// The file, if there is one.
  var path: String? {
    switch self {
    case .centroids(_, let path, _), .model(_, let path): path
    case .firstRows, .gaussian: nil
    }
  }

  /// How many clusters a file has; nothing where there is none.
  var clusterCount: Int? {
    switch self {
    case .centroids(let given, _, _), .model(let given, _): given.clusterCount
    case .firstRows, .gaussian: nil
    }
  }

  /// The columns that points must have to go on from a model or from centroids.
  func expectedColumns(areListed: Bool) -> ExpectedColumns? {
    switch self {
    case .centroids(let given, let path, _):
      given.expectedColumns(from: path, areListed: areListed).withoutMeans
    case .model(let given, let path):
      given.expectedColumns(from: path, areListed: areListed)
    case .firstRows, .gaussian: nil
    }
  }

  /// The means that a model remembers for missing values.
  var means: [Double]? {
    guard case .model = self else { return nil }
    return expectedColumns(areListed: true)?.columns?.means
  }

  /// How many columns points have, where that is known before any point.
  var dimension: Int? {
    switch self {
    case .centroids(let given, _, _), .model(let given, _): given.dimension
    case .gaussian(let columns, _): columns
    case .firstRows: nil
    }
  }

  /// Whether rows of zeros have no direction and need one, whatever is measured of other rows.
  func skipsZeroRows(_ learning: LearningOptions, _ distance: DistanceMeasure) -> Bool {
    guard case .model(let model, _) = self else {
      return distance == .cosine && !learning.standardize
    }
    return model.needsDirections
  }
}
