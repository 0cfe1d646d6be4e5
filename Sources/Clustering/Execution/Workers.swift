private import Dispatch
private import Synchronization

private import KMeansCLibrary

/// Runs the same work on several threads and waits for all of them.
enum Workers {
  /// Calls `body` once for each worker, at the same time where there are processors for it.
  ///
  /// `concurrentPerform` and not a task group: it needs no async caller and still completes (on one
  /// thread) in a child process that was forked after the parent used threads.
  static func run(_ count: Int, _ body: @Sendable (Int) -> Void) {
    if count <= 1 {
      body(0)
    } else {
      DispatchQueue.concurrentPerform(iterations: count, execute: body)
    }
  }

  /// Shares numbered pieces of work among threads: a thread that is free takes the next one.
  ///
  /// - Parameters:
  ///   - team: threads that may be awake already.
  ///   - isCancellable: whether the rest is left undone once the task that called is cancelled; the
  ///     caller must then use nothing of it.
  ///   - work: called once by each worker, with the numbers from 0 to `count - 1`, of which each
  ///     goes to one worker.
  static func share(
    _ count: Int, among threads: Int, team: WorkerTeam? = nil, isCancellable: Bool = false,
    _ work: @Sendable (borrowing WorkQueue) -> Void
  ) {
    let queue = WorkQueue(count: count, threads: threads, isCancellable: isCancellable)
    let workers = min(threads, max(1, count))
    if let team {
      team.run(helpers: workers - 1) { work(queue) }
    } else {
      run(workers) { _ in work(queue) }
    }
  }

  /// A number for each index, found on several threads; the order is that of the indices.
  static func map(
    _ count: Int, threads: Int, team: WorkerTeam? = nil, _ body: @Sendable (Int) -> Double
  ) -> [Double] {
    [Double](unsafeUninitializedCapacity: count) { buffer, initialized in
      initialized = count
      guard let base = buffer.baseAddress else { return }
      nonisolated(unsafe) let values = base
      share(count, among: threads, team: team) { queue in
        while let index = queue.next() { values[index] = body(index) }
      }
    }
  }

  /// The numbers of pieces of work that no thread has taken yet.
  struct WorkQueue: ~Copyable, Sendable {
    private let taken = Atomic(0)
    private let finished = Atomic(0)
    private let count: Int
    private let runLength: Int
    private let isCancellable: Bool

    fileprivate init(count: Int, threads: Int, isCancellable: Bool) {
      self.count = count
      self.isCancellable = isCancellable
      // Eight runs or more for each thread, so that none waits long for another in the end.
      var length = 1
      while length < 8, threads < (count + length * 16 - 1) / (length * 16) { length *= 2 }
      runLength = length
    }

    /// The number that the next free thread will take.
    var upcoming: Int { taken.load(ordering: .relaxed) }

    /// Notes that some pieces are done, for the threads that wait for all of them.
    func finish(_ pieces: Int) { finished.wrappingAdd(pieces, ordering: .releasing) }

    /// Waits until all pieces are done. No thread waits for one that has not begun: the caller has
    /// done the pieces that no other thread took.
    ///
    /// - Precondition: there is no next number.
    func waitForAll() {
      var queue = 0
      while finished.load(ordering: .acquiring) < count {
        queue += 1
        if queue % 1024 == 0 { sched_yield() }
      }
    }

    /// Some next numbers, or `nil` when all are taken: for small pieces whose results are merged
    /// with those of their neighbours, because memory that another thread has written is slow to
    /// read.
    func nextRange() -> Range<Int>? {
      stopIfCancelled()
      let first = taken.wrappingAdd(runLength, ordering: .relaxed).oldValue
      return first < count ? first..<min(first + runLength, count) : nil
    }

    /// The next number, or `nil` when all are taken.
    func next() -> Int? {
      stopIfCancelled()
      let number = taken.wrappingAdd(1, ordering: .relaxed).oldValue
      return number < count ? number : nil
    }

    /// Takes all that is left from all threads. Only the thread that called sees its task: the
    /// others do what they have begun.
    private func stopIfCancelled() {
      guard isCancellable, Task.isCancelled else { return }
      finish(max(0, count - taken.exchange(count, ordering: .relaxed)))
    }
  }
}
