// A sweep of small random inputs through every entry of the library.
import Clustering
import Foundation
import Testing

/// Whatever numbers come in, within the limits that are stated: labels are the argmin for the
/// centroids that are returned, sums add up, all is finite, centroids lie in the box of the rows
/// that weigh something, and neither threads nor instruction sets change a bit.
///
/// `KMEANS_SWEEP_CASES` says how many cases, `KMEANS_SWEEP_FIRST` the number of the first: so one
/// that fails is run alone.
@Suite struct SweepTests {
  static let first = number("KMEANS_SWEEP_FIRST") ?? 0
  static let cases = number("KMEANS_SWEEP_CASES") ?? ordinaryCases

  private static func number(_ name: String) -> Int? {
    ProcessInfo.processInfo.environment[name].flatMap { Int($0) }
  }

  /// As many as take a minute or so.
  private static var ordinaryCases: Int {
    var isDebug = false
    assert(
      {
        isDebug = true; return true
      }())
    return isDebug ? 640 : 100_000
  }

  /// Cases go in turns, so that threads of the tests share them.
  static let queue = 64

  @Test(arguments: 0..<queue)
  func `labels, sums, boxes and bits of small random inputs`(turn: Int) {
    var faults = SweepFaults()
    let numbers = stride(from: Self.first + turn, to: Self.first + Self.cases, by: Self.queue)
    for number in numbers {
      if number % 2 == 0 {
        faults.checkAll(SweepCase<Float>(number))
      } else {
        faults.checkAll(SweepCase<Double>(number))
      }
    }
    for fault in faults.all.prefix(5) { Issue.record("\(fault)") }
    #expect(faults.all.isEmpty, "\(faults.all.count) faults")
    // Most cases are not refused.
    let cases = Array(numbers).count
    for entry in ["assign", "learnt", "sketched", "measured"] where cases > 20 {
      #expect(faults.counts[entry, default: 0] * 3 > cases, "\(entry): \(faults.counts)")
    }
  }

  @Test(arguments: 0..<queue)
  func `bounds that carry over on values of all magnitudes`(turn: Int) {
    var faults = SweepFaults()
    let numbers = stride(from: Self.first + turn, to: Self.first + Self.cases / 50, by: Self.queue)
    for number in numbers {
      if number % 2 == 0 {
        faults.checkGroups(number, of: Float.self)
      } else {
        faults.checkGroups(number, of: Double.self)
      }
    }
    for fault in faults.all.prefix(5) { Issue.record("\(fault)") }
    #expect(faults.all.isEmpty, "\(faults.all.count) faults")
  }
}

extension SweepFaults {
  /// One case through every entry; what takes longest, and is made of the others, in some of them.
  mutating func checkAll<Scalar: ClusteringScalar>(_ input: SweepCase<Scalar>) {
    var faults = SweepFaults()
    faults.checkFits(input)
    faults.checkStream(input)
    faults.checkOnePass(input)
    faults.checkQuality(input)
    if input.number % 8 < 2 { faults.checkBall(input) }
    if input.number % 16 >= 14 { faults.checkCurve(input) }
    add(faults, case: input.number, Scalar.self)
  }
}
