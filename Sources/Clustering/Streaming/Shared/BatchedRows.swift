extension AsyncSequence where Self: Sendable {
  /// Rows in batches: of so many rows, or of those that came within some time.
  ///
  /// ```swift
  /// try await shared.train(on: rows.batches(of: 10_000, within: .seconds(1)))
  /// ```
  ///
  /// Rows are read while a batch is worked on, and no further than that: a batch that waits and
  /// one that fills. A source is not asked for more until the first of them is taken.
  ///
  /// - Parameters:
  ///   - count: the rows of a batch at most.
  ///   - time: how long the first row of a batch waits for others; `nil` for as long as it takes. A
  ///     batch that nobody is there to take goes on to grow.
  /// - Returns: matrices [up to `count` x d]. The last one holds what is left, and comes before the
  ///   error where the rows end with one. A row of another length is a ``ShapeError`` with its
  ///   number in the whole sequence.
  /// - Precondition: `count` is above 0.
  public func batches<Scalar: ClusteringScalar>(
    of count: Int, within time: Duration? = nil
  ) -> BatchedRows<Self, Scalar> where Element == [Scalar] {
    precondition(count > 0, "a batch has room for a row")
    return BatchedRows(rows: self, count: count, time: time)
  }
}

/// Batches of rows that come one by one; see `AsyncSequence.batches(of:within:)`.
public struct BatchedRows<Base: AsyncSequence & Sendable, Scalar: ClusteringScalar>: AsyncSequence,
  Sendable
where Base.Element == [Scalar] {
  public typealias Element = Matrix<Scalar>
  public typealias Failure = any Error

  let rows: Base
  let count: Int
  let time: Duration?

  public func makeAsyncIterator() -> Iterator { Iterator(rows, count: count, time: time) }

  public struct Iterator: AsyncIteratorProtocol {
    private let reading: Reading

    init(_ rows: Base, count: Int, time: Duration?) {
      reading = Reading(rows, ArrivingBatch(count: count, time: time))
    }

    /// - Throws: what the rows throw, `CancellationError` once the task is cancelled.
    public mutating func next(
      isolation actor: isolated (any Actor)?
    ) async throws(any Error) -> Matrix<Scalar>? {
      guard let rows = try await reading.arriving.next() else { return nil }
      return try Matrix(rows)
    }
  }

  /// The task that reads rows; it ends with the iterator.
  private final class Reading: Sendable {
    let arriving: ArrivingBatch<Scalar>
    private let task: Task<Void, Never>

    init(_ rows: Base, _ arriving: ArrivingBatch<Scalar>) {
      self.arriving = arriving
      task = Task {
        do {
          var rows = rows.makeAsyncIterator()
          while await arriving.waitForRoom(), let row = try await rows.next() {
            try arriving.add(row)
          }
          arriving.end(.success(()))
        } catch {
          arriving.end(.failure(error))
        }
      }
    }

    deinit {
      task.cancel()
      arriving.cancel()
    }
  }
}
