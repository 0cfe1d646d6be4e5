// What a user does with a stream, and with a sketch.
import Clustering
import KMeansFiles
import Testing

extension ModelFuzzTests {
  func use<Scalar: ClusteringScalar>(_ loaded: StreamingKMeans<Scalar>) throws -> Bool {
    var stream = loaded
    #expect(stream.archive == loaded.archive)
    if let model = stream.latestModel { _ = try use(model) }
    return check(&stream, learning: try points(stream.centroids?.columns ?? 3))
  }

  /// Begins a stream with a model of another.
  func goOn<Scalar: ClusteringScalar>(
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
        #expect(centroids.isFinite)
        #expect(stream.clusterWeights.allSatisfy { $0.isFinite && $0 >= 0 })
      }
      return true
    } catch {
      return false
    }
  }

  /// - Returns: whether the sketch has enough centroids to be clustered.
  func use<Scalar: ClusteringScalar>(_ loaded: StreamingSketch<Scalar>) throws -> Bool {
    var sketch = loaded
    #expect(try StreamingSketch<Scalar>(sketch.archive).archive == sketch.archive)
    let points: Matrix<Scalar> = try points(sketch.dimension ?? 3)
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
    #expect(sketch.centroids?.isFinite ?? true)
  }

  /// Eight rows.
  private func points<Scalar: ClusteringScalar>(_ dimension: Int) throws -> Matrix<Scalar> {
    let values = (0..<8 * dimension).map { Scalar(($0 * 5) % 11) - 4 }
    return try Matrix(values.span, columns: dimension)
  }
}

extension Matrix where Scalar: ClusteringScalar {
  /// Whether all values are finite.
  var isFinite: Bool { doubles.allSatisfy { $0.allSatisfy(\.isFinite) } }
}
