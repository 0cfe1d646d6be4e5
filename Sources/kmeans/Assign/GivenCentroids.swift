import Batching
import Clustering
import KMeansFiles
import VectorIO

/// The centroids of an assignment, in the type in which their file holds them.
enum GivenCentroids: Sendable {
  case floats(KMeansModel<Float>)
  case doubles(KMeansModel<Double>)

  /// A model that a fit has written, or the present one of a stream.
  init(model path: String) throws {
    guard let kind = try archiveKind(path) else {
      if FileStatus(of: path)?.isFolder ?? false, path != "-" {
        throw Failure.usage("\(path): expected the file of a model, found a folder")
      }
      if !isRegularFile(path) {
        throw Failure.usage(
          "\(path): a model is read from a file, not from a pipe: expected the name of a file")
      }
      throw Failure.data(
        "\(path): expected a model that 'kmeans fit --model' wrote; "
          + "a file of centroids is given by --centroids")
    }
    if let stream = try GivenCentroids(streamIn: path, kind: kind) {
      self = stream
      return
    }
    self =
      try KMeansModel<Float>.holdsFloats(path)
      ? .floats(try .load(from: path)) : .doubles(try .load(from: path))
  }

  /// Rows of any file of points.
  ///
  /// - Parameters:
  ///   - format: that of a file of which neither the name nor the first bytes say one.
  ///   - header: what is said of the points' file.
  ///   - note: takes lines for the user.
  init(
    rows path: String, format: VectorFormat?, header: HeaderRow, note: (String) -> Void
  ) throws {
    if let kind = try archiveKind(path) {
      throw Failure.data("\(path): expected rows of numbers, found a \(kind): give it by --model")
    }
    let options = CentroidFile.options(path, format, header, note: note)
    self = try Self.read(OpenedVectorFile(path, options: options))
    try check(path)
  }

  var precision: Precision {
    if case .floats = self { .float } else { .double }
  }

  /// The type to compare points in: the type that is asked for, else the wider one of both, so that
  /// no value is rounded.
  func precision(for info: VectorFileInfo, asked: Precision?) -> Precision {
    asked ?? (info.precision == .float ? precision : .double)
  }

  var clusterCount: Int {
    switch self {
    case .floats(let model): model.clusterCount
    case .doubles(let model): model.clusterCount
    }
  }

  var dimension: Int {
    switch self {
    case .floats(let model): model.dimension
    case .doubles(let model): model.dimension
    }
  }

  /// The state that only the model of a stream has.
  var streamed: StreamedClusters? {
    switch self {
    case .floats(let model): model.streamed
    case .doubles(let model): model.streamed
    }
  }

  /// The transform of rows before they are compared.
  var transform: RowTransform {
    switch self {
    case .floats(let model): model.transform
    case .doubles(let model): model.transform
    }
  }

  /// The distance of points and centroids.
  var distance: DistanceMeasure {
    switch self {
    case .floats(let model): model.distance
    case .doubles(let model): model.distance
    }
  }

  /// The columns that points must have to be compared with the centroids.
  ///
  /// - Parameters:
  ///   - path: the file that the centroids are from.
  ///   - areListed: whether the columns of the points are chosen by the user.
  ///   - isModel: whether that is a model, which might have known names.
  func expectedColumns(
    from path: String, areListed: Bool, isModel: Bool = false
  ) -> ExpectedColumns {
    func expected<Scalar>(_ model: KMeansModel<Scalar>) -> ExpectedColumns {
      var expected = ExpectedColumns(
        columns: model.inputColumns, count: model.dimension, source: path, areListed: areListed,
        needsMeans: true)
      expected.mayKnowNames = isModel
      return expected
    }
    return switch self {
    case .floats(let model): expected(model)
    case .doubles(let model): expected(model)
    }
  }

  /// Whether rows of zeros cannot be assigned.
  var needsDirections: Bool { transform.normalizes && transform.standardization == nil }

  /// The model in a type: floats are doubles as well; doubles become the nearest floats.
  func model<Scalar: ClusteringScalar>(
    as type: Scalar.Type = Scalar.self, from path: String
  ) throws -> KMeansModel<Scalar> {
    switch self {
    case .floats(let model): try model.converted(from: path)
    case .doubles(let model): try model.converted(from: path)
    }
  }

  /// The library takes centroids as they are: those of a model were checked when it was read.
  private func check(_ path: String) throws {
    func check<Scalar>(_ model: KMeansModel<Scalar>) throws {
      let locator = ErrorLocator(path, columnCount: model.dimension)
      try locator.onError { () throws(ClusteringError) in
        try model.centroids.withRows { (rows) throws(ClusteringError) in
          try WeightedRows(rows: rows).checkFinite(Execution(threads: 1))
        }
      }
    }
    switch self {
    case .floats(let model): try check(model)
    case .doubles(let model): try check(model)
    }
  }

  private static func read(_ file: consuming OpenedVectorFile) throws -> GivenCentroids {
    switch file.info.precision {
    case .float: .floats(try model(file.rows()))
    case .double: .doubles(try model(file.rows()))
    }
  }

  private static func model<Scalar: ClusteringScalar>(
    _ file: VectorFile<Scalar>
  ) throws -> KMeansModel<Scalar> {
    let matrix = try MemoryBudget().rows(of: file, .centroids).matrix
    guard matrix.rows > 0 else { throw Failure.data("\(file.info.path): there are no centroids") }
    var model = KMeansModel(
      centroids: matrix, clusterWeights: Array(repeating: 1, count: matrix.rows), inertia: 0,
      iterations: 0, converged: false)
    // The places of the columns of centroids in their file have no meaning; their names do, unless
    // they stand for none.
    if let names = file.info.columnNames, !ColumnNames.areNumbers(names) {
      model.inputColumns = InputColumns(file.info, file.info.chosenColumns)
    }
    return model
  }
}

extension KMeansModel {
  /// The same model with centroids of another type.
  fileprivate func converted<Other: ClusteringScalar>(
    from path: String
  ) throws -> KMeansModel<Other> {
    if let same = self as? KMeansModel<Other> { return same }
    let values = (0..<clusterCount).flatMap { row in
      (0..<dimension).map { Other(transformedCentroids[row, $0]) }
    }
    if let place = values.firstIndex(where: { !$0.isFinite }) {
      throw Failure.data(
        "\(path): the value in row \(place / dimension + 1), column \(place % dimension + 1) is more than "
          + "a 32-bit float can hold \(RowNumbers.ofBoth); expected --precision double")
    }
    var model = KMeansModel<Other>(
      transformed: try Matrix(values.span, columns: dimension), transform: transform,
      pairwise: pairwise, clusterWeights: clusterWeights, inertia: inertia, iterations: iterations,
      converged: converged, streamed: streamed)
    model.inputColumns = inputColumns
    return model
  }
}
