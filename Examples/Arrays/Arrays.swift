// Clusters arrays of numbers. A matrix is handed over as it is, named or not: the view of a matrix
// that nobody named (`try model.assign(Matrix(rows).view)`) crashes the compiler of Swift 6.3.1.
import Clustering

@main
enum Arrays {
  static func main() throws {
    let rows: [[Double]] = [[0, 0], [0, 1], [1, 0], [9, 9], [9, 8], [8, 9]]

    let fit = try KMeans(clusterCount: 2, seed: 1).fit(Matrix(rows))
    print("labels \(fit.labels), inertia \(fit.model.inertia)")

    let near = try fit.model.assign(Matrix([[1.0, 2.0]]))
    let far = try fit.model.squaredDistances(Matrix([[1.0, 2.0]]))
    print("(1, 2) belongs to cluster \(near[0]), at the squared distance \(far[0])")

    let silhouette = try fit.model.evaluate(Matrix(rows), seed: 0).silhouette ?? 0
    print("silhouette \(silhouette)")

    var parameters = StreamingParameters(
      clusterCount: 2, forgetting: .halfLife(5, .batches), seed: 1)
    parameters.start = .firstRows(6)
    var stream = StreamingKMeans<Double>(parameters)
    let report = try stream.update(Matrix(rows))
    let predictions = try stream.predict(Matrix([[1.0, 2.0]]))
    print("a stream of \(report.points) points calls it \(predictions.labels[0])")

    let survey = Survey(try Matrix(rows))
    print("a survey of \(survey.count) points has an inertia of \(try survey.inertia(clusters: 2))")
  }
}

/// Keeps its points: a class may hold a matrix, though a view of what a class holds does not leave
/// it.
final class Survey {
  private let points: Matrix<Double>

  init(_ points: Matrix<Double>) { self.points = points }

  var count: Int { points.rows }

  func inertia(clusters: Int) throws -> Double {
    try KMeans(clusterCount: clusters, seed: 1).fit(points).model.inertia
  }
}
