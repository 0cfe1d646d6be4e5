/// What a run remembers of rows in memory for the strategies `fused` and `inverted`; it decides no
/// result. An enumeration, for the methods of a generic class behind a protocol are not
/// specialised.
enum RememberedRows<Scalar: ClusteringScalar> {
  /// A bound a row.
  case bounds(RowBounds<MappedRows<Scalar>>)
  /// The same of sparse rows.
  case sparse(RowBounds<MappedSparseRows<Scalar>>)
  /// Rows of one column by their values.
  case column(SortedColumn<Scalar>)

  /// What there is room for; `nil` where there is none.
  ///
  /// - Parameter limit: how many bytes may be taken.
  init?<Source: PointSource<Scalar>>(
    _ rows: WeightedRows<Scalar>, of source: Source, clusters: Int, limit: Int, verifies: Bool
  ) {
    guard clusters > 1, rows.count <= Int(Int32.max) else { return nil }
    if source.columns == 1, SortedColumn<Scalar>.bytes(rows: rows.count) <= limit {
      self = .column(SortedColumn(rows, map: source.map, verifies: verifies))
    } else if RowBounds<MappedRows<Scalar>>.bytes(rows: rows.count) <= limit {
      self = .bounds(
        RowBounds(
          MappedRows(rows, map: source.map), clusters: clusters, threads: source.threads,
          team: source.team, verifies: verifies, isCancellable: source.isCancellable))
    } else {
      return nil
    }
  }

  /// The same of sparse rows.
  init?<Source: PointSource<Scalar>>(
    _ rows: MappedSparseRows<Scalar>, of source: Source, clusters: Int, limit: Int, verifies: Bool
  ) {
    guard clusters > 1, rows.count <= Int(Int32.max),
      2 * RowBounds<MappedSparseRows<Scalar>>.bytes(rows: rows.count) <= limit
    else { return nil }
    self = .sparse(
      RowBounds(
        rows, clusters: clusters, threads: source.threads, team: source.team, verifies: verifies,
        isCancellable: source.isCancellable, takesByLabel: true))
  }

  /// Whether it serves another run, with so many clusters.
  func serves(clusters: Int) -> Bool {
    switch self {
    case .bounds(let bounds): bounds.clusters == clusters
    case .sparse(let bounds): bounds.clusters == clusters
    case .column: clusters > 1
    }
  }

  /// Says that labels have changed besides.
  func forget() {
    switch self {
    case .bounds(let bounds): bounds.forget()
    case .sparse(let bounds): bounds.forget()
    case .column(let column): column.forget()
    }
  }

  /// Assigns every row; see ``RowBounds/assign(_:_:areKnown:drifts:correcting:)``.
  func assign(
    _ nearest: NearestCentroids<Scalar>, _ labels: UnsafeMutablePointer<Int32>, areKnown: Bool,
    drifts: [Double]?, correcting sums: inout ClusterSums<Scalar>
  ) -> AssignmentCounts {
    switch self {
    case .bounds(let bounds):
      bounds.assign(nearest, labels, areKnown: areKnown, drifts: drifts, correcting: &sums)
    case .sparse(let bounds):
      bounds.assign(nearest, labels, areKnown: areKnown, drifts: drifts, correcting: &sums)
    case .column(let column):
      column.assign(nearest, labels, areKnown: areKnown, correcting: &sums)
    }
  }
}
