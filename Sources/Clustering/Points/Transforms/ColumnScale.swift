/// The scale of columns that are not centred, so that zeros stay zeros: counts, terms of texts and
/// whatever else is sparse.
public enum ColumnScale: String, Sendable, Hashable, Codable, CaseIterable {
  /// Each column is divided by its standard deviation, a constant one by 1, as by `StandardScaler`
  /// of scikit-learn without the mean. Deviations are those about the mean, weighted and divided by
  /// the whole weight.
  case deviation
  /// Each column is multiplied by ln((1 + n) / (1 + df)) + 1, where df of the n rows have a value
  /// that is not zero: the smooth inverse document frequency of scikit-learn. Weights do not count.
  ///
  /// Terms that are in few texts say more of them (Spärck Jones, A statistical interpretation of
  /// term specificity and its application in retrieval, Journal of Documentation 28(1), 1972).
  case inverseDocumentFrequency = "inverse-document-frequency"
}

extension PointSource {
  /// The divisors of columns by a scale; nothing is subtracted.
  ///
  /// - Parameter moments: those of the rows, not mapped.
  /// - Complexity: O(d) as ``standardization(_:)-(ColumnMoments<Scalar>)``; O(n d), one pass, for
  ///   document frequencies, of sparse rows O(nonzeros), and for deviations of sparse rows.
  package func standardization(
    _ scale: ColumnScale, _ moments: ColumnMoments<Scalar>
  ) throws(Failure) -> RowTransform.Standardization {
    let deviations =
      switch scale {
      case .deviation: try standardization(densely(moments)).deviations
      case .inverseDocumentFrequency:
        try reduce(into: DocumentFrequencies<Scalar>(columns: columns)).deviations
      }
    return RowTransform.Standardization(
      means: Array(repeating: 0, count: columns), deviations: deviations)
  }

  /// The same moments; those of sparse rows, which were summed without the zeros, to the bits of
  /// the dense rows.
  private func densely(
    _ moments: ColumnMoments<Scalar>
  ) throws(Failure) -> ColumnMoments<Scalar> {
    guard sparseRows != nil else { return moments }
    return try reduce(
      into: ColumnMoments<Scalar>(columns: columns, instructionSet: execution.kernels))
  }
}

/// The number of rows whose value is not zero, for each column: whole numbers, which any order adds
/// up to the same ones.
package struct DocumentFrequencies<Scalar: ClusteringScalar>: RowReduction {
  /// df of each column [d].
  package private(set) var counts: [Int]
  /// n.
  package private(set) var rows = 0

  package init(columns: Int) { counts = Array(repeating: 0, count: columns) }

  package var needsDistances: Bool { false }
  package var isUnordered: Bool { true }
  package var takesCompressed: Bool { true }
  package func empty() -> DocumentFrequencies { DocumentFrequencies(columns: counts.count) }
  package mutating func reset() { self = empty() }

  package mutating func accumulate(_ block: LabeledRows<Scalar>) {
    rows += block.points.count
    counts.withUnsafeMutableBufferPointer { counts in
      if let compressed = block.points.rows.compressed {
        for number in 0..<compressed.count {
          let row = compressed[number]
          for place in 0..<row.count where row.values[place] != 0 {
            counts[row.column(place)] &+= 1
          }
        }
        return
      }
      for row in 0..<block.points.count {
        let values = block.points.rows[row]
        for column in counts.indices { counts[column] &+= values[column] != 0 ? 1 : 0 }
      }
    }
  }

  package mutating func merge(_ later: borrowing DocumentFrequencies) {
    rows += later.rows
    for column in counts.indices { counts[column] += later.counts[column] }
  }

  /// 1 / (ln((1 + n) / (1 + df)) + 1) of each column: at most 1, above 0.02 of any number of rows.
  package var deviations: [Double] {
    counts.map { 1 / (JavaLogarithm.log(Double(1 + rows) / Double(1 + $0)) + 1) }
  }
}
