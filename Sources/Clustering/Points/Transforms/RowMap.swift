internal import KMeansKernelTypes

/// A ``RowTransform`` made ready for rows of one type: maps blocks of rows, and whole matrices.
///
/// Every value is computed in Double, by the operations that define it, and rounded once to the
/// type of the rows: the same bits on every instruction set.
package struct RowMap<Scalar: ClusteringScalar>: Sendable {
  package let transform: RowTransform
  let columns: Int
  private let zero: [Scalar]
  private let linear: PreparedLinear?
  private let instructionSet: InstructionSet
  private let kernels: KernelSet<Scalar>

  /// - Returns: `nil` for the identity.
  package init?(_ transform: RowTransform, columns: Int, instructionSet: InstructionSet) {
    if transform.isIdentity { return nil }
    self.transform = transform
    self.columns = columns
    zero = Array(repeating: 0, count: columns)
    linear = transform.linear.map { PreparedLinear($0) }
    self.instructionSet = instructionSet
    kernels = .compiled(for: instructionSet)
  }

  /// The factor of a column that ``RowTransform/Linear`` gives; `nil` where it gives none.
  func factor(of column: Int) -> Double? { linear?.factor(of: column) }

  /// Maps rows into memory of their size.
  ///
  /// - Complexity: O(rows d), O(rows d^2) where columns are mixed.
  func map(_ rows: Rows<Scalar>, into target: UnsafeMutablePointer<Scalar>) {
    if let linear { return map(rows, by: linear, into: target) }
    for row in 0..<rows.count {
      let values = target + row &* columns
      if let standardization = transform.standardization {
        standardize(rows[row], standardization, into: values)
      } else {
        values.update(from: rows[row], count: columns)
      }
      if transform.normalizes { normalize(values) }
    }
  }

  /// The same where columns are multiplied or mixed: all of it in Double, rounded once.
  private func map(
    _ rows: Rows<Scalar>, by linear: PreparedLinear, into target: UnsafeMutablePointer<Scalar>
  ) {
    withUnsafeTemporaryAllocation(of: Double.self, capacity: columns) { memory in
      let values = memory.baseAddress!
      for row in 0..<rows.count {
        let given = rows[row]
        if let standardization = transform.standardization {
          for column in 0..<columns {
            values[column] =
              (Double(given[column]) - standardization.means[column])
              / standardization.deviations[column]
          }
        } else {
          for column in 0..<columns { values[column] = Double(given[column]) }
        }
        linear.apply(values, columns)
        let mapped = target + row &* columns
        for column in 0..<columns { mapped[column] = Scalar(values[column]) }
        if transform.normalizes { normalize(mapped) }
      }
    }
  }

  private func standardize(
    _ row: UnsafePointer<Scalar>, _ by: RowTransform.Standardization,
    into target: UnsafeMutablePointer<Scalar>
  ) {
    by.means.withUnsafeBufferPointer { means in
      by.deviations.withUnsafeBufferPointer { deviations in
        let (means, deviations) = (means.baseAddress!, deviations.baseAddress!)
        for column in 0..<columns {
          target[column] = Scalar((Double(row[column]) - means[column]) / deviations[column])
        }
      }
    }
  }

  /// Divides a row by its length; one of zeros stays as it is.
  private func normalize(_ row: UnsafeMutablePointer<Scalar>) {
    let squaredLength = zero.withUnsafeBufferPointer {
      kernels.directDistance(row, $0.baseAddress!, columns)
    }
    var divisor = squaredLength.squareRoot()
    if !(squaredLength > 0x1p-900) {
      // The squares underflow: measured in units of the largest value.
      var largest = 0.0
      for column in 0..<columns { largest = max(largest, Double(row[column]).magnitude) }
      if largest == 0 { return }
      var sum = 0.0
      for column in 0..<columns {
        let value = Double(row[column]) / largest
        sum += value * value
      }
      divisor = sum.squareRoot() * largest
    }
    // There are too few of the smallest numbers for a length of 1, so their inverse is not used.
    for column in 0..<columns { row[column] = Scalar(Double(row[column]) / divisor) }
  }

  /// Maps the rows of a matrix.
  @specialized(where Scalar == Float)
  @specialized(where Scalar == Double)
  package func mapped(_ matrix: Matrix<Scalar>) -> Matrix<Scalar> {
    var result = matrix
    var values = result.mutableSpan
    values.withUnsafeMutableBufferPointer { values in
      guard let base = values.baseAddress else { return }
      matrix.withRows { map($0, into: base) }
    }
    return result
  }

  /// Maps centroids that are given in the units of the rows: as rows, but for the length of means.
  func mappedCentroids(_ centroids: Matrix<Scalar>) -> Matrix<Scalar> {
    guard transform.normalizes, !transform.normalizesCentroids else { return mapped(centroids) }
    let lengthsAside = RowTransform(
      standardization: transform.standardization, linear: transform.linear)
    let map = RowMap(lengthsAside, columns: columns, instructionSet: instructionSet)
    return map?.mapped(centroids) ?? centroids
  }

  /// Makes the length of each row of means 1, where centroids are directions; a row of zeros
  /// becomes that of `old`.
  ///
  /// - Parameter isAsBefore: of each mean whether it is an old one, which has that length.
  func renormalized(
    _ means: consuming Matrix<Scalar>, keeping old: Matrix<Scalar>, isAsBefore: [Bool]? = nil,
    threads: Int = 1
  ) -> Matrix<Scalar> {
    guard transform.normalizesCentroids else { return means }
    let columns = columns
    means.withMutableValues { values in
      old.withRows { old in
        nonisolated(unsafe) let values = values
        Workers.share(old.count, among: threads) { queue in
          while let row = queue.next() {
            if isAsBefore?[row] == true { continue }
            renormalize(values + row * columns, keeping: old[row])
          }
        }
      }
    }
    return means
  }

  /// Makes the length of a mean 1; one of zeros, which has no direction, becomes `old`.
  func renormalize(_ mean: UnsafeMutablePointer<Scalar>, keeping old: UnsafePointer<Scalar>) {
    normalize(mean)
    if (0..<columns).allSatisfy({ mean[$0] == 0 }) { mean.update(from: old, count: columns) }
  }
}

/// Rows in memory that a map transforms, block by block, before a pass sees them; unchanged rows
/// without a map.
package struct MappedRows<Scalar: ClusteringScalar>: GatheredRows {
  package let points: WeightedRows<Scalar>
  package let map: RowMap<Scalar>?

  package init(_ points: WeightedRows<Scalar>, map: RowMap<Scalar>?) {
    self.points = points
    self.map = map
  }

  package var count: Int { points.count }
  package var columns: Int { points.rows.columns }

  package func makeMemory(rows: Int) -> MappedBlock<Scalar>? {
    map.map { MappedBlock($0, values: rows * columns) }
  }

  package func load(_ block: Range<Int>, into memory: MappedBlock<Scalar>?) -> WeightedRows<Scalar>
  {
    memory?.mapped(points[block]) ?? points[block]
  }

  package func stored(_ block: Range<Int>) -> Rows<Scalar>? { points.rows[block] }

  package func gather(
    _ numbers: UnsafePointer<Int32>, count: Int, into memory: MappedBlock<Scalar>?
  ) -> ListedRows<Scalar> {
    let listed = ListedRows(points.rows, numbers, count: count)
    return memory.map { ListedRows($0.mapped(listed)) } ?? listed
  }
}

/// The memory of one block of mapped rows; belongs to one worker.
package final class MappedBlock<Scalar: ClusteringScalar> {
  private let map: RowMap<Scalar>
  private let memory: UnsafeMutablePointer<Scalar>

  fileprivate init(_ map: RowMap<Scalar>, values: Int) {
    self.map = map
    memory = .allocate(capacity: max(1, values))
  }

  deinit { memory.deallocate() }

  /// The rows of a list, mapped, one after another; valid until the next call.
  func mapped(_ listed: ListedRows<Scalar>) -> Rows<Scalar> {
    let columns = listed.columns
    for place in 0..<listed.count {
      let row = Rows(base: listed[place], count: 1, columns: columns, stride: columns)
      map.map(row, into: memory + place &* columns)
    }
    return Rows(
      base: UnsafePointer(memory), count: listed.count, columns: columns, stride: columns)
  }

  /// The same points, mapped; valid until the next call.
  fileprivate func mapped(_ points: WeightedRows<Scalar>) -> WeightedRows<Scalar> {
    map.map(points.rows, into: memory)
    let rows = Rows(
      base: UnsafePointer(memory), count: points.count, columns: points.rows.columns,
      stride: points.rows.columns)
    return WeightedRows(rows: rows, weights: points.weights)
  }
}
