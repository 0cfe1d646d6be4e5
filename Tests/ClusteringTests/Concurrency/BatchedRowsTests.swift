// Rows that come one by one and are taken in batches.
import Clustering
import Testing

@Suite("Rows in batches") struct BatchedRowsTests {
  private func rows(_ count: Int) -> [[Float]] { (0..<count).map { [Float($0), 1] } }

  /// The first value of each row, batch by batch.
  private func firsts(_ batches: [Matrix<Float>]) -> [[Int]] {
    batches.map { batch in (0..<batch.rows).map { Int(batch[$0, 0]) } }
  }

  private func all<Batches: AsyncSequence>(
    _ batches: Batches
  ) async throws -> [Matrix<Float>] where Batches.Element == Matrix<Float> {
    var found: [Matrix<Float>] = []
    for try await batch in batches { found.append(batch) }
    return found
  }

  @Test(.timeLimit(.minutes(5)), arguments: [0, 1, 9, 10, 11, 20, 35])
  func `hold so many rows, in their order, and the last what is left`(count: Int) async throws {
    let found = try await all(CountedSequence(rows(count)).batches(of: 10))
    let expected = stride(from: 0, to: count, by: 10).map { Array($0..<min($0 + 10, count)) }
    #expect(firsts(found) == expected)
  }

  @Test(.timeLimit(.minutes(5)))
  func `wait for no more than so long`() async throws {
    let (rows, continuation) = AsyncStream.makeStream(of: [Float].self)
    var batches = rows.batches(of: 100, within: .milliseconds(300)).makeAsyncIterator()
    let clock = ContinuousClock()
    let start = clock.now
    for row in self.rows(3) { continuation.yield(row) }
    let first = try #require(try await batches.next())
    #expect(firsts([first]) == [[0, 1, 2]])
    #expect(clock.now - start >= .milliseconds(250))
    // The time of the next one begins with its first row.
    try await Task.sleep(for: .milliseconds(400))
    continuation.yield([7, 1])
    continuation.yield([8, 1])
    #expect(firsts([try #require(try await batches.next())]) == [[7, 8]])
    continuation.finish()
    #expect(try await batches.next() == nil)
  }

  @Test(.timeLimit(.minutes(5)))
  func `hold at most two batches where nobody takes them`() async throws {
    let source = CountedSequence(rows(100))
    var batches = source.batches(of: 10).makeAsyncIterator()
    for taken in 0..<5 {
      // What was taken, a whole batch and one that fills.
      #expect(await source.asked.reaches(taken * 10 + 20))
      try await Task.sleep(for: .milliseconds(20))
      #expect(source.asked.count == taken * 10 + 20)
      let batch = try #require(try await batches.next())
      #expect(firsts([batch]) == [Array(taken * 10..<taken * 10 + 10)])
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `a slow consumer gets what came meanwhile, and no more than a batch`() async throws {
    let source = CountedSequence(rows(25), end: .waits)
    var batches = source.batches(of: 10, within: .milliseconds(1)).makeAsyncIterator()
    #expect(await source.asked.reaches(20))
    try await Task.sleep(for: .milliseconds(50))
    var found: [Matrix<Float>] = []
    // A millisecond may pass between two of the last five rows: they are one batch or more.
    while found.reduce(0, { $0 + $1.rows }) < 25 {
      found.append(try #require(try await batches.next()))
    }
    #expect(firsts(found).flatMap { $0 } == Array(0..<25))
    #expect(found[0].rows == 10 && found[1].rows == 10)
  }

  @Test(.timeLimit(.minutes(5)))
  func `errors come after the rows before them`() async throws {
    typealias Broken = CountedSequence<[Float]>.Broken
    var batches = CountedSequence(rows(13), end: .error).batches(of: 10).makeAsyncIterator()
    #expect(try await batches.next()?.rows == 10)
    #expect(try await batches.next()?.rows == 3)
    await #expect(throws: Broken()) { _ = try await batches.next() }
    #expect(try await batches.next() == nil)

    var ragged = CountedSequence(rows(11) + [[1]]).batches(of: 10).makeAsyncIterator()
    #expect(try await ragged.next()?.rows == 10)
    #expect(try await ragged.next()?.rows == 1)
    await #expect(throws: ShapeError.raggedRow(row: 11, length: 1, columns: 2)) {
      _ = try await ragged.next()
    }
  }

  @Test(.timeLimit(.minutes(5)))
  func `a cancelled task waits no longer`() async throws {
    let source = CountedSequence(rows(5), end: .waits)
    let task = Task { try await all(source.batches(of: 10)) }
    #expect(await source.asked.reaches(5))
    task.cancel()
    await #expect(throws: CancellationError.self) { _ = try await task.value }
  }

  @Test(.timeLimit(.minutes(5)))
  func `reading ends with the loop`() async throws {
    let ended = Counter()
    let rows = AsyncStream<[Float]> { continuation in
      continuation.onTermination = { _ in ended.add() }
      continuation.yield([1])
    }
    for try await _ in rows.batches(of: 1) { break }
    #expect(await ended.reaches(1))
  }
}
