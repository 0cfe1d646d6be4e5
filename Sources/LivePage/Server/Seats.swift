import Synchronization

/// A number of places that can be taken at the same time: those of open pages.
package final class Seats: Sendable {
  /// How many pages may be open.
  package static let most = 32

  private let limit: Int
  private let count = Atomic(0)

  package init(_ limit: Int) { self.limit = limit }

  package var taken: Int { count.load(ordering: .relaxed) }

  /// Takes a seat.
  ///
  /// - Returns: whether one was free.
  package func take() -> Bool {
    if count.wrappingAdd(1, ordering: .relaxed).newValue <= limit { return true }
    leave()
    return false
  }

  /// Gives a seat back.
  package func leave() { count.wrappingSubtract(1, ordering: .relaxed) }
}
