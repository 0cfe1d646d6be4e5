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
      "deviations", "distance", "driftParameters", "driftReference",
      "driftStep", "driftTest.inertia", "driftTest.shares", "driftTest.speed",
      "firstRows", "firstWeights", "fixedCutoff", "gain", "highest",
      "historyCounts", "historyInertias", "ids", "inertia", "inertias", "inexactSums",
      "initialCutoff",
      "initialNumClusters", "isInBoxes", "isWeighted", "iterations", "labels", "largest",
      "lastSeen", "leavesOutZeroRows", "lifetime", "lightest", "lowest", "maxTimeJump", "means",
      "meanVariance", "mergedCount", "momentWeights", "nextID", "nodes", "normalizes",
      "numClusters", "origins", "pace", "paceValue", "pointCount", "pointMeans", "precision",
      "projections",
      "rangeOfValues", "redecidedCount", "rows", "rules", "run", "searcher", "searcherMarks",
      "searchSize", "seed", "seeding",
      "seedingPasses", "shift", "splitter", "squaredErrors", "squaredNorms", "squaredShifts",
      "standardizes",
      "start", "startDimension", "startWeight", "streamHalfLife", "streamIDs", "streamLandmark",
      "streamMeans",
      "streamTime", "streamUnit", "streamWeights", "sumErrors", "sums", "totalInertia", "unit",
      "variances", "waitingCounts", "waitingFor", "waitingRows", "waitingTimes", "waitingWeights",
      "columnWeights", "covariance", "covarianceMean", "distanceCovariance", "distanceExponent",
      "distanceWeights", "power",
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
  func use(_ bytes: [UInt8], _ kind: ModelSeed) throws -> Bool {
    let source = ArchiveBytes(bytes)
    defer {
      #expect(source.roomBeyondEnd <= 0, "memory beyond the end of the file")
      // Header, table and payloads once, and the shapes of matrices a second time.
      #expect(source.roomInAll <= 2 * bytes.count + 64)
    }
    let archive = try Archive(readingFrom: source, kind: kind.archiveKind)
    return kind.isOfFloats
      ? try use(archive, kind, of: Float.self) : try use(archive, kind, of: Double.self)
  }

  private func use<Scalar: ClusteringScalar>(
    _ archive: Archive, _ kind: ModelSeed, of type: Scalar.Type
  ) throws -> Bool {
    if kind.isSketch { return try use(StreamingSketch<Scalar>(archive)) }
    if kind.isStream { return try use(StreamingKMeans<Scalar>(archive)) }
    if kind.isPlan || kind.isProgress { return try resume(archive, kind, of: type) }
    if kind.isOfSums { return try use(PartSums<Scalar>(archive)) }
    return try use(KMeansModel<Scalar>(archive))
  }
}
