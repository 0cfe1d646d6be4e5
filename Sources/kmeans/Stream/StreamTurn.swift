import Foundation
import Synchronization

/// Takes turns between the thread that learns and the one that a signal wakes up: a stream ends
/// between two batches, never in one.
final class StreamTurn: Sendable {
  private let turn = NSLock()
  /// Whether a signal has come: then nobody begins anything new.
  private let isEnding = Atomic(false)
  private let hasFailed = Atomic(false)
  /// Whether somebody waits for an answer.
  private let isAsked = Atomic(false)
  /// Whether somebody wants to look at the stream.
  private let isLookedFor = Atomic(false)

  /// Does something that no signal interrupts. Does not return where one came before or meanwhile:
  /// then the other thread ends the program.
  func work(_ body: () throws -> Void) throws {
    do {
      try turn.withLock {
        if !isEnding.load(ordering: .sequentiallyConsistent) { try body() }
      }
    } catch {
      // Whatever went wrong is what the program ends with.
      hasFailed.store(true, ordering: .sequentiallyConsistent)
      throw error
    }
    if isEnding.load(ordering: .sequentiallyConsistent) { Self.waitForTheEnd() }
  }

  /// Does something between two batches, at once where nothing is at work.
  func ask(_ body: () -> Void) {
    isAsked.store(true, ordering: .sequentiallyConsistent)
    turn.withLock { answer(body) }
  }

  /// Does what was asked for, if that has not been done. To be called by whoever has the turn.
  func answer(_ body: () -> Void) {
    guard isAsked.exchange(false, ordering: .sequentiallyConsistent),
      !isEnding.load(ordering: .sequentiallyConsistent),
      !hasFailed.load(ordering: .sequentiallyConsistent)
    else { return }
    body()
  }

  /// Looks at the stream between two batches, at once where nothing is at work. Nothing changes, so
  /// that it may happen after something has failed, too.
  func look(_ body: () -> Void) {
    isLookedFor.store(true, ordering: .sequentiallyConsistent)
    turn.withLock { answerLook(body) }
  }

  /// Does what somebody waits for who wants to look. To be called by whoever has the turn, or such
  /// a one would wait as long as batch follows batch.
  func answerLook(_ body: () -> Void) {
    if isLookedFor.exchange(false, ordering: .sequentiallyConsistent) { body() }
  }

  /// Does the last thing, as soon as nothing is at work.
  ///
  /// - Returns: what the body returned.
  func end(_ body: () throws -> String) throws -> String {
    isEnding.store(true, ordering: .sequentiallyConsistent)
    return try turn.withLock {
      if hasFailed.load(ordering: .sequentiallyConsistent) { Self.waitForTheEnd() }
      return try body()
    }
  }

  private static func waitForTheEnd() -> Never {
    while true { sleep(1000) }
  }
}
