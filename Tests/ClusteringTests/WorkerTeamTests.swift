// Threads that stay awake from one pass to the next.
import Clustering
import Dispatch
import Synchronization
import Testing

@Suite struct WorkerTeamTests {
  /// Numbered pieces of work, each of which is to be done once.
  private final class Pieces: Sendable {
    let next = Atomic(0)
    let sum = Atomic(0)
    let workers = Atomic(0)

    func work(_ count: Int) {
      workers.wrappingAdd(1, ordering: .relaxed)
      while true {
        let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard piece < count else { return }
        sum.wrappingAdd(piece + 1, ordering: .relaxed)
      }
    }
  }

  @Test func `every piece is done once, call after call`() {
    let team = WorkerTeam()
    for call in 0..<20_000 {
      let (pieces, count) = (Pieces(), call % 50)
      team.run(helpers: call % 4) { pieces.work(count) }
      #expect(pieces.sum.load(ordering: .relaxed) == count * (count + 1) / 2)
      let workers = pieces.workers.load(ordering: .relaxed)
      #expect(workers >= 1 && workers <= 4)
    }
  }

  @Test func `a call within a call goes on alone`() {
    let team = WorkerTeam()
    let (outer, inner) = (Pieces(), Pieces())
    team.run(helpers: 1) {
      team.run(helpers: 3) { inner.work(10) }
      outer.work(10)
    }
    #expect(outer.sum.load(ordering: .relaxed) == 55)
    #expect(inner.sum.load(ordering: .relaxed) == 55)
    #expect(
      inner.workers.load(ordering: .relaxed) == outer.workers.load(ordering: .relaxed),
      "each worker of the outer call makes the inner one by itself")
  }

  @Test func `several threads may call`() {
    let team = WorkerTeam()
    let wrong = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: 4) { _ in
      for _ in 0..<2000 {
        let pieces = Pieces()
        team.run(helpers: 1) { pieces.work(20) }
        if pieces.sum.load(ordering: .relaxed) != 210 {
          wrong.wrappingAdd(1, ordering: .relaxed)
        }
      }
    }
    #expect(wrong.load(ordering: .relaxed) == 0)
  }
}
