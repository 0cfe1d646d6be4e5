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
      "batchCount", "beta", "centers", "centroids", "clock", "clusterCount", "clusterLogFactor",
      "clusterOvershoot", "clusterWeights", "collapse", "collapseCount", "columns.firstIndex",
      "columns.format", "columns.inFile", "columns.nameLengths", "columns.names", "columns.numbers",
      "converged", "coordinateErrors", "coordinates", "cutoff", "cutoffPoints", "deaths",
      "deviations", "distance", "firstRows", "fixedCutoff", "gain", "highest", "ids", "inertia",
      "inexactSums", "initialCutoff", "initialNumClusters", "iterations", "largest", "lastSeen",
      "leavesOutZeroRows", "lifetime", "lightest", "lowest", "maxTimeJump", "means", "mergedCount",
      "momentWeights", "nextID", "normalizes", "numClusters", "origins", "pace", "paceValue",
      "pointCount", "pointMeans", "precision", "redecidedCount", "rules", "seed", "shift",
      "squaredErrors", "squaredNorms", "standardizes", "start", "startDimension", "startWeight",
      "streamHalfLife", "streamLandmark", "streamMeans", "streamTime", "streamUnit",
      "streamWeights", "sumErrors", "unit", "variances", "waitingCounts", "waitingFor",
      "waitingRows", "waitingTimes", "waitingWeights", "weight", "weightedPoints", "weights",
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

  private func check<Scalar: ClusteringScalar>(
    _ sketch: StreamingSketch<Scalar>, centers: Matrix<Scalar>
  ) {
    let bounds = sketch.costBounds(for: centers)
    #expect(bounds.lowerBound >= 0 && bounds.lowerBound <= bounds.upperBound)
    #expect(sketch.weights.allSatisfy { $0 > 0 && $0.isFinite })
    #expect(sketch.squaredErrors.allSatisfy { $0 >= 0 && $0.isFinite })
    let values = sketch.centroids?.doubles.flatMap(\.self) ?? []
    #expect(values.allSatisfy(\.isFinite))
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
