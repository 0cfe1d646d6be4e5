import Clustering
import KMeansFiles
import KMeansLinearAlgebra
import VectorIO

// What is written to an output, in the form that its name says.
extension Output {
  /// Writes labels, one a row, if this is where they go. To the standard output they go last, so
  /// that a reader that stops early, such as `head`, costs no file.
  func write(labels: [Int32], _ ids: RowIDs? = nil, toStdout: Bool) throws {
    if isStdout == toStdout { try write(labels: labels, ids) }
  }

  /// Writes labels, one a row: a file of text has a header, the standard output none, for what
  /// reads lines takes each for a label.
  func write(labels: [Int32], _ ids: RowIDs? = nil) throws {
    if form == .npy { return try writeNPY(labels, to: path) }
    if let ids { return try write(labels, named: AppendOptions.usualName, behind: ids) }
    try writeCSV(labels, name: isStdout ? nil : AppendOptions.usualName, to: path)
  }

  /// Writes numbers, one a row, under a name.
  func write(values: [Double], named name: String, _ ids: RowIDs? = nil) throws {
    if form == .npy { return try writeNPY(values, to: path) }
    if let ids { return try write(values, named: name, behind: ids) }
    try writeCSV(values, name: name, to: path)
  }

  /// Writes the weights of clusters, one a row.
  func write(clusterWeights weights: [Double]) throws {
    try write(values: weights, named: "weight")
  }

  /// Writes centroids, one a row, under the names of their columns; without their zeros as npz.
  func write<Scalar: ClusteringScalar>(
    centroids: Matrix<Scalar>, _ columns: InputColumns?
  ) throws {
    if form == .npy { return try writeNPY(centroids, to: path) }
    if form == .npz { return try writeNPZ(SparseMatrix(centroids), to: path) }
    let names = ColumnNames(columns, count: centroids.columns)
    try writeCSV(centroids, names: names.header, to: path)
  }
}
