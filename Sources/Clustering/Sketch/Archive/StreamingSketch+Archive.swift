package import KMeansFiles

// A sketch as an archive: everything that decides what comes next, bit for bit. What only changes
// the speed (threads, strategy, instruction set, blocks) is for the machine that goes on to choose.
extension StreamingSketch {
  /// The kind that archives of sketches say they are.
  package static var archiveKind: String { "k-means sketch" }

  /// The whole state.
  ///
  /// - Complexity: O(m d) for m centroids, and the rows that wait.
  package var archive: Archive {
    var archive = Archive(kind: Self.archiveKind)
    parameters.write(to: &archive)
    archive.setPrecision(of: Scalar.self)
    extent.write(to: &archive)
    if let standardization = transform?.standardization {
      archive["means"] = .doubles(standardization.means)
      archive["deviations"] = .doubles(standardization.deviations)
    }
    // What is given is a parameter.
    if parameters.distance.isEstimated { transform?.linear?.write(to: &archive) }
    if let rows = waiting.rows {
      archive.set("firstRows", rows)
      archive["firstWeights"] = .doubles(waiting.weights)
    }
    if let rows = warmup.rows {
      archive.set("waitingRows", rows)
      archive["waitingWeights"] = .doubles(warmup.weights)
    }
    sketcher?.state.write(to: &archive)
    return archive
  }

  /// The sketch in an archive.
  ///
  /// - Parameter execution: the threads and kernels with which it goes on.
  /// - Throws: ``FileError`` where it is not one of this type, or something in it cannot be, and
  ///   ``ClusteringError`` where the machine lacks what the execution asks for.
  package init(_ archive: Archive, execution: Execution = Execution()) throws {
    try archive.checkPrecision(of: Scalar.self, ": the sketch was one of another type")
    let parts = ArchivedSketch(archive)
    var parameters = try parts.parameters()
    parameters.execution = execution
    try execution.validate()
    self.init(parameters)
    guard archive["weightedPoints"] != nil else {
      if archive["firstRows"] != nil {
        waiting = try parts.firstRows(parameters)
      } else if let columns = try parts.measuredColumns() {
        // All rows so far were left out, or the sketch is to be one of rows that others measured.
        transform = try parts.transform(parameters, columns: columns)
      }
      for name in ["coordinates", "waitingRows"] where archive[name] != nil {
        throw archive.wrong(
          name, "is there, and no section 'weightedPoints' says of how many points")
      }
      return
    }
    if archive["waitingRows"] != nil {
      warmup = try parts.warmup()
      extent = try parts.extent(columns: warmup.rows!.columns)
      try parts.check(warmup, extent)
    } else {
      let state = try parts.state(parameters)
      extent = try parts.extent(columns: state.columns)
      try parts.check(state, extent)
      sketcher = Sketcher(state)
    }
    transform = try parts.transform(parameters, columns: dimension ?? 0)
  }
}

extension SketchParameters {
  /// Sets the sections of all that decides results.
  fileprivate func write(to archive: inout Archive) {
    archive["clusterCount"] = .int(Int64(clusterCount))
    archive["seed"] = .int(Int64(bitPattern: seed))
    if let numClusters { archive["initialNumClusters"] = .int(Int64(numClusters)) }
    switch distanceCutoff {
    case .estimated: archive["initialCutoff"] = .string("estimated")
    case .fixed(let cutoff):
      archive["initialCutoff"] = .string("fixed")
      archive["fixedCutoff"] = .double(cutoff)
    case .shindler(let points):
      archive["initialCutoff"] = .string("shindler")
      archive["cutoffPoints"] = .int(Int64(points))
    }
    archive["beta"] = .double(beta)
    if let clusterLogFactor { archive["clusterLogFactor"] = .double(clusterLogFactor) }
    archive["clusterOvershoot"] = .double(clusterOvershoot)
    archive["collapse"] = .string(collapse.rawValue)
    // Sketches from before there were transforms have none of these.
    if distance != .euclidean { distance.write(to: &archive) }
    if usedPower != (distance.hasMeans ? 2 : 1) { archive["power"] = .int(Int64(usedPower)) }
    if standardizes { archive["standardizes"] = .int(1) }
    searcher.write(to: &archive)
    if let leavesOutZeroRows { archive["leavesOutZeroRows"] = .int(leavesOutZeroRows ? 1 : 0) }
  }
}

extension SketchExtent {
  /// Sets the sections of what is known of all points; none before the first.
  fileprivate func write(to archive: inout Archive) {
    guard let box else { return }
    archive["weight"] = .double(weight)
    archive["weightedPoints"] = .int(Int64(weightedPoints))
    archive["largest"] = .double(largest)
    guard weightedPoints > 0 else { return }
    archive["lowest"] = .doubles(box.low.map { Double($0) })
    archive["highest"] = .doubles(box.high.map { Double($0) })
  }
}

extension SketchState {
  /// Sets the sections of a sketch that has begun.
  fileprivate func write(to archive: inout Archive) {
    archive["shift"] = .doubles(shift)
    let values = UnsafeBufferPointer(start: memory.coordinates, count: count * columns)
    archive["coordinates"] = .doubleMatrix(rows: count, columns: columns, values: Array(values))
    archive["weights"] = .doubles(weights)
    archive["squaredErrors"] = .doubles(map(\.squaredError))
    archive["coordinateErrors"] = .doubles(map(\.coordinateError))
    archive["sumErrors"] = .doubles(map(\.sumError))
    archive["squaredNorms"] = .doubles(map(\.squaredNorm))
    writeMarks(to: &archive)
    if let cutoff { archive["cutoff"] = .double(cutoff) }
    if lightest.isFinite { archive["lightest"] = .double(lightest) }
    archive["numClusters"] = .int(Int64(numClusters))
    archive["pointCount"] = .int(Int64(pointCount))
    archive["collapseCount"] = .int(Int64(collapseCount))
    // Sketches from before there were such collapses have no section either.
    if jumpCount > 0 { archive["jumpCount"] = .int(Int64(jumpCount)) }
    archive["mergedCount"] = .int(Int64(mergedCount))
    archive["redecidedCount"] = .int(Int64(redecidedCount))
    archive["inexactSums"] = .int(Int64(rounding.inexactSums))
  }
}
