import Clustering
import Foundation
import KMeansFiles
import Testing

/// Archives of models, streams and sketches, damaged at random with checksums that are right, are
/// refused with a ``FileError`` or can be used; nothing else happens: no trap, and no memory beyond
/// the file's size.
///
/// `KMEANS_FUZZ_MUTATIONS` says how many damaged archives there are in all.
@Suite struct ModelFuzzTests {
  static let mutations =
    ProcessInfo.processInfo.environment["KMEANS_FUZZ_MUTATIONS"].flatMap { Int($0) } ?? 10_000

  /// A section that no seed has is one that is never damaged.
  @Test func theSeedsHaveAllSections() throws {
    let names = try ModelSeed.allCases.flatMap { try $0.archive().names }
    let known: Set<String> = [
      "areFloats", "batchCount", "beta", "boxHigh", "boxLow", "centers", "centroids", "clock",
      "clusterCount", "clusterLogFactor", "clusterOvershoot", "clusters", "clusterWeights",
      "collapse", "collapseCount", "columns", "columns.comment", "columns.decimal",
      "columns.delimiter", "columns.firstIndex", "columns.format", "columns.inFile",
      "columns.means", "columns.nameLengths", "columns.names", "columns.numbers", "converged",
      "coordinateErrors", "coordinates", "counts", "cutoff", "cutoffPoints", "deaths",
      "deviations", "distance", "firstRows", "firstWeights", "fixedCutoff", "gain", "highest",
      "historyCounts", "historyInertias", "ids", "inertia", "inertias", "inexactSums",
      "initialCutoff",
      "initialNumClusters", "isInBoxes", "isWeighted", "iterations", "labels", "largest",
      "lastSeen", "leavesOutZeroRows", "lifetime", "lightest", "lowest", "maxTimeJump", "means",
      "meanVariance", "mergedCount", "momentWeights", "nextID", "nodes", "normalizes",
      "numClusters", "origins", "pace", "paceValue", "pointCount", "pointMeans", "precision",
      "rangeOfValues", "redecidedCount", "rows", "rules", "run", "seed", "seeding",
      "seedingPasses", "shift", "splitter", "squaredErrors", "squaredNorms", "squaredShifts",
      "standardizes",
      "start", "startDimension", "startWeight", "streamHalfLife", "streamIDs", "streamLandmark",
      "streamMeans",
      "streamTime", "streamUnit", "streamWeights", "sumErrors", "sums", "totalInertia", "unit",
      "variances", "waitingCounts", "waitingFor", "waitingRows", "waitingTimes", "waitingWeights",
      "weight", "weightedPoints", "weightOfAll", "weights", "withInertia", "zeroRows",
    ]
    #expect(Set(names) == known)
  }

  @Test(.timeLimit(.minutes(10)), arguments: ModelSeed.allCases)
  func damageIsRefusedOrCanBeUsed(kind: ModelSeed) throws {
    let good = try kind.archive().encoded()
    var parts = ArchiveParts(good)
    // The parts put together again are the file: the checksums are those of the format.
    #expect(parts.bytes == good)
    #expect(try use(good, kind))
    var random = TestRandom(UInt64(kind.rawValue.utf8.reduce(7) { $0 &* 31 &+ Int($1) } & 0xffff))
    var (usable, refused) = (0, 0)
    for _ in 0..<max(1, Self.mutations / ModelSeed.allCases.count) {
      parts = ArchiveParts(good)
      for _ in 0..<Int.random(in: 1...3, using: &random) { parts.damage(&random) }
      do {
        if try use(parts.bytes, kind) { usable += 1 }
      } catch {
        #expect(error is FileError, "\(error)")
        refused += 1
      }
    }
    #expect(Self.mutations < 1000 || (usable > 0 && refused > 0), "\(usable), \(refused)")
  }

  /// Loads an archive and does with it what a user does.
  private func use(_ bytes: [UInt8], _ kind: ModelSeed) throws -> Bool {
    let source = ArchiveBytes(bytes)
    defer {
      #expect(source.roomBeyondEnd <= 0, "memory beyond the end of the file")
      // Header, table and payloads once, and the shapes of matrices a second time.
      #expect(source.roomInAll <= 2 * bytes.count + 64)
    }
    if kind.isSketch {
      let archive = try Archive(readingFrom: source, kind: StreamingSketch<Double>.archiveKind)
      return kind.isOfFloats
        ? try use(StreamingSketch<Float>(archive)) : try use(StreamingSketch<Double>(archive))
    }
    if kind.isStream {
      let archive = try Archive(
        readingFrom: source, kind: StreamingKMeans<Double>.archiveKind)
      return kind.isOfFloats
        ? try use(StreamingKMeans<Float>(archive)) : try use(StreamingKMeans<Double>(archive))
    }
    if kind.isPlan || kind.isProgress {
      let archive = try Archive(
        readingFrom: source,
        kind: kind.isPlan
          ? LloydPlan<Double>.archiveKind : LloydProgress<Double>.archiveKind)
      return kind.isOfFloats
        ? try resume(archive, kind, of: Float.self) : try resume(archive, kind, of: Double.self)
    }
    if kind.isOfSums {
      let archive = try Archive(readingFrom: source, kind: PartSums<Double>.archiveKind)
      return kind.isOfFloats
        ? try use(PartSums<Float>(archive)) : try use(PartSums<Double>(archive))
    }
    let archive = try Archive(readingFrom: source, kind: KMeansModel<Double>.archiveKind)
    return kind.isOfFloats
      ? try use(KMeansModel<Float>(archive)) : try use(KMeansModel<Double>(archive))
  }

  /// - Returns: whether rows could be assigned; a model may be right and its transform make numbers
  ///   that are too large of some rows, which is an error that says so.
  private func use<Scalar: ClusteringScalar>(_ model: KMeansModel<Scalar>) throws -> Bool {
    let dimension = model.dimension
    #expect(model.clusterCount > 0 && dimension > 0)
    #expect(model.inertia.isFinite && model.inertia >= 0)
    #expect(model.clusterWeights.allSatisfy { $0.isFinite && $0 >= 0 })
    for row in 0..<model.clusterCount {
      for column in 0..<dimension { #expect(model.centroids[row, column].isFinite) }
    }
    let values = (0..<4 * dimension).map { Scalar($0 % 7) - 2 }
    let points = try Matrix(values.span, columns: dimension)
    #expect(try KMeansModel<Scalar>(model.archive) == model)
    if let columns = model.inputColumns { #expect(columns.count == dimension) }
    if model.streamed != nil { try goOn(from: model, with: points) }
    do throws(ClusteringError) {
      let (labels, distances, _) = try model.labelsAndDistances(
        points.view, execution: Execution(threads: 1))
      #expect(labels.allSatisfy { $0 >= 0 && $0 < model.clusterCount })
      #expect(distances.allSatisfy { $0.isFinite && $0 >= 0 })
      return true
    } catch {
      return false
    }
  }

  private func use<Scalar: ClusteringScalar>(_ loaded: StreamingKMeans<Scalar>) throws -> Bool {
    var stream = loaded
    #expect(stream.archive == loaded.archive)
    if let model = stream.latestModel { _ = try use(model) }
    let dimension = stream.centroids?.columns ?? 3
    let values = (0..<8 * dimension).map { Scalar(($0 * 5) % 11) - 4 }
    let points = try Matrix(values.span, columns: dimension)
    return check(&stream, learning: points)
  }

  /// - Returns: whether the sketch has enough centroids to be clustered.
  private func use<Scalar: ClusteringScalar>(_ loaded: StreamingSketch<Scalar>) throws -> Bool {
    var sketch = loaded
    #expect(try StreamingSketch<Scalar>(sketch.archive).archive == sketch.archive)
    let dimension = sketch.dimension ?? 3
    let values = (0..<8 * dimension).map { Scalar(($0 * 5) % 11) - 4 }
    let points = try Matrix(values.span, columns: dimension)
    check(sketch, centers: points)
    do throws(ClusteringError) {
      try sketch.add(points)
      try sketch.merge(loaded)
      check(sketch, centers: points)
      _ = try BallKMeans(clusterCount: 2, seed: 1).fit(sketch)
      return true
    } catch {
      return false
    }
  }

  /// Goes on with the plan or the progress of a fit.
  ///
  /// - Returns: whether there was a fit; points, or parameters, may be no longer those of the plan.
  private func resume<Scalar: ClusteringScalar>(
    _ archive: Archive, _ kind: ModelSeed, of type: Scalar.Type
  ) throws -> Bool {
    try kind.withPoints(of: type) { points in
      let parameters = kind.parameters
      var lloyd = try Lloyd(points, parameters: parameters)
      var progress: LloydProgress<Scalar>?
      do {
        if kind.isPlan {
          let plan = try LloydPlan<Scalar>(archive)
          #expect(try LloydPlan(plan.archive) == plan)
          lloyd = try Lloyd(points, resuming: plan, parameters: parameters)
        } else {
          progress = try LloydProgress(archive)
          #expect(try LloydProgress<Scalar>(progress!.archive).archive == progress!.archive)
        }
        let run =
          if let progress { try LloydRun(lloyd, resuming: progress) } else {
            try lloyd.begin(run: 0)
          }
        let fit = try run.finish()
        #expect(fit.labels.allSatisfy { $0 >= 0 && $0 < parameters.clusterCount })
        for row in 0..<parameters.clusterCount {
          for column in 0..<3 { #expect(fit.model.transformedCentroids[row, column].isFinite) }
        }
        return true
      } catch is ClusteringError {
        return false
      }
    }
  }

  /// Merges sums with those of the other rows.
  private func use<Scalar: ClusteringScalar>(_ sums: PartSums<Scalar>) throws -> Bool {
    #expect(try PartSums<Scalar>(sums.archive).archive == sums.archive)
    let isExact = sums.archive["splitter"] != nil
    do throws(ClusteringError) {
      var all = sums
      for rows in [0..<2048, 2048..<3072, 3072..<5000] where !sums.rows.contains(rows.lowerBound) {
        try all.merge(ModelSeed.sums(of: Scalar.self, exact: isExact, rows: rows))
      }
      let total = try all.total(of: 5000)
      #expect(total.counts.allSatisfy { $0 >= 0 })
      return true
    } catch {
      return false
    }
  }

  private func check<Scalar: ClusteringScalar>(
    _ sketch: StreamingSketch<Scalar>, centers: Matrix<Scalar>
  ) {
    let bounds = sketch.costBounds(for: centers)
    #expect(bounds.lowerBound >= 0 && bounds.lowerBound <= bounds.upperBound)
    #expect(sketch.weights.allSatisfy { $0 > 0 && $0.isFinite })
    #expect(sketch.squaredErrors.allSatisfy { $0 >= 0 && $0.isFinite })
    let values = sketch.centroids?.doubles.flatMap(\.self) ?? []
    #expect(values.allSatisfy { $0.isFinite })
  }

  /// Begins a stream with a model of another.
  private func goOn<Scalar: ClusteringScalar>(
    from model: KMeansModel<Scalar>, with points: Matrix<Scalar>
  ) throws {
    let unit = model.streamed.flatMap { Forgetting.Unit(rawValue: $0.unit) } ?? .batches
    let parameters = StreamingParameters(
      clusterCount: model.clusterCount, forgetting: .halfLife(60, unit), seed: 1)
    do throws(ClusteringError) {
      var stream = try StreamingKMeans(parameters, continuing: model)
      _ = check(&stream, learning: points)
    } catch {
      // Weights may be more than a stream takes.
    }
  }

  /// - Returns: whether the points could be learnt.
  private func check<Scalar: ClusteringScalar>(
    _ stream: inout StreamingKMeans<Scalar>, learning points: Matrix<Scalar>
  ) -> Bool {
    let isTimed = stream.parameters.forgetting.unit == .seconds
    let times = isTimed ? (0..<points.rows).map { (stream.time ?? 0) + Double($0) } : nil
    do throws(ClusteringError) {
      let report = try stream.update(
        points.view, times: times?.span, withLabels: true)
      #expect(report.labels?.allSatisfy { $0 >= -1 && $0 < stream.parameters.clusterCount } ?? true)
      if let centroids = stream.centroids {
        for row in 0..<centroids.rows {
          for column in 0..<centroids.columns { #expect(centroids[row, column].isFinite) }
        }
        #expect(stream.clusterWeights.allSatisfy { $0.isFinite && $0 >= 0 })
      }
      return true
    } catch {
      return false
    }
  }
}
