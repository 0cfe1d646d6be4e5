// Sums of sparse rows, to the bits of those of dense ones: what is not stored would only add +0.
extension ClusterSums {
  /// Adds the weight and the number of the rows of a block alone: sums of no columns. Those of
  /// sparse rows are made cluster by cluster, see ``SparseMeans``.
  mutating func addWeights(of block: LabeledRows<Scalar>) {
    let layout = shape.layout
    for row in 0..<block.points.count {
      let label = Int(block.labels[row])
      values[layout.weight(of: label)] += block.points.weight(row)
      values[layout.number(of: label)] += 1
    }
  }

  /// Adds every row of a block to the sum of its label.
  mutating func add(
    _ rows: CompressedRows<Scalar>, _ labels: UnsafePointer<Int32>,
    _ weights: UnsafePointer<Double>?
  ) {
    let shape = shape
    values.withUnsafeMutableBufferPointer { values in
      let sums = values.baseAddress!
      for number in 0..<rows.count {
        let (label, weight) = (Int(labels[number]), weights?[number] ?? 1)
        let sum = sums + label &* shape.layout.stride
        let target = SparseSum<Scalar>(sums: sum, residuals: sum + shape.residuals)
        if let exact = shape.exact {
          target.add(rows[number], splitter: exact.splitter)
        } else {
          target.add(rows[number], weight: weights == nil ? nil : weight)
        }
        sums[shape.layout.weight(of: label)] += weight
        sums[shape.layout.number(of: label)] += 1
      }
    }
  }
}

/// The places of the sum of some sparse rows, a value a column. An unsafe handle.
struct SparseSum<Scalar: ClusteringScalar> {
  let sums: UnsafeMutablePointer<Double>
  /// The parts of values that are no multiples of the unit of exact sums.
  let residuals: UnsafeMutablePointer<Double>

  /// Adds a row times its weight, rounded as `accumulate` rounds.
  @inline(__always)
  func add(_ row: CompressedRow<Scalar>, weight: Double?) {
    for place in 0..<row.count {
      let (column, value) = (row.column(place), Double(row.values[place]))
      sums[column] = sums[column] + (weight.map { $0 * value } ?? value)
    }
  }

  /// Adds a row without rounding, as `addExactly` does.
  @inline(__always)
  func add(_ row: CompressedRow<Scalar>, splitter: Double) {
    for place in 0..<row.count {
      let (column, value) = (row.column(place), Double(row.values[place]))
      let multiple = (value + splitter) - splitter
      sums[column] = sums[column] + multiple
      // Whole numbers leave nothing.
      if value != multiple { residuals[column] = residuals[column] + (value - multiple) }
    }
  }
}
