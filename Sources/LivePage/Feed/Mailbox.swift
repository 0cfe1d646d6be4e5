// Where the latest of something lies until it is read.

import KMeansLocks

/// The latest value for any number of readers. Whoever is slow finds the latest only: nothing waits
/// for a reader, and nothing is kept for one.
package final class Mailbox<Value: Sendable>: Sendable {
  /// A value, and the number of it, from 1.
  package struct Letter: Sendable {
    package let number: Int
    package let value: Value
  }

  private struct State {
    var latest: Letter?
    var waiting: [Int: CheckedContinuation<Letter?, Never>] = [:]
    var readers = 0
  }

  private let state = Mutex(State())

  package init() {}

  /// The number of the latest value; 0 where there is none.
  package var number: Int { state.withLock { $0.latest?.number ?? 0 } }

  /// Replaces the value and wakes all who wait.
  package func post(_ value: Value) {
    let (letter, waiting) = state.withLock { state in
      let letter = Letter(number: (state.latest?.number ?? 0) + 1, value: value)
      state.latest = letter
      defer { state.waiting = [:] }
      return (letter, Array(state.waiting.values))
    }
    for reader in waiting { reader.resume(returning: letter) }
  }

  /// Wakes all who wait without a value.
  package func nudge() {
    let waiting = state.withLock { state in
      defer { state.waiting = [:] }
      return Array(state.waiting.values)
    }
    for reader in waiting { reader.resume(returning: nil) }
  }

  /// The latest value, once its number is above another one.
  ///
  /// - Returns: `nil` where the reader was nudged, or its task is cancelled.
  package func next(after number: Int) async -> Letter? {
    let reader = state.withLock { state in
      state.readers += 1
      return state.readers
    }
    return await withTaskCancellationHandler {
      await withCheckedContinuation { continuation in
        let isReady = state.withLock { state in
          // A task that is cancelled later finds the reader among those that wait.
          let isReady = state.latest?.number ?? 0 > number || Task.isCancelled
          if !isReady { state.waiting[reader] = continuation }
          return isReady
        }
        if isReady { continuation.resume(returning: letter(after: number)) }
      }
    } onCancel: {
      state.withLock { $0.waiting.removeValue(forKey: reader) }?.resume(returning: nil)
    }
  }

  private func letter(after number: Int) -> Letter? {
    state.withLock { state in
      if let latest = state.latest, latest.number > number { latest } else { nil }
    }
  }
}
