// The thread setting of OpenBLAS belongs to the process, and other suites run meanwhile: each test
// has a process of its own.
import Foundation
import KMeansLinearAlgebra
import Testing

@Suite struct BLASThreadsTests {
  @Test func `the setting of the process comes back`() async {
    await #expect(processExitsWith: .success) {
      let before = BLASThreads.current
      let inside = BLASThreads.single {
        (BLASThreads.current, BLASThreads.single { BLASThreads.current }, BLASThreads.current)
      }
      precondition(inside == (1, 1, 1), "inside: \(inside)")
      precondition(BLASThreads.current == before)
    }
  }

  @Test func `the least that anybody asks for holds`() async {
    await #expect(processExitsWith: .success) {
      let before = BLASThreads.current
      let most = BLASThreads.limited(to: 1000) { BLASThreads.current }
      precondition(most == before)
      let inside = BLASThreads.limited(to: 2) {
        (BLASThreads.current, BLASThreads.single { BLASThreads.current }, BLASThreads.current)
      }
      precondition(inside == (min(2, before), 1, min(2, before)), "inside: \(inside)")
      precondition(BLASThreads.current == before)
    }
  }

  @Test func `the last to leave puts it back`() async {
    await #expect(processExitsWith: .success) {
      let before = BLASThreads.current
      await withTaskGroup(of: Void.self) { group in
        for _ in 0..<16 {
          group.addTask {
            for _ in 0..<50 { BLASThreads.single { precondition(BLASThreads.current == 1) } }
          }
        }
      }
      precondition(BLASThreads.current == before)
    }
  }

  @Test func `an error puts it back too`() async {
    await #expect(processExitsWith: .success) {
      struct Stop: Error {}
      let before = BLASThreads.current
      do throws(Stop) {
        try BLASThreads.single { () throws(Stop) in throw Stop() }
      } catch {}
      precondition(BLASThreads.current == before)
    }
  }

  /// The user's own sgemm is as fast after our calls as before. Threads that did not come back
  /// would double its time; the bound lies between, and as other programs share the machine, one
  /// good attempt of several is enough.
  @Test func `the users own product is as fast afterwards`() async {
    await #expect(processExitsWith: .success) {
      /// The shortest of some products, in seconds.
      func product() -> Double {
        let n = 1024
        let a = [Float](repeating: 1, count: n * n)
        var c = a
        return (0..<7).map { _ in
          let time = ContinuousClock().measure {
            BLAS.gemm(
              n, n, n, alpha: 1, a, lda: n, a, ldb: n, transposedB: true, beta: 0, &c, ldc: n)
          }
          return Double(time.components.attoseconds) * 1e-18 + Double(time.components.seconds)
        }.min()!
      }
      let threads = BLASThreads.current
      _ = product()
      let isAsFast = (0..<10).contains { _ in
        let before = product()
        for _ in 0..<100 { BLASThreads.single {} }
        _ = BLASThreads.single { product() }
        return product() < 1.5 * before
      }
      precondition(BLASThreads.current == threads)
      precondition(isAsFast, "the product is slower after our calls in ten attempts of ten")
    }
  }
}
