import Clustering
import KMeansFiles

/// What `kmeans info` says of a model.
struct ModelInfo {
  private let given: GivenCentroids
  private let model: KMeansModel<Double>
  private let path: String
  private let kind: String
  /// What only archives of streams say.
  private let origin: [Fact]
  private let centroids: Matrix<Double>

  /// - Parameter kind: that of the file.
  /// - Throws: as a model is read.
  init(_ path: String, kind: String) throws {
    (self.path, self.kind) = (path, kind)
    given = try GivenCentroids(model: path)
    // Floats are doubles, so one type serves both.
    model = try given.model(from: path)
    centroids = try given.centroids
    origin = try StreamFacts.facts(path, kind: kind)
  }

  /// The largest number of values that JSON has: to parse more takes gigabytes.
  private static let mostValues = 1_000_000

  var facts: [Fact] {
    [
      Fact("file", .text(path)), Fact("kind", .text(kind)),
    ] + origin + [
      Fact("precision", .text(given.precision.rawValue)),
      Fact("clusters", .number(Double(model.clusterCount))),
      Fact("dimension", .number(Double(model.dimension))),
      Fact("distance", .text(model.distance.kind.rawValue)),
      Fact("standardized", .flag(model.transform.standardization?.centers ?? false)),
    ] + scaling + distance + learning + [
      Fact("inertia", .number(model.inertia)),
      Fact(
        model.streamed == nil ? "points" : "weight",
        .number(model.clusterWeights.reduce(0, +))),
      Fact("largestCluster", .number(model.clusterWeights.max()!)),
      Fact("smallestCluster", .number(model.clusterWeights.min()!)),
    ] + (model.inputColumns?.facts ?? [])
  }

  /// What is done to rows whose zeros stay zeros.
  private var scaling: [Fact] {
    let transform = model.transform
    return (transform.scalesColumns ? [Fact("scaled", .flag(true))] : [])
      + (transform.hasUnitRowsAlone ? [Fact("unitRows", .flag(true))] : [])
  }

  /// What the distance is made of.
  private var distance: [Fact] {
    switch model.distance {
    case .weightedEuclidean(let weights), .weightedManhattan(let weights):
      return [Fact("distanceWeights", .numbers(weights))]
    case .minkowski(let exponent): return [Fact("distanceExponent", .number(exponent))]
    case .mahalanobis(let covariance?):
      let columns = model.dimension
      var facts: [Fact] = []
      if let mean = covariance.mean { facts.append(Fact("covarianceMean", .numbers(mean))) }
      guard covariance.values.count <= Self.mostValues else { return facts }
      let rows = (0..<columns).map { Array(covariance.values[$0 * columns..<($0 + 1) * columns]) }
      // No line holds rows: people see the deviations.
      let deviations = (0..<columns).map { rows[$0][$0].squareRoot() }
      return facts
        + [
          Fact("covarianceDeviations", .numbers(deviations)), Fact("covariance", .rows(rows)),
        ]
    case .euclidean, .cosine, .mahalanobis(nil), .manhattan, .chebyshev, .tanimoto: return []
    }
  }

  /// How the model was made: a stream has no iterations, but batches and a time.
  private var learning: [Fact] {
    guard let streamed = model.streamed else {
      return [
        Fact("iterations", .number(Double(model.iterations))),
        Fact("converged", .flag(model.converged)),
      ]
    }
    return [
      Fact("batches", .number(Double(model.iterations))),
      Fact("timeUnit", .text(streamed.unit)), Fact("time", .number(streamed.time)),
      streamed.halfLife.map { Fact("halfLife", .number($0)) }
        ?? Fact("halfLife", .text("never")),
    ]
  }

  /// The centroids in the units of the points, or the reason why they are left out.
  var values: Fact {
    let count = centroids.rows * centroids.columns
    guard count <= Self.mostValues else {
      return Fact(
        "centroidsLeftOut",
        .text(
          "\(count) values, at most \(Self.mostValues) are shown: 'kmeans convert MODEL OUT' writes "
            + "them"))
    }
    return Fact("centroids", .rows(centroids.rowArrays))
  }

  /// The heaviest columns of each cluster.
  ///
  /// - Parameter names: those of the columns; `nil` for what the model knows.
  func terms(_ names: [String]?, top: Int) -> TopTerms {
    TopTerms(
      model.transformedCentroids.doubleValues,
      names: names ?? ColumnNames(model.inputColumns, count: model.dimension).all, top: top)
  }

  /// How many columns points have.
  var columns: Int { model.dimension }

  var weights: [Double] { model.clusterWeights }

  /// A table of the centroids behind the facts, cut where they are many.
  var table: [String] {
    let names = ColumnNames(model.inputColumns, count: model.dimension)
    return [""]
      + CentroidTable(centroids, names: names.all, weights: model.clusterWeights).lines
  }
}

extension InputColumns {
  /// What is said of the input of a model or a sketch.
  var facts: [Fact] {
    var facts = [
      Fact("format", .text(format)), Fact("fileColumns", .number(Double(fileColumns))),
    ]
    if let numbers { facts.append(Fact("chosen", .texts(numbers.map { "\($0)" }))) }
    if let names { facts.append(Fact("names", .texts(names))) }
    if let means { facts.append(Fact("means", .numbers(means))) }
    if let delimiter = text?.delimiter { facts.append(Fact("delimiter", .text(delimiter))) }
    if let decimal = text?.decimal { facts.append(Fact("decimal", .text(decimal))) }
    if let comment = text?.comment { facts.append(Fact("comment", .text(comment))) }
    if let firstIndex { facts.append(Fact("firstIndex", .number(Double(firstIndex)))) }
    return facts
  }
}
