internal import KMeansKernelTypes
internal import KMeansLinearAlgebra

// The strategy `inverted`: products of sparse rows by an inverted index of the centroids, and a
// scan of the scores, as for `blas`. The bound is that of ``ScoreErrorBound``, for as many products
// as a row has values.
extension NearestCentroids {
  /// Leaves the label of each row in `scratch.labels`, and what it was found by.
  ///
  /// - Parameter rows: all rows of a block.
  /// - Returns: the number of rows that had more than one candidate.
  func assignInverted(
    _ rows: ListedRows<Scalar>, _ scratch: AssignmentScratch<Scalar>,
    others: UnsafeMutablePointer<Double>?
  ) -> Int {
    precondition(rows.list == nil, "products lie in the order of the block")
    multiplyTerms(rows, scratch)
    return packed.low.withUnsafeBufferPointer { low in
      kernels.nearestTwo(
        scratch.tile, packed.width, rows.count, packed.width, low.baseAddress!, scratch.labels,
        scratch.best, scratch.second)
      return rerank(rows, scratch, low, others: others) { line($0, scratch) }
    }
  }

  /// Leaves the products of some rows of a block with all centroids in `scratch.tile`, and their
  /// squared norms in `scratch.norms`.
  func multiplyTerms(_ rows: ListedRows<Scalar>, _ scratch: AssignmentScratch<Scalar>) {
    guard let index = packed.index, let terms = scratch.terms else {
      preconditionFailure("a strategy without an inverted index")
    }
    index.vectorNumbers.withUnsafeBufferPointer { vectorNumbers in
      for first in stride(from: 0, to: rows.count, by: TermScratch<Scalar>.groupRows) {
        let group = first..<min(first + TermScratch<Scalar>.groupRows, rows.count)
        for place in group {
          let row = rows.number(place)
          let values = compressed(row, of: rows.rows, terms)
          terms.sort(values, at: place - first, by: vectorNumbers.baseAddress!)
          scratch.norms[row] = squaredNorm(of: values)
        }
        multiply(index, terms, count: group.count) {
          scratch.tile + rows.number(first &+ $0) &* packed.width
        }
      }
    }
  }

  /// A row of a block, sparse or not, without its zeros.
  @inline(__always)
  private func compressed(
    _ row: Int, of rows: Rows<Scalar>, _ terms: TermScratch<Scalar>
  ) -> CompressedRow<Scalar> {
    if let compressed = rows.compressed { return compressed[row] }
    return terms.compress(rows[row], columns: rows.columns)
  }

  /// The squared norm of a row, infinite where it has more values than the bound is made for:
  /// nothing is ruled out for it then.
  @inline(__always)
  private func squaredNorm(of row: CompressedRow<Scalar>) -> Scalar {
    guard row.count <= centering.mostTerms ?? .max else { return .infinity }
    return Scalar(row.squaredNorm)
  }

  /// The products of rows whose terms are sorted.
  ///
  /// - Parameter products: says where those of each of `count` rows go.
  @inline(__always)
  private func multiply(
    _ index: InvertedIndex<Scalar>, _ terms: TermScratch<Scalar>, count: Int,
    into products: (Int) -> UnsafeMutablePointer<Scalar>
  ) {
    let slice = InvertedIndex<Scalar>.sliceWidth
    for first in stride(from: 0, to: index.width, by: slice) {
      let vectors = index.vectors.base + first &* index.vectorCount
      for row in 0..<count {
        let start = terms.vectorStarts[row]
        kernels.multiplyTerms(
          terms.vectorNumbers + start, terms.vectorValues + start,
          terms.vectorStarts[row &+ 1] &- start, vectors, products(row) + first)
      }
    }
    guard terms.listStarts[count] > 0 else { return }
    index.listStarts.withUnsafeBufferPointer { starts in
      for row in 0..<count {
        let start = terms.listStarts[row]
        kernels.addListedTerms(
          terms.listColumns + start, terms.listValues + start,
          terms.listStarts[row &+ 1] &- start, starts.baseAddress!, index.listCentroids.base,
          index.listValues.base, products(row))
      }
    }
  }

  /// Hands a row of a block with its zeros to a closure.
  @inline(__always)
  func withPoint<Result>(
    _ row: Int, of rows: Rows<Scalar>, _ scratch: AssignmentScratch<Scalar>,
    _ body: (UnsafePointer<Scalar>) -> Result
  ) -> Result {
    guard let compressed = rows.compressed else { return body(rows[row]) }
    guard let terms = scratch.terms else { preconditionFailure("sparse rows without scratch") }
    return terms.withDense(compressed[row], body)
  }

  /// The squared distance of sparse rows to the centroids that their labels name.
  func directDistances(
    _ rows: CompressedRows<Scalar>, columns: Int, _ labels: UnsafePointer<Int32>,
    _ distances: UnsafeMutablePointer<Double>
  ) {
    var made: UnsafeMutablePointer<Scalar>?
    defer { if let made { LargeMemory.give(back: made) } }
    /// A row of zeros, made for the first centroid that has too many values to be merged with.
    func zeros() -> UnsafeMutablePointer<Scalar> {
      if let made { return made }
      let dense = LargeMemory.take(columns, of: Scalar.self)
      dense.initialize(repeating: 0, count: columns)
      made = dense
      return dense
    }
    centroids.withRows { centroids in
      for number in 0..<rows.count {
        let (row, label) = (rows[number], Int(labels[number]))
        if let distance = packed.compressed?.squaredDistance(row, label, columns: columns) {
          distances[number] = distance
          continue
        }
        let dense = zeros()
        row.scatter(to: dense)
        distances[number] = kernels.directDistance(dense, centroids[label], columns)
        row.clear(dense)
      }
    }
  }
}
