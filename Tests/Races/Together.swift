import Foundation

/// Several threads at the same time.
enum Together {
  /// Calls a closure on so many threads, which begin together, and waits for all.
  ///
  /// - Returns: what they returned, in the order of their numbers.
  static func run<Value: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    let board = Board<Value>(count: count)
    for number in 0..<count {
      Thread.detachNewThread { board.note(Result { try body(number) }, from: number) }
    }
    return try board.wait().map { try $0.get() }
  }

  /// Waits on this thread for what a task returns.
  static func wait<Value: Sendable>(
    _ body: @escaping @Sendable () async throws -> Value
  ) throws -> Value {
    let board = Board<Value>(count: 1)
    Task {
      do { board.note(.success(try await body()), from: 0) } catch {
        board.note(.failure(error), from: 0)
      }
    }
    return try board.wait()[0].get()
  }
}

/// Where threads leave what they found. A condition is a lock that ThreadSanitizer sees.
///
/// `@unchecked Sendable`: all is done under the lock.
private final class Board<Value: Sendable>: @unchecked Sendable {
  private let condition = NSCondition()
  private var results: [Result<Value, any Error>?]

  init(count: Int) { results = Array(repeating: nil, count: count) }

  func note(_ result: Result<Value, any Error>, from number: Int) {
    condition.withLock {
      results[number] = result
      condition.signal()
    }
  }

  func wait() -> [Result<Value, any Error>] {
    condition.withLock {
      while results.contains(where: { $0 == nil }) { condition.wait() }
      return results.map { $0! }
    }
  }
}

/// A number that threads change without a lock: what ThreadSanitizer has to find.
final class Unguarded: @unchecked Sendable {
  private(set) var count = 0

  func add() { count += 1 }
}
