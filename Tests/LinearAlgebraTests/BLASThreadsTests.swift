import Foundation
import KMeansLinearAlgebra
import Testing

@Suite(.serialized) struct BLASThreadsTests {
  @Test func theSettingOfTheProcessComesBack() {
    let before = BLASThreads.current
    let inside = BLASThreads.single {
      (BLASThreads.current, BLASThreads.single { BLASThreads.current }, BLASThreads.current)
    }
    #expect(inside == (1, 1, 1))
    #expect(BLASThreads.current == before)
  }

  @Test func theLastToLeavePutsItBack() async {
    let before = BLASThreads.current
    await withTaskGroup(of: Void.self) { group in
      for _ in 0..<16 {
        group.addTask {
          for _ in 0..<50 { BLASThreads.single { #expect(BLASThreads.current == 1) } }
        }
      }
    }
    #expect(BLASThreads.current == before)
  }

  /// The user's own sgemm, in a process of its own: as fast after our calls as before, to within what
  /// a shared machine allows, and on as many threads.
  @Test func theUsersOwnProductIsAsFastAfterwards() async throws {
    let result = await #expect(processExitsWith: .success, observing: [\.standardOutputContent]) {
      func product() -> (seconds: Double, processorSeconds: Double) {
        let n = 1024
        let a = [Float](repeating: 1, count: n * n)
        var c = a
        let clock = ContinuousClock()
        return (0..<7).map { _ in
          let processor = clock_seconds()
          let time = clock.measure {
            Float.gemm(
              n, n, n, alpha: 1, a, lda: n, a, ldb: n, transposedB: true, beta: 0, &c, ldc: n)
          }
          let wall = Double(time.components.attoseconds) * 1e-18 + Double(time.components.seconds)
          return (wall, clock_seconds() - processor)
        }.min { $0.0 < $1.0 }!
      }
      let threads = BLASThreads.current
      _ = product()
      let before = product()
      for _ in 0..<100 { BLASThreads.single { _ = product } }
      BLASThreads.single { _ = product() }
      let after = product()
      precondition(BLASThreads.current == threads)
      print("sgemm before \(before.seconds) s, after \(after.seconds) s, \(threads) threads")
      // Threads that did not come back would double the time where there are two processors.
      precondition(after.seconds < 1.7 * before.seconds, "slower: \(before) -> \(after)")
    }
    let output = String(decoding: result?.standardOutputContent ?? [], as: UTF8.self)
    #expect(output.contains("threads"))
  }
}

/// Processor seconds of this process.
private func clock_seconds() -> Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
