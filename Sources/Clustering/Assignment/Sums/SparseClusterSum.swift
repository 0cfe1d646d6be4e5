internal import KMeansLinearAlgebra

/// The sum of the rows of one cluster, whose places stay in cache; belongs to one worker. An unsafe
/// handle.
final class SparseClusterSum<Scalar: ClusteringScalar> {
  private let columns: Int
  /// Sums, and residuals of exact ones: all zero but those that are in use [d each].
  private var sums: [UnsafeMutablePointer<Double>] = []
  /// The numbers of those that are not in use.
  private var free: [Int] = []
  /// The sums of stripes that wait for their neighbour.
  private var counter = StripeCounter<Int>()
  /// The stripe that rows are added to, and its sum.
  private var current: (stripe: Int, sum: Int)?
  /// The sum and the residuals of rows that are added without rounding.
  private var exact: (sum: Int, residuals: Int)?
  /// The columns that any row has had a value in; not noted where rows have so many values that a
  /// look at all columns takes less.
  private var touched: [Int32] = []
  private let isTouched: UnsafeMutablePointer<Bool>
  private var notesColumns = true

  init(columns: Int) {
    self.columns = columns
    isTouched = .allocate(capacity: columns)
    isTouched.initialize(repeating: false, count: columns)
  }

  deinit {
    for sum in sums { LargeMemory.give(back: sum) }
    isTouched.deallocate()
  }

  /// Begins with the rows of a cluster.
  ///
  /// - Parameter values: how many values they have.
  func begin(values: Int) { notesColumns = values < columns / 2 }

  /// The number of a sum of nothing.
  private func takeSum() -> Int {
    if let number = free.popLast() { return number }
    let sum = LargeMemory.take(columns, of: Double.self)
    sum.initialize(repeating: 0, count: columns)
    sums.append(sum)
    return sums.count - 1
  }

  @inline(__always)
  private func touch(_ row: CompressedRow<Scalar>) {
    guard notesColumns else { return }
    for place in 0..<row.count where !isTouched[row.column(place)] {
      isTouched[row.column(place)] = true
      touched.append(row.indices[place])
    }
  }

  /// Adds a row without rounding.
  func add(_ row: CompressedRow<Scalar>, splitter: Double) {
    let numbers = exact ?? (takeSum(), takeSum())
    exact = numbers
    touch(row)
    SparseSum(sums: sums[numbers.sum], residuals: sums[numbers.residuals]).add(
      row, splitter: splitter)
  }

  /// Adds a row to the sum of its stripe, none of which comes before that of the row before.
  func add(_ row: CompressedRow<Scalar>, weight: Double?, stripe: Int) {
    if let current, current.stripe != stripe { handIn(current) }
    let sum = current?.sum ?? takeSum()
    current = (stripe, sum)
    touch(row)
    SparseSum(sums: sums[sum], residuals: sums[sum]).add(row, weight: weight)
  }

  private func handIn(_ done: (stripe: Int, sum: Int)) {
    counter.add(done.sum, at: StripeCounter.Place(level: 0, index: done.stripe)) {
      merge($1, into: $0)
    }
    current = nil
  }

  private func merge(_ other: Int, into sum: Int) {
    let (target, source) = (sums[sum], sums[other])
    forEachColumn { column in
      target[column] += source[column]
      source[column] = 0
    }
    free.append(other)
  }

  @inline(__always)
  private func forEachColumn(_ body: (Int) -> Void) {
    if notesColumns {
      for column in touched { body(Int(column)) }
    } else {
      for column in 0..<columns { body(column) }
    }
  }

  /// Leaves the mean, and forgets all rows.
  ///
  /// - Parameter target: d values.
  func takeMean(weight: Double, into target: UnsafeMutablePointer<Scalar>) {
    target.update(repeating: 0, count: columns)
    if let current { handIn(current) }
    let rounded = counter.total { merge($1, into: $0) }
    counter = StripeCounter()
    guard let number = exact?.sum ?? rounded else { return }
    let (sum, residuals) = (sums[number], (exact?.residuals).map { sums[$0] })
    forEachColumn { column in
      target[column] = Scalar((sum[column] + (residuals?[column] ?? 0)) / weight)
      sum[column] = 0
      residuals?[column] = 0
    }
    for column in touched { isTouched[Int(column)] = false }
    touched.removeAll(keepingCapacity: true)
    free.append(number)
    if let exact { free.append(exact.residuals) }
    exact = nil
  }
}
