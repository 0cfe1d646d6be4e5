// Rows that come one by one are learnt by one task, while others ask the same stream at any time.
import Clustering

@main
enum Visitors {
  static func main() async throws {
    let shared = SharedStream(
      StreamingKMeans<Float>(clusterCount: 3, forgetting: .halfLife(10, .batches), seed: 1))

    // Who reads never waits for an update, and sees whole states only.
    let reader = Task {
      var (states, last) = (0, -1)
      while !Task.isCancelled {
        let snapshot = shared.snapshot
        if snapshot.batchCount != last { (states, last) = (states + 1, snapshot.batchCount) }
        try? await Task.sleep(for: .milliseconds(1))
      }
      return states
    }

    // A batch is 500 rows, or what comes within a second. A slow stream holds its source back.
    let batches = visits(4_800).batches(of: 500, within: .seconds(1))
    for try await learnt in shared.training(on: batches, predicting: .outlierScores) {
      let odd = learnt.predictions?.outlierScores.count { $0 > 6 } ?? 0
      let report = learnt.report
      print("batch \(report.number): \(report.points) rows, \(odd) odd, inertia \(report.inertia)")
    }
    reader.cancel()
    print("the reader saw \(await reader.value > 0 ? "whole states" : "nothing")")

    // Points with keys: labels come back with them.
    let points = try Matrix<Float>([[12, 1], [90, 30], [45, 8]])
    let asked = AsyncStream<KeyedBatch<String, Float>> {
      $0.yield(KeyedBatch(keys: ["Ada", "Bob", "Cyd"], points))
      $0.finish()
    }
    for try await labels in shared.predictOnValues(on: asked) {
      for one in labels { print("\(one.key) belongs to cluster \(one.cluster)") }
    }
  }

  /// Visits of three kinds: how long they took, and how many pages they saw. One in 1,000 is a
  /// robot's.
  static func visits(_ count: Int) -> AsyncStream<[Float]> {
    AsyncStream { continuation in
      for number in 0..<count {
        let kind = [Float(10), 45, 90][number % 3]
        // Regular noise is good enough here.
        let turn = Float(number * 37 % 101) / 101
        let isRobot = number % 1_000 == 999
        continuation.yield([kind + 4 * turn, isRobot ? 900 : kind / 3 + turn])
      }
      continuation.finish()
    }
  }
}
