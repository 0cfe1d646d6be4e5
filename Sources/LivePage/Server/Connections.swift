#if LivePage
  import KMeansLocks

  /// The connections at work, each with the time at which it is too late.
  final class Connections: Sendable {
    /// Those of open pages, and as many as pages, scrapers and strangers may need beside them.
    static let most = Seats.most + 64

    private struct Entry {
      let deadline: Deadline
      let task: Task<Void, Never>
    }

    private struct State {
      var entries: [Int: Entry] = [:]
      var count = 0
    }

    private let state = Mutex(State())

    /// Serves a connection in a task of its own.
    ///
    /// - Returns: whether there was room for it.
    func begin(_ serve: @escaping @Sendable (Deadline) async -> Void) -> Bool {
      state.withLock { state in
        guard state.entries.count < Self.most else { return false }
        state.count += 1
        let (number, deadline) = (state.count, Deadline())
        let task = Task.detached(priority: .utility) { [self] in
          await serve(deadline)
          end(number)
        }
        state.entries[number] = Entry(deadline: deadline, task: task)
        return true
      }
    }

    private func end(_ number: Int) { state.withLock { $0.entries[number] = nil } }

    /// Cancels those whose time is over.
    func endLate() {
      let now = ContinuousClock.now
      let late = state.withLock { state in
        state.entries.values.filter { $0.deadline.isOver(at: now) }.map(\.task)
      }
      for task in late { task.cancel() }
    }
  }

  /// The time by which something must have gone on.
  final class Deadline: Sendable {
    private let instant = Mutex<ContinuousClock.Instant?>(nil)

    func set(_ duration: Duration) { instant.withLock { $0 = .now + duration } }

    func clear() { instant.withLock { $0 = nil } }

    func isOver(at now: ContinuousClock.Instant) -> Bool {
      instant.withLock { $0.map { $0 < now } ?? false }
    }
  }
#endif
