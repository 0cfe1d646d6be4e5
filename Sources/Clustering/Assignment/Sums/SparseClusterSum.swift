internal import KMeansLinearAlgebra

/// The sum of the rows of one cluster, whose places stay in cache; belongs to one worker. An unsafe
/// handle.
final class SparseClusterSum<Scalar: ClusteringScalar> {
  private let columns: Int
  /// Sums, and residuals of exact ones: all zero but those that are in use [d each].
  private var sums: [UnsafeMutablePointer<Double>] = []
  /// The numbers of those that are not in use.
  private var free: [Int] = []
  /// The sums of stripes that wait for others, from the first rows to the last: the last stripe of
  /// each, and the number of the sum.
  private var waiting: [(lastStripe: Int, sum: Int)] = []
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

  /// Hands in the sum of a stripe, and merges those before it that a binary counter of all stripes
  /// has merged by then: two neighbours once the next stripe is beyond the smallest node that holds
  /// both. Stripes without a row of the cluster would add zero.
  private func handIn(_ done: (stripe: Int, sum: Int)) {
    while waiting.count >= 2,
      Self.level(waiting[waiting.count - 2].lastStripe, waiting[waiting.count - 1].lastStripe)
        < Self.level(waiting[waiting.count - 1].lastStripe, done.stripe)
    {
      mergeLast()
    }
    waiting.append((done.stripe, done.sum))
    current = nil
  }

  /// The level of the smallest node of a binary counter that holds two stripes.
  private static func level(_ first: Int, _ second: Int) -> Int {
    Int.bitWidth - (first ^ second).leadingZeroBitCount
  }

  private func mergeLast() {
    let last = waiting.removeLast()
    merge(last.sum, into: waiting[waiting.count - 1].sum)
    waiting[waiting.count - 1].lastStripe = last.lastStripe
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
    while waiting.count >= 2 { mergeLast() }
    guard let number = exact?.sum ?? waiting.popLast()?.sum else { return }
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
