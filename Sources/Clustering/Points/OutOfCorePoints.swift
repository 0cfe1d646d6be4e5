/// Points that are read again for every pass, so that memory holds a part of them at a time.
package final class OutOfCorePoints<Scalar: ClusteringScalar>: PointSource {
  package typealias Failure = any Error

  private let feed: AnyRowSource<Scalar>
  private var weightValues: UnsafeMutableBufferPointer<Double>?
  private let plan: MemoryPlan
  private let validate: @Sendable (Int) throws(ClusteringError) -> Void
  private var buffer: Matrix<Scalar>
  /// The number of rows; `nil` before all were read once.
  private var knownCount: Int?
  package let execution: Execution
  package var map: RowMap<Scalar>?

  /// - Parameters:
  ///   - weights: checked, but for their number.
  ///   - validate: throws where so many points cannot be clustered.
  init(
    _ feed: AnyRowSource<Scalar>, weights: [Double]?, plan: MemoryPlan, _ execution: Execution,
    validate: @escaping @Sendable (Int) throws(ClusteringError) -> Void
  ) throws {
    self.validate = validate
    self.feed = feed
    self.plan = plan
    self.execution = execution
    weightValues = weights.map { weights in
      let memory = UnsafeMutableBufferPointer<Double>.allocate(capacity: weights.count)
      _ = memory.initialize(from: weights)
      return memory
    }
    buffer = try Matrix(
      reserving: plan.partRows(
        points: feed.expectedRows, stripeRows: Stripes.rows(clusters: 1)) ?? 1,
      columns: feed.columns)
  }

  deinit { weightValues?.deallocate() }

  package var count: Int {
    guard let knownCount else { preconditionFailure("the points have not been counted yet") }
    return knownCount
  }

  package var columns: Int { feed.columns }
  package var weights: UnsafePointer<Double>? {
    weightValues.map { UnsafePointer($0.baseAddress!) }
  }
  package var hitRoom: Int? { plan.hitRoom(points: count) }
  package var isCancellable: Bool { true }

  package func forgetWeights(of rows: [Int]) {
    let weights = weightValues ?? .allocate(capacity: count)
    if weightValues == nil { weights.initialize(repeating: 1) }
    weightValues = weights
    for row in rows { weights[row] = 0 }
  }

  package func forEachPart(
    stripeRows: Int, _ body: (RowPass<MappedRows<Scalar>>) -> Void
  ) throws {
    try makeRoom(stripeRows: stripeRows)
    let partRows = buffer.reservedRows / stripeRows * stripeRows
    try feed.rewind()
    var first = 0
    while true {
      let rows = try readPart(partRows)
      if rows > 0, first + rows <= min(knownCount ?? .max, weightValues?.count ?? .max) {
        buffer.withRows { rows in
          let points = WeightedRows(rows: rows, weights: weights.map { $0 + first })
          body(
            RowPass(
              MappedRows(points, map: map), stripeRows: stripeRows, threads: threads,
              firstRow: first, isCancellable: true))
        }
      }
      try checkCancellation()
      first += rows
      if rows < partRows { break }
    }
    try check(count: first)
  }

  /// Makes room for at least one stripe.
  private func makeRoom(stripeRows: Int) throws {
    let points = knownCount ?? feed.expectedRows
    guard let rows = plan.partRows(points: points, stripeRows: stripeRows) else {
      throw plan.tooSmall(points: points)
    }
    buffer.removeAllRows()
    if buffer.reservedRows < rows { try buffer.reserve(rows: rows) }
  }

  /// Reads as many rows as a part has, or those that are left.
  private func readPart(_ partRows: Int) throws -> Int {
    buffer.removeAllRows()
    while buffer.rows < partRows {
      let count = try buffer.append(atMost: partRows - buffer.rows) { try feed.read(&$0) }
      if count == 0 { break }
    }
    return buffer.rows
  }

  /// Checks that every pass sees as many rows as the first one.
  private func check(count: Int) throws {
    if let knownCount {
      guard count == knownCount else {
        throw ClusteringError.pointsChanged(found: count, expected: knownCount)
      }
      return
    }
    try validate(count)
    if let weightValues, weightValues.count != count {
      throw ClusteringError.weightCountMismatch(weights: weightValues.count, points: count)
    }
    knownCount = count
  }

  /// Copies of some rows: from their places where the source can seek, else by a pass.
  package func unmappedRows(_ numbers: [Int]) throws -> Matrix<Scalar> {
    let order = numbers.indices.sorted { (numbers[$0], $0) < (numbers[$1], $1) }
    var found = try Matrix<Scalar>(rows: numbers.count, columns: columns)
    if let seek = feed.seek {
      var row = try Matrix<Scalar>(reserving: 1, columns: columns)
      for place in order {
        try seek(numbers[place])
        row.removeAllRows()
        guard try row.append(atMost: 1, by: { try feed.read(&$0) }) > 0 else {
          throw ClusteringError.pointsChanged(found: numbers[place], expected: count)
        }
        for column in 0..<columns { found[place, column] = row[0, column] }
      }
      return found
    }
    var next = 0
    let unmapped = map
    map = nil
    defer { map = unmapped }
    try forEachPart(stripeRows: Stripes.rows(clusters: 1)) { pass in
      while next < order.count, numbers[order[next]] < pass.firstRow + pass.rows.count {
        let row = pass.rows.points.rows[numbers[order[next]] - pass.firstRow]
        for column in 0..<columns { found[order[next], column] = row[column] }
        next += 1
      }
    }
    return found
  }

  package func failure(_ error: ClusteringError) -> any Error { error }
}

/// A source of rows without its type: only that of its scalars is known.
struct AnyRowSource<Scalar: ClusteringScalar> {
  let columns: Int
  /// The number of rows, as far as it is known before they are read.
  let expectedRows: Int
  /// Goes back to the first row.
  let rewind: () throws -> Void
  /// Appends rows while there is room; none at the end.
  let read: (inout OutputSpan<Scalar>) throws -> Void
  /// Goes to a row, where the source can do so without reading those before it.
  let seek: ((Int) throws -> Void)?

  /// - Parameter source: stays where it is; the feed reads it there.
  init<Source: RewindableRowSource<Scalar>>(_ source: Owned<Source>) {
    columns = source.value.columns
    expectedRows = source.value.remainingRowsEstimate ?? 0
    rewind = { try source.value.rewind() }
    read = { try source.value.read(into: &$0) }
    // Asked for at run time: a source that cannot seek is none the worse.
    seek = (source.value as? any SeekableRowSource).flatMap { seekable in
      guard seekable.canSeek else { return nil }
      return { row in
        guard var seekable = source.value as? any SeekableRowSource else { return }
        try seekable.seek(toRow: row)
        source.value = seekable as! Source
      }
    }
  }

  /// A place of its own for a value that closures share.
  final class Owned<Value> {
    var value: Value

    init(_ value: Value) { self.value = value }
  }
}
