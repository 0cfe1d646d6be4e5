internal import KMeansFiles

/// The parts of a stream in an archive, checked, so that the stream can go on.
struct ArchivedStream {
  let archive: Archive

  init(_ archive: Archive) { self.archive = archive }

  /// The error of a section.
  func problem(_ section: String, _ text: String) -> FileError { archive.wrong(section, text) }

  func clock(_ parameters: StreamingParameters) throws -> DecayClock? {
    guard archive["clock"] != nil else { return nil }
    let values: [Double] = try archive.vector("clock")
    guard values.count == 3, values[0] >= 0, values[1] <= values[2], values[2].isFinite else {
      throw problem("clock", "is \(values), expected a rate, a landmark and a time after it")
    }
    let clock = DecayClock(rate: values[0], landmark: values[1], latest: values[2])
    let other = StreamingKMeans<Double>.clock(parameters, at: values[2])
    guard clock.rate == other.rate, clock.now.isFinite else {
      throw problem("clock", "is \(values), which does not go with the forgetting")
    }
    return clock
  }

  func warmup<Scalar: ClusteringScalar>(
    _ parameters: StreamingParameters
  ) throws -> StreamWarmup<Scalar> {
    guard archive["waitingRows"] != nil else { return StreamWarmup() }
    let rows: Matrix<Scalar> = try matrix("waitingRows")
    let wanted = archive["waitingFor"] == nil ? nil : try archive.count("waitingFor")
    let weights = try numbers("waitingWeights", rows.rows, atLeast: 0)
    guard weights.contains(where: { $0 > 0 }) else {
      throw problem("waitingWeights", "gives no waiting row a weight")
    }
    var counts: [Int]?
    if archive["waitingCounts"] != nil {
      counts = try archive.ints("waitingCounts").map { Int($0) }
      guard counts!.count == rows.rows, counts!.allSatisfy({ $0 > 0 && $0 < 1 << 53 }),
        counts!.reduce(0.0, { $0 + Double($1) }) < 0x1p53, weights.allSatisfy({ $0 > 0 })
      else {
        throw problem("waitingCounts", "is not a number above 0 for each row, with a weight")
      }
    }
    return StreamWarmup(
      WarmupRows(rows: rows, weights: weights),
      times: try numbers("waitingTimes", rows.rows), counts: counts, wanted: wanted, parameters)
  }

  func learner<Scalar: ClusteringScalar>(
    _ parameters: StreamingParameters, _ clock: DecayClock?
  ) throws -> StreamLearner<Scalar>? {
    guard archive["centers"] != nil else {
      if case .gaussian = parameters.start {
        throw problem("start", "is 'gaussian', and there is no section 'centers'")
      }
      return nil
    }
    let centers: Matrix<Double> = try matrix("centers")
    let count = centers.rows
    guard count == parameters.clusterCount else {
      throw problem(
        "centers", "has \(counted(count, "row")) for \(counted(parameters.clusterCount, "cluster"))"
      )
    }
    let centroids: Matrix<Scalar> = try matrix("centroids", like: centers)
    var clusters = StreamClusters(
      centers: centers, weights: try numbers("weights", count, atLeast: 0),
      time: clock?.latest ?? 0)
    clusters.momentWeights = try numbers("momentWeights", count, atLeast: 0)
    clusters.means = try matrix("pointMeans", like: centers)
    clusters.variances = try matrix("variances", like: centers)
    clusters.lastSeen = try numbers("lastSeen", count)
    clusters.ids = try archive.ints("ids").map(Int.init)
    clusters.nextID = try archive.count("nextID")
    clusters.origins = try archive.ints("origins").map { Int($0) }
    guard clusters.origins.count == count else {
      throw problem(
        "origins",
        "has \(counted(clusters.origins.count, "value")) for \(counted(count, "cluster"))")
    }
    guard clusters.ids.count == count, Set(clusters.ids).count == count,
      clusters.ids.allSatisfy({ $0 >= 0 && $0 < clusters.nextID })
    else {
      throw problem(
        "ids",
        "has \(counted(clusters.ids.count, "value")) for \(counted(count, "cluster")), expected one "
          + "each, different ones below \(clusters.nextID)")
    }
    let transform = try self.transform(parameters, centroids)
    let learner = StreamLearner(
      parameters, clusters, centroids: centroids, transform: transform)
    do throws(ClusteringError) { try learner.checkErrors(now: clock?.now ?? 1) } catch {
      throw problem("momentWeights", "makes squared errors or weights that overflow")
    }
    return learner
  }

  /// The transform of rows, which has to agree with the parameters.
  private func transform<Scalar: ClusteringScalar>(
    _ parameters: StreamingParameters, _ centroids: Matrix<Scalar>
  ) throws -> RowTransform {
    let transform = try RowTransform(archive, columns: centroids.columns)
    guard transform.isOf(parameters.distance) else {
      throw problem(
        "normalizes", "does not go with the distance \(parameters.distance.kind.rawValue)")
    }
    guard (transform.standardization != nil) == parameters.standardizes else {
      throw problem(
        "standardizes",
        "is \(parameters.standardizes ? 1 : 0), which does not go with the section 'means'")
    }
    guard transform.restored(centroids).areFinite else {
      throw problem("deviations", "makes centroids that overflow in the units of the points")
    }
    return transform
  }

  /// Finite numbers, `count` of them.
  private func numbers(
    _ name: String, _ count: Int, atLeast limit: Double = -.infinity
  ) throws -> [Double] {
    let values: [Double] = try archive.vector(name)
    guard values.count == count, values.allSatisfy({ $0.isFinite && $0 >= limit }) else {
      throw problem(
        name,
        "has \(counted(values.count, "value")), expected \(count), finite, "
          + (limit.isFinite ? "at least \(limit)" : "of any sign"))
    }
    return values
  }

  private func matrix<Scalar: ClusteringScalar>(
    _ name: String, like other: Matrix<Double>? = nil
  ) throws -> Matrix<Scalar> {
    let found = try archive.matrix(name, as: Scalar.self)
    if let other, found.rows != other.rows || found.columns != other.columns {
      throw problem(
        name,
        "has \(found.rows) x \(found.columns) values, expected \(other.rows) x \(other.columns)")
    }
    guard found.rows > 0, found.columns > 0 else {
      throw problem(
        name, "has \(found.rows) x \(found.columns) values, expected at least 1 x 1")
    }
    let limit = FiniteCheck<Scalar>.limit
    // The square of a distance may be as large as the squares of the values.
    let (least, largest) = name == "variances" ? (0, 16 * limit * limit) : (-2 * limit, 2 * limit)
    guard found.values.allSatisfy({ Double($0) >= least && Double($0) <= largest }) else {
      throw problem(name, "has a value that is not finite or not from \(least) to \(largest)")
    }
    let values = found.values
    return try Matrix(values.span, columns: found.columns)
  }
}

extension Matrix {
  fileprivate var areFinite: Bool {
    let values = span
    return values.indices.allSatisfy { values[$0].isFinite }
  }
}
