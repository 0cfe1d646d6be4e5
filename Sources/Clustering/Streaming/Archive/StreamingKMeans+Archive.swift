package import KMeansFiles

// A stream as an archive: everything that decides the next states, bit for bit. The machine
// that goes on chooses the settings of speed (threads, strategy, instruction set) itself.
extension StreamingKMeans {
  /// The kind that archives of streams name.
  package static var archiveKind: String { "k-means stream" }

  /// The whole state.
  ///
  /// - Complexity: O(k d), and the rows that wait.
  package var archive: Archive {
    var archive = Archive(kind: Self.archiveKind)
    parameters.write(to: &archive)
    archive.setPrecision(of: Scalar.self)
    archive["batchCount"] = .int(Int64(batchCount))
    archive["pointCount"] = .int(Int64(pointCount))
    if let clock { archive["clock"] = .doubles([clock.rate, clock.landmark, clock.latest]) }
    warmup.write(to: &archive)
    learner?.write(to: &archive)
    drift?.write(to: &archive)
    return archive
  }

  /// The stream in an archive.
  ///
  /// - Parameter execution: the threads and kernels with which it goes on.
  /// - Throws: ``FileError`` where it is not one of this type, or a part of it is impossible, and
  ///   ``ClusteringError`` where the machine lacks what the execution asks for.
  package init(_ archive: Archive, execution: Execution = Execution()) throws {
    try execution.validate()
    let parts = ArchivedStream(archive)
    try archive.checkPrecision(of: Scalar.self, ": the stream was one of another type")
    var parameters = try parts.parameters()
    parameters.execution = execution
    // Centroids come from the archive: drawn ones may be more than there is memory for.
    var undrawn = parameters
    undrawn.start = .firstRows(nil)
    self.init(undrawn)
    self.parameters = parameters
    batchCount = try archive.count("batchCount")
    pointCount = try archive.count("pointCount")
    clock = try parts.clock(parameters)
    warmup = try parts.warmup(parameters)
    learner = try parts.learner(parameters, clock)
    drift = try parts.drift(learner?.clusters)
  }
}

extension StreamWarmup {
  fileprivate func write(to archive: inout Archive) {
    guard let rows = kept.rows else { return }
    archive.set("waitingRows", rows)
    archive["waitingWeights"] = .doubles(kept.weights)
    archive["waitingTimes"] = .doubles(times)
    if let counts { archive["waitingCounts"] = .ints(counts.map(Int64.init)) }
    if let wanted { archive["waitingFor"] = .int(Int64(wanted)) }
  }
}

extension StreamLearner {
  fileprivate func write(to archive: inout Archive) {
    archive.set("centers", clusters.centers)
    archive.set("pointMeans", clusters.means)
    archive.set("variances", clusters.variances)
    archive["weights"] = .doubles(clusters.weights)
    archive["momentWeights"] = .doubles(clusters.momentWeights)
    archive["lastSeen"] = .doubles(clusters.lastSeen)
    archive["ids"] = .ints(clusters.ids.map(Int64.init))
    archive["origins"] = .ints(clusters.origins.map(Int64.init))
    archive["nextID"] = .int(Int64(clusters.nextID))
    // Not always the centers rounded: a mean without a direction keeps the last one.
    archive.set("centroids", nearest.centroids)
    transform.write(to: &archive)
  }
}
