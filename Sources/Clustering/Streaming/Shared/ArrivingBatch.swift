internal import KMeansLocks

/// Rows between a task that reads them and one that takes them in batches: at most two batches, one
/// that is whole and one that fills.
final class ArrivingBatch<Scalar: ClusteringScalar>: Sendable {
  private struct State {
    var whole: [[Scalar]]?
    var filling: [[Scalar]] = []
    /// The number of batches that were filled before, and of rows.
    var number = 0
    var rows = 0
    var columns = 0
    /// Whether the filling one has waited for long enough.
    var isDue = false
    var timer: Task<Void, Never>?
    var end: Result<Void, any Error>?
    var isCancelled = false
    /// Who waits for a batch, and who waits for room.
    var taker: CheckedContinuation<Void, Never>?
    var reader: CheckedContinuation<Void, Never>?
  }

  private let count: Int
  private let time: Duration?
  private let state = Mutex(State())

  /// - Parameters:
  ///   - count: the rows of a batch at most.
  ///   - time: how long its first row waits for others; `nil` for as long as it takes.
  init(count: Int, time: Duration?) {
    (self.count, self.time) = (count, time)
  }

  /// Waits until a row may be added.
  ///
  /// - Returns: false where nobody wants one any more.
  func waitForRoom() async -> Bool {
    await withCheckedContinuation { reader in
      let goesOn = state.withLock { state in
        if state.isCancelled || state.whole == nil || state.filling.count < count { return true }
        state.reader = reader
        return false
      }
      if goesOn { reader.resume() }
    }
    return state.withLock { !$0.isCancelled }
  }

  /// Adds a row, for which there is room.
  ///
  /// - Throws: ``ShapeError`` where it has another length than the first one.
  func add(_ row: [Scalar]) throws {
    let taker = try state.withLock { state throws(ShapeError) in
      if state.rows == 0 { state.columns = row.count }
      guard row.count == state.columns else {
        throw .raggedRow(row: state.rows, length: row.count, columns: state.columns)
      }
      state.rows += 1
      state.filling.append(row)
      if state.filling.count == 1, let time {
        let number = state.number
        state.timer = Task { [weak self] in
          guard (try? await Task.sleep(for: time)) != nil else { return }
          self?.expire(number)
        }
      }
      if state.whole == nil, state.filling.count == count { state.whole = take(&state) }
      return state.whole == nil ? nil : wake(&state.taker)
    }
    taker?.resume()
  }

  /// Ends the rows; what has come is still taken.
  func end(_ end: Result<Void, any Error>) {
    state.withLock { state in
      state.end = end
      return wake(&state.taker)
    }?.resume()
  }

  /// Ends both who wait.
  func cancel() {
    let waiting = state.withLock { state in
      state.isCancelled = true
      state.timer?.cancel()
      return [wake(&state.taker), wake(&state.reader)]
    }
    for one in waiting { one?.resume() }
  }

  /// Waits for a batch.
  ///
  /// - Returns: its rows; `nil` at the end.
  /// - Throws: the error that ended the rows, `CancellationError` once the task is cancelled.
  func next() async throws -> [[Scalar]]? {
    await withTaskCancellationHandler {
      await withCheckedContinuation { taker in
        let isReady = state.withLock { state in
          let hasRows = state.whole != nil || state.isDue
          if hasRows || state.end != nil || state.isCancelled { return true }
          state.taker = taker
          return false
        }
        if isReady { taker.resume() }
      }
    } onCancel: {
      cancel()
    }
    return try takeBatch()
  }

  private func takeBatch() throws -> [[Scalar]]? {
    let (batch, reader) = try state.withLock { state throws(any Error) in
      if state.isCancelled { throw CancellationError() }
      var batch = state.whole
      state.whole = nil
      if batch == nil, !state.filling.isEmpty { batch = take(&state) }
      if state.filling.count == count { state.whole = take(&state) }
      if batch == nil, let end = state.end {
        state.end = .success(())
        try end.get()
      }
      return (batch, wake(&state.reader))
    }
    reader?.resume()
    return batch
  }

  /// Takes the batch that fills.
  private func take(_ state: inout State) -> [[Scalar]] {
    let rows = state.filling
    state.filling = []
    state.number += 1
    state.isDue = false
    state.timer?.cancel()
    state.timer = nil
    return rows
  }

  /// Lets a batch be taken as it is, where it still fills.
  private func expire(_ number: Int) {
    state.withLock { state -> CheckedContinuation<Void, Never>? in
      guard state.number == number, !state.filling.isEmpty else { return nil }
      state.isDue = true
      return wake(&state.taker)
    }?.resume()
  }

  private func wake(
    _ waiting: inout CheckedContinuation<Void, Never>?
  ) -> CheckedContinuation<Void, Never>? {
    defer { waiting = nil }
    return waiting
  }
}
