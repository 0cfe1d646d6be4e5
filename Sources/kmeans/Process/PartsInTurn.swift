import Dispatch
import KMeansLocks

/// Parts of a job, by their numbers, of which each thread takes the next one that none has taken.
/// What is made of each depends on the part alone, never on the threads.
final class PartsInTurn: Sendable {
  private struct State: Sendable {
    /// The parts that nobody has taken, the last one first.
    var rest: [Int]
    /// The number of parts that are being made.
    var atWork = 0
    /// The fault of the first of the parts that have one.
    var problem: (part: Int, error: any Error)?
  }

  private let state: Mutex<State>
  private let threads: Int
  private let workers: Int

  /// - Parameters:
  ///   - parts: in the order in which they are taken.
  ///   - threads: at least 1.
  init(_ parts: [Int], threads: Int) {
    state = Mutex(State(rest: parts.reversed()))
    self.threads = threads
    workers = min(threads, parts.count)
  }

  /// How many threads a part that is being made may use now: towards the end there are fewer parts
  /// than threads.
  var threadsForEach: Int {
    state.withLock { max(1, threads / max(1, $0.rest.count + $0.atWork)) }
  }

  /// Makes all parts.
  ///
  /// - Parameters:
  ///   - begin: makes what a thread needs, before its first part.
  ///   - make: makes a part.
  /// - Throws: what is wrong with the first part that has a fault; none begins behind a fault.
  func run<Tool>(
    _ begin: @escaping @Sendable () throws -> Tool,
    _ make: @escaping @Sendable (_ part: Int, _ tool: Tool) throws -> Void
  ) throws {
    DispatchQueue.concurrentPerform(iterations: workers) { [self] _ in
      var tool: Tool?
      while let part = next() {
        do {
          let own = try tool ?? begin()
          tool = own
          try make(part, own)
          end()
        } catch {
          end((part, error))
        }
      }
    }
    if let problem = state.withLock({ $0.problem }) { throw problem.error }
  }

  private func next() -> Int? {
    state.withLock { state in
      guard state.problem == nil, let part = state.rest.popLast() else { return nil }
      state.atWork += 1
      return part
    }
  }

  private func end(_ fault: (part: Int, error: any Error)? = nil) {
    state.withLock { state in
      state.atWork -= 1
      guard let fault, state.problem.map({ fault.part < $0.part }) ?? true else { return }
      state.problem = fault
    }
  }
}
