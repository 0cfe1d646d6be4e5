public import ArgumentParser
import Batching
public import Clustering
import KMeansFiles
import VectorIO

/// The measure by which points are near to centroids, and the files that it needs.
struct DistanceOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "euclidean; cosine: rows and centroids are divided by their length, and a distance is "
        + "2 (1 - cosine); weighted-euclidean and weighted-manhattan, by --distance-weights; "
        + "mahalanobis, by --covariance or that of the rows; and, but for fits and streams, manhattan, "
        + "chebyshev, minkowski (--minkowski-p) and tanimoto. (default: euclidean)",
      valueName: "NAME"))
  var distance: DistanceMeasure.Kind?

  @Option(
    help: ArgumentHelp(
      "The weight of each column, above 0, for a weighted distance: a file of d numbers.",
      valueName: "FILE"), completion: .file())
  var distanceWeights: String?

  @Option(
    help: ArgumentHelp(
      "The covariance of the columns for --distance mahalanobis: a file of d x d numbers. (default: "
        + "that of the rows; of the first ones where they come in one pass)", valueName: "FILE"),
    completion: .file())
  var covariance: String?

  @Option(
    help: ArgumentHelp(
      "The mean beside --covariance: a file of d numbers. No distance depends on it.",
      valueName: "FILE"), completion: .file())
  var mean: String?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "The exponent of --distance minkowski, at least 1. (default: 3, Mahout's)", valueName: "P"),
    transform: number)
  var minkowskiP: Double?

  /// The files that are read.
  var paths: [String] { [distanceWeights, covariance, mean].compactMap { $0 } }

  /// The options that were given.
  var givenNames: [String] {
    [
      ("--distance", distance != nil), ("--distance-weights", distanceWeights != nil),
      ("--covariance", covariance != nil), ("--mean", mean != nil),
      ("--minkowski-p", minkowskiP != nil),
    ].filter(\.1).map(\.0)
  }

  /// The measure; its files are read.
  ///
  /// - Parameter named: what another option says that it is.
  /// - Throws: ``Failure`` where options do not go together, and what is wrong with a file.
  func measure(_ named: DistanceMeasure.Kind? = nil) throws -> DistanceMeasure {
    let kind = named ?? distance ?? .euclidean
    try checkOptions(of: kind)
    let measure: DistanceMeasure
    switch kind {
    case .weightedEuclidean: measure = .weightedEuclidean(weights: try weights(kind))
    case .weightedManhattan: measure = .weightedManhattan(weights: try weights(kind))
    case .minkowski: measure = .minkowski(exponent: minkowskiP ?? 3)
    case .mahalanobis:
      measure = .mahalanobis(
        try covariance.map { path in
          .init(
            mean: try mean.map { try DistanceFile($0, "--mean").vector() },
            values: try DistanceFile(path, "--covariance").square())
        })
    case .euclidean, .cosine, .manhattan, .chebyshev, .tanimoto:
      measure = DistanceMeasure(plain: kind) ?? .euclidean
    }
    try check(measure)
    return measure
  }

  private func weights(_ kind: DistanceMeasure.Kind) throws -> [Double] {
    guard let distanceWeights else {
      throw Failure.usage(
        "--distance \(kind.rawValue): expected the weight of each column, --distance-weights FILE")
    }
    return try DistanceFile(distanceWeights, "--distance-weights").vector()
  }

  /// Refuses options that say nothing of a distance.
  private func checkOptions(of kind: DistanceMeasure.Kind) throws {
    let takesWeights = kind == .weightedEuclidean || kind == .weightedManhattan
    for (option, isGiven, takesIt, expected) in [
      (
        "--distance-weights", distanceWeights != nil, takesWeights,
        "weighted-euclidean or weighted-manhattan"
      ),
      ("--covariance", covariance != nil, kind == .mahalanobis, "mahalanobis"),
      ("--mean", mean != nil, kind == .mahalanobis, "mahalanobis"),
      ("--minkowski-p", minkowskiP != nil, kind == .minkowski, "minkowski"),
    ] where isGiven && !takesIt {
      throw Failure.usage(
        "\(option): the distance is \(kind.rawValue), which has none: expected --distance \(expected)"
      )
    }
    if mean != nil, covariance == nil {
      throw Failure.usage("--mean: expected --covariance FILE, which it stands beside")
    }
  }

  /// Names the file, or the option, of what is wrong.
  private func check(_ measure: DistanceMeasure) throws {
    do throws(ClusteringError) {
      try measure.validate()
      if case .mahalanobis(let covariance?) = measure {
        // Whether it is positive definite is known now, while its file is.
        let columns = Int(Double(covariance.values.count).squareRoot())
        _ = try RowTransform(measure, columns: columns)
      }
    } catch {
      guard let fault = error.specific(DistanceError.self) else { throw error }
      let text = fault.description(first: 1, column: "column \((fault.column ?? 0) + 1)")
      if case .invalidExponent(let exponent) = fault {
        throw Failure.usage(
          "--minkowski-p \(exponent): expected a finite number of at least 1")
      }
      let isOfMean =
        switch fault {
        case .invalidMean, .meanCountMismatch: true
        default: false
        }
      let path = distanceWeights ?? (isOfMean ? mean : covariance) ?? ""
      throw Failure.data("\(path): \(text)")
    }
  }
}

/// A file of numbers that a distance is made of.
private struct DistanceFile {
  let path: String
  let option: String

  init(_ path: String, _ option: String) {
    (self.path, self.option) = (path, option)
  }

  /// One number a column: a row, or a column, of them.
  func vector() throws -> [Double] {
    let matrix = try self.matrix()
    guard matrix.rows == 1 || matrix.columns == 1 else {
      throw Failure.data(
        "\(path): \(matrix.rows) x \(matrix.columns) numbers for \(option), expected one row or one "
          + "column of them")
    }
    return values(matrix)
  }

  /// As many rows as columns, one row after another.
  func square() throws -> [Double] {
    let matrix = try self.matrix()
    guard matrix.rows == matrix.columns else {
      throw Failure.data(
        "\(path): \(matrix.rows) x \(matrix.columns) numbers for \(option), expected as many rows as "
          + "columns")
    }
    return values(matrix)
  }

  private func matrix() throws -> Matrix<Double> {
    if let kind = try archiveKind(path) {
      throw Failure.data("\(path): expected numbers for \(option), found a \(kind)")
    }
    let file = try VectorFile<Double>(path, options: ReadingOptions())
    guard file.info.columns == file.info.fileColumns else {
      throw Failure.data(
        "\(path): \(file.info.columns) of \(counted(file.info.fileColumns, "column")) hold numbers, "
          + "expected a number in every column for \(option)")
    }
    let held = HeldRows(name: "row", bytesBeside: { $0 })
    let matrix = try MemoryBudget().rows(of: file, held).matrix
    guard matrix.rows > 0 else {
      throw Failure.data("\(path): there are no numbers for \(option)")
    }
    return matrix
  }

  private func values(_ matrix: Matrix<Double>) -> [Double] {
    (0..<matrix.rows).flatMap { row in (0..<matrix.columns).map { matrix[row, $0] } }
  }
}

extension DistanceMeasure.Kind: ExpressibleByArgument {}
