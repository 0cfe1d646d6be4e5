internal import Dispatch
internal import KMeansLinearAlgebra
internal import KMeansLocks

/// Rows on their way from the thread that reads them to the one that uses them. It is bounded: a
/// reader that is faster waits, and so does, behind a full pipe, whoever writes into it.
final class RowQueue<Scalar: MatrixScalar>: Sendable {
  /// Rows that came together.
  struct Arrival: Sendable {
    let block: RowBlock<Scalar>
    let time: ContinuousClock.Instant
    /// How much of the queue it takes: where all of its rows were left out it is not nothing.
    var size: Int { max(1, block.rows) }
  }

  /// What there is to take.
  enum Taken {
    case rows(Arrival)
    /// Nothing came in time.
    case nothing
    /// Nothing will come, for this reason if there is one.
    case end((any Error)?)
  }

  private struct State {
    var arrivals: [Arrival] = []
    /// The first of those that are not taken.
    var next = 0
    var rows = 0
    /// Nothing more will come.
    var isClosed = false
    /// Nobody takes anything any more.
    var isAbandoned = false
    var problem: (any Error)?
    var isReaderWaiting = false
    var isUserWaiting = false
  }

  private let state = Mutex(State())
  private let hasNews = DispatchSemaphore(value: 0)
  private let hasRoom = DispatchSemaphore(value: 0)
  private let limit: Int

  /// - Parameter limit: how many rows may wait; a block of more than that waits alone.
  init(limit: Int) { self.limit = limit }

  /// Adds rows that have just come; waits until there is room for them.
  ///
  /// - Returns: whether anybody may take them; false once the queue is abandoned.
  func add(_ block: RowBlock<Scalar>) -> Bool {
    let arrival = Arrival(block: block, time: .now)
    while true {
      if let isWanted = tryToAdd(arrival) { return isWanted }
      hasRoom.wait()
    }
  }

  /// - Returns: `nil` where there is no room yet.
  private func tryToAdd(_ arrival: Arrival) -> Bool? {
    let (isAdded, isAwaited): (Bool?, Bool) = state.withLock { state in
      if state.isAbandoned { return (false, false) }
      guard state.rows == 0 || state.rows + arrival.size <= limit else {
        state.isReaderWaiting = true
        return (nil, false)
      }
      state.arrivals.append(arrival)
      state.rows += arrival.size
      defer { state.isUserWaiting = false }
      return (true, state.isUserWaiting)
    }
    if isAwaited { hasNews.signal() }
    return isAdded
  }

  /// Says that nothing more will come.
  func close(_ problem: (any Error)? = nil) {
    state.withLock {
      $0.isClosed = true
      $0.problem = problem
    }
    hasNews.signal()
  }

  /// Says that nobody will take anything more.
  func abandon() {
    state.withLock {
      $0.isAbandoned = true
      $0.arrivals = []
    }
    hasRoom.signal()
  }

  /// The next rows that came together, if need be after waiting for them.
  ///
  /// - Parameter deadline: when to stop waiting; never if there is none.
  func take(until deadline: ContinuousClock.Instant?) -> Taken {
    while true {
      let (taken, isAwaited) = state.withLock { state in tryToTake(&state) }
      if isAwaited { hasRoom.signal() }
      if let taken { return taken }
      guard let deadline else {
        hasNews.wait()
        continue
      }
      let rest = ContinuousClock.now.duration(to: deadline)
      guard rest > .zero else { return .nothing }
      _ = hasNews.wait(timeout: .now() + rest / .seconds(1))
    }
  }

  private func tryToTake(_ state: inout State) -> (taken: Taken?, isAwaited: Bool) {
    guard state.next < state.arrivals.count else {
      if state.isClosed { return (.end(state.problem), false) }
      state.isUserWaiting = true
      return (nil, false)
    }
    let arrival = state.arrivals[state.next]
    state.next += 1
    // Those that were taken go when they are half of all, so that each is moved but once or so.
    if 2 * state.next >= state.arrivals.count {
      state.arrivals.removeFirst(state.next)
      state.next = 0
    }
    state.rows -= arrival.size
    defer { state.isReaderWaiting = false }
    return (.rows(arrival), state.isReaderWaiting)
  }
}
