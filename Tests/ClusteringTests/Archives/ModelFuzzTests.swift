import Clustering
import Foundation
import KMeansFiles
import Testing

/// Archives of models and streams, damaged at random with checksums that are right, are refused with a
/// ``FileError`` or can be used; nothing else happens: no trap, and no memory beyond the file's size.
///
/// `KMEANS_FUZZ_MUTATIONS` says how many damaged archives there are in all.
@Suite struct ModelFuzzTests {
  static let mutations =
    ProcessInfo.processInfo.environment["KMEANS_FUZZ_MUTATIONS"].flatMap { Int($0) } ?? 10_000

  enum Kind: String, CaseIterable, CustomTestStringConvertible {
    case euclidean, cosine, standardized, floats, floatsAsDoubles
    case stream, streamOfFloats, waitingStream, cosineStream, standardizedStream, sparkStream

    var testDescription: String { rawValue }

    /// Whether it holds a stream.
    var isStream: Bool { rawValue.lowercased().contains("stream") }
    var isOfFloats: Bool { self == .floats || self == .streamOfFloats }
  }

  /// The undamaged archive.
  private func seed(_ kind: Kind) throws -> Archive {
    switch kind {
    case .streamOfFloats: try stream(kind, of: Float.self)
    case _ where kind.isStream: try stream(kind, of: Double.self)
    case .floats, .floatsAsDoubles: try model(kind, of: Float.self)
    default: try model(kind, of: Double.self)
    }
  }

  private func model<Scalar: ClusteringScalar>(
    _ kind: Kind, of type: Scalar.Type
  ) throws -> Archive {
    var kmeans = KMeans(clusterCount: 3, seed: 1)
    kmeans.distance = kind == .cosine ? .cosine : .euclidean
    kmeans.standardizes = kind == .standardized
    let points: Matrix<Scalar> = TestData.noise.points(30, 3, seed: 4)
    return try kmeans.fit(points.view).model.archive
  }

  private func stream<Scalar: ClusteringScalar>(
    _ kind: Kind, of type: Scalar.Type
  ) throws -> Archive {
    var parameters = StreamingParameters(
      clusterCount: 3, forgetting: kind == .sparkStream ? .decayFactor(0.5) : .halfLife(2), seed: 1)
    parameters.start = kind == .waitingStream ? .firstRows(100) : .firstRows(20)
    parameters.distance = kind == .cosineStream ? .cosine : .euclidean
    parameters.standardizes = kind == .standardizedStream
    if kind == .sparkStream {
      parameters.rules = .spark
      parameters.start = .gaussian(dimension: 3, weight: 1)
    }
    var stream = StreamingKMeans<Scalar>(parameters)
    for batch in 0..<3 {
      let points: Matrix<Scalar> = TestData.noise.points(30, 3, seed: UInt64(batch))
      _ = try stream.update(points.view)
    }
    return stream.archive
  }

  @Test(.timeLimit(.minutes(10)), arguments: Kind.allCases)
  func damageIsRefusedOrCanBeUsed(kind: Kind) throws {
    let good = try seed(kind).encoded()
    var parts = ArchiveParts(good)
    // The parts put together again are the file: the checksums are those of the format.
    #expect(parts.bytes == good)
    #expect(try use(good, kind))
    var random = TestRandom(UInt64(kind.rawValue.utf8.reduce(7) { $0 &* 31 &+ Int($1) } & 0xffff))
    var (usable, refused) = (0, 0)
    for _ in 0..<max(1, Self.mutations / Kind.allCases.count) {
      parts = ArchiveParts(good)
      for _ in 0..<Int.random(in: 1...3, using: &random) { damage(&parts, &random) }
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
  private func use(_ bytes: [UInt8], _ kind: Kind) throws -> Bool {
    let source = ArchiveBytes(bytes)
    defer {
      #expect(source.roomBeyondEnd <= 0, "memory beyond the end of the file")
      // Header, table and payloads once, and the shapes of matrices a second time.
      #expect(source.roomInAll <= 2 * bytes.count + 64)
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

  /// - Returns: whether rows could be assigned; a model may be right and its transform make numbers that
  ///   are too large of some rows, which is an error that says so.
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
    do throws(ClusteringError) {
      let (labels, distances, _) = try model.labelsAndDistances(points.view, threads: 1)
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
    // Times only where the damage asks for them: the seeds count batches.
    guard stream.parameters.forgetting.unit != .seconds else { return false }
    do throws(ClusteringError) {
      let report = try stream.update(points.view, withLabels: true)
      #expect(report.labels?.allSatisfy { $0 >= -1 && $0 < stream.parameters.clusterCount } ?? true)
      if let centroids = stream.centroids {
        for row in 0..<centroids.rows {
          for column in 0..<dimension { #expect(centroids[row, column].isFinite) }
        }
        #expect(stream.clusterWeights.allSatisfy { $0.isFinite && $0 >= 0 })
      }
      return true
    } catch {
      return false
    }
  }

  /// One thing goes wrong, in the table or in what the sections hold.
  private func damage(_ parts: inout ArchiveParts, _ random: inout TestRandom) {
    guard !parts.sections.isEmpty else { return }
    let index = Int.random(in: 0..<parts.sections.count, using: &random)
    let count = parts.sections[index].payload.count
    switch Int.random(in: 0..<12, using: &random) {
    case 0: parts.sections[index].tag = UInt8.random(in: 0...11, using: &random)
    case 1: parts.sections.remove(at: index)
    case 2:
      let lies: [UInt64] = [0, 1, 16, UInt64(count) + 1, 1 << 31, 1 << 40, 1 << 62, .max]
      parts.sections[index].length = lies.randomElement(using: &random)!
    case 3:
      let length = [0, 1, 999, 1000, 1001, 65535].randomElement(using: &random)!
      parts.sections[index].name = Array(repeating: UInt8(ascii: "n"), count: length)
    case 4: parts.sections.append(parts.sections[index])
    case 5: parts.kind = Array(parts.kind.dropLast())
    case 6:
      let length = Int.random(in: 0...count, using: &random)
      parts.sections[index].payload = Array(parts.sections[index].payload.prefix(length))
    case 7 where count >= 8: damageNumber(&parts.sections[index].payload, at: 0, &random)
    case 8 where count >= 16: damageNumber(&parts.sections[index].payload, at: 8, &random)
    case 9 where count >= 8:
      let place = 8 * Int.random(in: 0..<count / 8, using: &random)
      damageNumber(&parts.sections[index].payload, at: place, &random)
    case 10 where count >= 4:
      // A Float somewhere.
      let place = 4 * Int.random(in: 0..<count / 4, using: &random)
      let floats: [Float] = [.nan, .infinity, -1, 3e38, -3e38, .leastNonzeroMagnitude, 0, 1e19]
      let bits = floats.randomElement(using: &random)!.bitPattern
      parts.sections[index].payload.replaceSubrange(
        place..<place + 4, with: ArchiveParts.number(UInt64(bits), 4))
    default:
      guard count > 0 else { return }
      let place = Int.random(in: 0..<count, using: &random)
      parts.sections[index].payload[place] ^= 1 << UInt8.random(in: 0...7, using: &random)
    }
  }

  /// A number that no fit leaves behind, or a count that lies.
  private func damageNumber(_ payload: inout [UInt8], at place: Int, _ random: inout TestRandom) {
    let doubles: [Double] = [
      .nan, .infinity, -.infinity, -1, 1e308, -1e308, 1e140, .leastNonzeroMagnitude, 0, -0.0, 1e200,
      0.5,
    ]
    let numbers: [UInt64] = [
      0, 1, 2, 1 << 31, 1 << 32, 1 << 53 - 1, 1 << 53, 1 << 62, 1 << 63, .max, .max - 1,
    ]
    let bits =
      Bool.random(using: &random)
      ? doubles.randomElement(using: &random)!.bitPattern : numbers.randomElement(using: &random)!
    payload.replaceSubrange(place..<place + 8, with: ArchiveParts.number(bits, 8))
  }
}
