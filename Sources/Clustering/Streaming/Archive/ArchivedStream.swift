internal import KMeansFiles

/// The parts of a stream in an archive, checked: what comes out can be learnt with.
struct ArchivedStream {
  let archive: Archive

  init(_ archive: Archive) { self.archive = archive }

  func problem(_ text: String) -> FileError {
    .malformed(path: archive.path, place: .wholeFile, problem: text)
  }

  func count(_ name: String) throws -> Int {
    let value = try archive.int(name)
    guard value >= 0, value < 1 << 53 else {
      throw problem("\(name) is \(value), expected a number from 0 to 2^53")
    }
    return Int(value)
  }

  func clock(_ parameters: StreamingParameters) throws -> DecayClock? {
    guard archive["clock"] != nil else { return nil }
    let values: [Double] = try archive.vector("clock")
    guard values.count == 3, values[0] >= 0, values[1] <= values[2], values[2].isFinite else {
      throw problem("the clock is \(values), expected a rate, a landmark and a time after it")
    }
    let clock = DecayClock(rate: values[0], landmark: values[1], latest: values[2])
    let other = StreamingKMeans<Double>.clock(parameters, at: values[2])
    guard clock.rate == other.rate, clock.now.isFinite else {
      throw problem("the clock is \(values), which does not go with the forgetting")
    }
    return clock
  }

  func firstRows<Scalar: ClusteringScalar>() throws -> FirstRows<Scalar> {
    guard archive["waitingRows"] != nil else { return FirstRows() }
    let rows: Matrix<Scalar> = try matrix("waitingRows")
    let wanted = archive["waitingFor"] == nil ? nil : try count("waitingFor")
    let weights = try numbers("waitingWeights", rows.rows, atLeast: 0)
    guard weights.contains(where: { $0 > 0 }) else { throw problem("no waiting row has a weight") }
    return FirstRows(
      rows: rows, weights: weights,
      times: try numbers("waitingTimes", rows.rows), wanted: wanted)
  }

  func learner<Scalar: ClusteringScalar>(
    _ parameters: StreamingParameters, time: Double
  ) throws -> StreamLearner<Scalar>? {
    guard archive["centers"] != nil else { return nil }
    let centers: Matrix<Double> = try matrix("centers")
    let count = centers.rows
    guard count == parameters.clusterCount else {
      throw problem("\(counted(count, "center")) of \(counted(parameters.clusterCount, "cluster"))")
    }
    let centroids: Matrix<Scalar> = try matrix("centroids", like: centers)
    var clusters = StreamClusters(
      centers: centers, weights: try numbers("weights", count, atLeast: 0), time: time)
    clusters.momentWeights = try numbers("momentWeights", count, atLeast: 0)
    clusters.means = try matrix("pointMeans", like: centers)
    clusters.variances = try matrix("variances", like: centers)
    clusters.lastSeen = try numbers("lastSeen", count)
    clusters.ids = try archive.ints("ids").map(Int.init)
    clusters.nextID = try self.count("nextID")
    clusters.origins = try archive.ints("origins").map { Int($0) }
    guard clusters.origins.count == count, Set(clusters.ids).count == clusters.ids.count,
      clusters.ids.allSatisfy({ $0 >= 0 })
    else { throw problem("ids or origins that are not one for each cluster") }
    guard clusters.ids.count == count, clusters.ids.allSatisfy({ $0 < clusters.nextID }) else {
      throw problem(
        "\(counted(clusters.ids.count, "id")) of \(counted(count, "cluster")), expected one below the next each"
      )
    }
    return StreamLearner(
      parameters, clusters, centroids: centroids,
      transform: try RowTransform(archive, columns: centers.columns, problem))
  }

  /// One finite number for each of something.
  private func numbers(
    _ name: String, _ count: Int, atLeast limit: Double = -.infinity
  ) throws -> [Double] {
    let values: [Double] = try archive.vector(name)
    guard values.count == count, values.allSatisfy({ $0.isFinite && $0 >= limit }) else {
      throw problem(
        "\(counted(values.count, "value")) of \(name), expected \(count), finite, at least \(limit)"
      )
    }
    return values
  }

  private func matrix<Scalar: ClusteringScalar>(
    _ name: String, like other: Matrix<Double>? = nil
  ) throws -> Matrix<Scalar> {
    let found = try values(name, as: Scalar.self)
    if let other, found.rows != other.rows || found.columns != other.columns {
      throw problem(
        "\(name) of \(found.rows) x \(found.columns), expected \(other.rows) x \(other.columns)")
    }
    let limit = FiniteCheck<Scalar>.limit
    // The square of a distance may be as large as the squares of the values.
    let (least, largest) = name == "variances" ? (0, 16 * limit * limit) : (-2 * limit, 2 * limit)
    guard found.values.allSatisfy({ Double($0) >= least && Double($0) <= largest }) else {
      throw problem("a value of \(name) is not finite or not from \(least) to \(largest)")
    }
    let values = found.values
    return try Matrix(values.span, columns: found.columns)
  }

  private func values<Scalar: ClusteringScalar>(
    _ name: String, as type: Scalar.Type
  ) throws -> (rows: Int, columns: Int, values: [Scalar]) {
    if Scalar.self == Float.self {
      let floats = try archive.matrix(name, as: Float.self)
      return (floats.rows, floats.columns, floats.values.map { Scalar($0) })
    }
    let doubles = try archive.matrix(name, as: Double.self)
    return (doubles.rows, doubles.columns, doubles.values.map { Scalar($0) })
  }
}
