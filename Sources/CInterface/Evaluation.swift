// km_evaluate: how good labels are.
public import KMeansCHeader

internal import Clustering
internal import KMeansLinearAlgebra

extension km_quality: VersionedStructure {
  static var initial: km_quality { km_quality() }
  static var name: String { "km_quality" }

  init(_ quality: ClusterQuality) {
    self.init()
    (points, left_out) = (Int64(quality.points), Int64(quality.leftOut))
    clusters = Int64(quality.clusters.filter { $0.count > 0 }.count)
    (weight, inertia) = (quality.weight, quality.inertia)
    davies_bouldin = quality.daviesBouldin ?? .nan
    calinski_harabasz = quality.calinskiHarabasz ?? .nan
    silhouette = quality.silhouette ?? .nan
    simplified_silhouette = quality.simplifiedSilhouette ?? .nan
    centroid_dunn = quality.centroidDunn ?? .nan
  }
}

@c @implementation
public func km_evaluate(
  _ rows: UnsafePointer<km_rows>?, _ labels: UnsafePointer<Int32>?, _ sample: Int64,
  _ seed: UInt64, _ threads: Int32, _ quality: UnsafeMutablePointer<km_quality>?,
  _ message: UnsafeMutablePointer<CChar>?, _ size: Int
) -> km_status {
  call(message, size) {
    try km_quality.check(try required(quality, "quality"), "quality")
    let labels = try required(labels, "labels")
    let rowsToDraw = try count(sample, "sample")
    let execution = try execution(threads: threads, "")
    let found = try withRows(
      rows, { try evaluate($0, labels, rowsToDraw, seed, execution) },
      { try evaluate($0, labels, rowsToDraw, seed, execution) })
    try km_quality(found).write(to: quality, "quality")
  }
}

private func evaluate<Scalar: ClusteringScalar>(
  _ rows: CheckedRows<Scalar>, _ labels: UnsafePointer<Int32>, _ sample: Int, _ seed: UInt64,
  _ execution: Execution
) throws -> ClusterQuality {
  try MemoryCheck.check([(rows.count, 1, bytes: 60)], "an evaluation of \(rows.count) rows")
  let labels = Array(UnsafeBufferPointer(start: labels, count: rows.count))
  let sample = sample == 0 ? 10_000 : sample
  switch rows.layout {
  case .dense(let base, let stride):
    return try ClusterQuality(
      MatrixView(unsafeBase: base, rows: rows.count, columns: rows.columns, rowStride: stride),
      labels: labels, weights: rows.weights?.span, sample: sample, seed: seed,
      execution: execution)
  case .sparse(let arrays):
    return try ClusterQuality(
      SparseRows(unsafeArrays: arrays), labels: labels, weights: rows.weights?.span,
      sample: sample, seed: seed, execution: execution)
  }
}
