import Synchronization

/// Elements one after another, counted as they are asked for; then an error, an end, or neither.
struct CountedSequence<Element: Sendable>: AsyncSequence, Sendable {
  enum End: Sendable {
    case end
    case error
    /// Waits until the task is cancelled, and then just ends, as streams do.
    case waits
  }

  /// The error that may end the elements.
  struct Broken: Error, Equatable {}

  let elements: [Element]
  let end: End
  let asked = Counter()

  init(_ elements: [Element], end: End = .end) {
    (self.elements, self.end) = (elements, end)
  }

  func makeAsyncIterator() -> Iterator { Iterator(sequence: self) }

  struct Iterator: AsyncIteratorProtocol {
    let sequence: CountedSequence
    var place = 0

    mutating func next() async throws -> Element? {
      await Task.yield()
      guard place < sequence.elements.count else {
        switch sequence.end {
        case .end: return nil
        case .error: throw Broken()
        case .waits:
          while !Task.isCancelled { try? await Task.sleep(for: .milliseconds(1)) }
          return nil
        }
      }
      place += 1
      sequence.asked.add()
      return sequence.elements[place - 1]
    }
  }
}

/// A count that several tasks share.
final class Counter: Sendable {
  private let number = Atomic(0)

  var count: Int { number.load(ordering: .sequentiallyConsistent) }

  func add() { number.add(1, ordering: .sequentiallyConsistent) }

  /// Waits until the count is as large, or a second has passed.
  func reaches(_ count: Int) async -> Bool {
    for _ in 0..<1000 where self.count < count { try? await Task.sleep(for: .milliseconds(1)) }
    return self.count >= count
  }
}
