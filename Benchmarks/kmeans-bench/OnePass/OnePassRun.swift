import Clustering
import KMeansLinearAlgebra
import VectorIO

/// Points in memory, and what one pass over them costs.
struct OnePassRun<Scalar: ClusteringScalar> {
  let points: Matrix<Scalar>
  let onePass: OnePassKMeans
  /// The largest block; nothing for the default.
  let block: Int?

  /// A sketch that has seen nothing.
  func newSketch() -> StreamingSketch<Scalar> {
    var sketch = StreamingSketch<Scalar>(onePass.sketch)
    sketch.blockRows = block
    return sketch
  }

  /// Times the two steps, after a warm-up on the first rows.
  ///
  /// - Returns: what they find, which is the same in every repetition.
  func addTimes(
    to report: inout BenchReport, repetitions: Int
  ) throws -> OnePassKMeans.Fit<Scalar> {
    try warmUp()
    var (sketching, fitting): ([Double], [Double]) = ([], [])
    var fit: OnePassKMeans.Fit<Scalar>!
    for _ in 0..<repetitions {
      var sketch = newSketch()
      sketching.append(try seconds { try sketch.add(points.view) })
      fitting.append(try seconds { fit = try onePass.fit(sketch) })
    }
    report.add("seconds", median(zip(sketching, fitting).map { $0 + $1 }))
    report.add("sketchSeconds", median(sketching))
    report.add("ballSeconds", median(fitting))
    report.add("pointsPerSecond", Double(points.rows) / median(sketching))
    return fit
  }

  /// Runs what is to be timed on so few rows that nothing but threads and libraries is warm after
  /// it.
  private func warmUp() throws {
    var sketch = newSketch()
    try sketch.add(points.view.rows(0..<min(points.rows, 5000)))
    // Too few distinct rows for k clusters are no reason to stop here.
    _ = try? onePass.fit(sketch)
  }
}

extension Matrix {
  /// Writes the rows to a file, in the format that its extension names.
  func write(to path: String) throws {
    let writer = try VectorWriter<Scalar>(path, columns: columns, rows: rows)
    try writer.write(view)
    try writer.finish()
  }
}
