internal import KMeansFiles

/// The parts of a sketch in an archive, checked: what comes out can go on.
struct ArchivedSketch {
  let archive: Archive

  init(_ archive: Archive) { self.archive = archive }

  /// The parameters, valid ones; how they run is left open.
  func parameters() throws -> SketchParameters {
    var parameters = SketchParameters(
      clusterCount: try archive.count("clusterCount"),
      seed: UInt64(bitPattern: try archive.int("seed")))
    if archive["initialNumClusters"] != nil {
      parameters.numClusters = Int(try archive.int("initialNumClusters"))
    }
    parameters.distanceCutoff =
      switch try archive.string("initialCutoff") {
      case "estimated": .estimated
      case "fixed": .fixed(try archive.double("fixedCutoff"))
      case "shindler": .shindler(points: Int(try archive.int("cutoffPoints")))
      case let other: throw archive.wrong("initialCutoff", "is '\(other)', which is no cutoff")
      }
    parameters.beta = try archive.double("beta")
    if archive["clusterLogFactor"] != nil {
      parameters.clusterLogFactor = try archive.double("clusterLogFactor")
    }
    parameters.clusterOvershoot = try archive.double("clusterOvershoot")
    let collapse = try archive.string("collapse")
    guard let known = SketchParameters.Collapse(rawValue: collapse) else {
      throw archive.wrong("collapse", "is '\(collapse)', which is none that is known")
    }
    parameters.collapse = known
    try readTransforming(&parameters)
    try readSearcher(&parameters)
    do throws(ClusteringError) {
      try parameters.validate()
    } catch {
      throw FileError.malformed(
        path: archive.path, place: .wholeFile, problem: "the parameters of the sketch: \(error)")
    }
    return parameters
  }

  /// The extent of all points.
  func extent<Scalar: ClusteringScalar>(columns: Int) throws -> SketchExtent<Scalar> {
    let weighted = try archive.count("weightedPoints")
    let limit = FiniteCheck<Scalar>.limit
    let largest = try archive.number("largest", in: 0...limit)
    let weight = try archive.number("weight", in: 0...Double.greatestFiniteMagnitude)
    guard (weight > 0) == (weighted > 0) else {
      throw archive.wrong("weight", "is \(weight) for \(counted(weighted, "point"))")
    }
    do throws(ClusteringError) {
      try SumLimits.check(weight: weight, columns: columns, largest: largest)
    } catch {
      throw archive.wrong("weight", "is \(weight), which makes sums that overflow")
    }
    var box = ColumnBox<Scalar>(columns: columns)
    if weighted > 0 {
      let range = -largest...largest
      let low: [Double] = try archive.numbers("lowest", columns, in: range)
      let high: [Double] = try archive.numbers("highest", columns, in: range)
      guard zip(low, high).allSatisfy({ $0 <= $1 }) else {
        throw archive.wrong("lowest", "has a value above that of 'highest'")
      }
      box = ColumnBox(low: low.map { Scalar($0) }, high: high.map { Scalar($0) })
    }
    return SketchExtent(weight: weight, weightedPoints: weighted, largest: largest, box: box)
  }

  /// The rows that wait.
  func warmup<Scalar: ClusteringScalar>() throws -> WarmupRows<Scalar> {
    guard archive["coordinates"] == nil else {
      throw archive.wrong("waitingRows", "stands beside 'coordinates'")
    }
    let rows: Matrix<Scalar> = try archive.finiteMatrix("waitingRows")
    guard rows.rows < SketchState.firstRows else {
      throw archive.wrong(
        "waitingRows",
        "has \(counted(rows.rows, "row")), expected less than \(SketchState.firstRows)")
    }
    let weights: [Double] = try archive.numbers(
      "waitingWeights", rows.rows, in: 0...Double.greatestFiniteMagnitude)
    return WarmupRows(rows: rows, weights: weights)
  }

  /// Checks that rows that wait are the points of which something is known.
  func check<Scalar: ClusteringScalar>(
    _ warmup: WarmupRows<Scalar>, _ extent: SketchExtent<Scalar>
  ) throws {
    try check(total: warmup.weights, "waitingWeights", extent)
    guard warmup.weights.count(where: { $0 > 0 }) == extent.weightedPoints else {
      throw archive.wrong("weightedPoints", "is not how many rows wait with a weight")
    }
    let values = warmup.rows!.span
    guard values.indices.allSatisfy({ Double(values[$0].magnitude) <= extent.largest }) else {
      throw archive.wrong("waitingRows", "has a value beyond \(extent.largest)")
    }
  }

  /// The state of a sketch that has begun.
  func state(_ parameters: SketchParameters) throws -> SketchState {
    let found = try archive.matrix("coordinates", as: Double.self)
    let (count, columns, coordinates) = (found.rows, found.columns, found.values)
    guard columns > 0 else { throw archive.wrong("coordinates", "has no columns") }
    let large = 4 * FiniteCheck<Double>.limit
    guard coordinates.allSatisfy({ $0.magnitude <= large }) else {
      throw archive.wrong("coordinates", "has a value that is not finite or beyond \(large)")
    }
    let any = 0...Double.greatestFiniteMagnitude
    let weights = try archive.numbers(
      "weights", count, in: Double.leastNonzeroMagnitude...any.upperBound)
    let squaredErrors = try archive.numbers("squaredErrors", count, in: any)
    let coordinateErrors = try archive.numbers("coordinateErrors", count, in: 0...large)
    let sumErrors = try archive.numbers("sumErrors", count, in: 0...SumLimits.largest)
    let squaredNorms = try archive.numbers("squaredNorms", count, in: any)
    // Read before there is memory for so many columns: a matrix without rows may have any number.
    let shift = try archive.numbers("shift", columns, in: -large...large)
    let memory = SketchMemory(columns: columns, capacity: max(64, count))
    for slot in 0..<count {
      var entry = SketchEntry(weight: weights[slot], squaredNorm: squaredNorms[slot])
      entry.squaredError = squaredErrors[slot]
      entry.coordinateError = coordinateErrors[slot]
      entry.sumError = sumErrors[slot]
      coordinates.withUnsafeBufferPointer {
        _ = memory.append($0.baseAddress! + slot * columns, entry)
      }
    }
    try readMarks(parameters, into: memory)
    var state = SketchState(parameters, shift: shift, memory)
    if archive["cutoff"] != nil {
      // It may have grown without end.
      state.cutoff = try archive.number(
        "cutoff", in: Double.leastNonzeroMagnitude...Double.infinity)
    }
    if archive["lightest"] != nil {
      state.lightest = try archive.number(
        "lightest", in: Double.leastNonzeroMagnitude...any.upperBound)
    }
    state.numClusters = Int(try archive.int("numClusters"))
    guard state.numClusters >= parameters.initialNumClusters else {
      throw archive.wrong("numClusters", "is \(state.numClusters), fewer than at first")
    }
    state.pointCount = try archive.count("pointCount")
    state.collapseCount = try archive.count("collapseCount")
    if archive["jumpCount"] != nil { state.jumpCount = try archive.count("jumpCount") }
    state.mergedCount = try archive.count("mergedCount")
    state.redecidedCount = try archive.count("redecidedCount")
    state.rounding.inexactSums = try archive.count("inexactSums")
    return state
  }

  /// Checks that centroids can be those of the points of which something is known.
  func check<Scalar: ClusteringScalar>(
    _ state: SketchState, _ extent: SketchExtent<Scalar>
  ) throws {
    try check(total: state.weights, "weights", extent)
    guard state.pointCount >= max(1, extent.weightedPoints), state.count <= extent.weightedPoints,
      state.count > 0 || extent.weightedPoints == 0
    else {
      throw archive.wrong(
        "pointCount",
        "is \(state.pointCount), with \(extent.weightedPoints) of a weight for "
          + counted(state.count, "centroid"))
    }
    // Means lie between the values, but for rounding.
    let (columns, largest) = (state.columns, extent.largest)
    for slot in 0..<state.count {
      var squares = 0.0
      for column in 0..<columns {
        let coordinate = state.memory.coordinates[slot * columns + column]
        squares += coordinate * coordinate
        guard (coordinate + state.shift[column]).magnitude <= 2 * largest else {
          throw archive.wrong("coordinates", "has a centroid farther away than all points")
        }
      }
      let tiny = Double(columns) * .leastNormalMagnitude
      guard (state.memory.entries[slot].squaredNorm - squares).magnitude <= 1e-6 * squares + tiny
      else { throw archive.wrong("squaredNorms", "has one that is not of its coordinates") }
    }
    // Bounds on sums of distances that are no squared Euclidean ones grow with each merge.
    guard state.parameters.distance.pairwise == nil else { return }
    let most = 8 * largest * largest * Double(columns) * extent.weight
    let tiny = Double(columns) * extent.weight * .leastNormalMagnitude
    guard state.map(\.squaredError).reduce(0, +) <= most + tiny else {
      throw archive.wrong("squaredErrors", "has more than points within \(largest) can have")
    }
  }

  /// Checks that weights add up to that of all points, but for rounding.
  private func check<Scalar: ClusteringScalar>(
    total weights: [Double], _ name: String, _ extent: SketchExtent<Scalar>
  ) throws {
    let total = weights.reduce(0, +)
    guard (total - extent.weight).magnitude <= extent.weight / 100 else {
      throw archive.wrong(name, "has a sum of \(total), expected \(extent.weight)")
    }
  }
}
