import ArgumentParser
import Clustering
import KMeansLinearAlgebra

/// Blocks against our own one-by-one scan, over the last rows of some points.
///
/// Both begin with the same sketch of the rows before, and must end with the same bits. The scan
/// reads all centroids for each row; beside it stands how fast this machine reads as many bytes
/// again and again.
struct ScanComparison<Scalar: ClusteringScalar> {
  private let run: OnePassRun<Scalar>
  private let rows: Range<Int>
  private let isa: InstructionSet

  /// - Parameter rows: how many at the end are timed, but for the first of them.
  init(_ run: OnePassRun<Scalar>, rows: Int, _ isa: InstructionSet) {
    self.run = run
    self.rows = run.points.rows - rows..<run.points.rows
    self.isa = isa
  }

  /// - Returns: whether both ways end with the same bits.
  func add(to report: inout BenchReport, repetitions: Int) throws -> Bool {
    var base = run.newSketch()
    try base.add(run.points.view.rows(0..<rows.lowerBound))
    let centroids = try meanCentroids(base)
    let count = Int(centroids.rounded()) * run.points.columns
    var (blocks, scan, reading): ([Double], [Double], [Double]) = ([], [], [])
    var ends = (base, base)
    for repetition in 0...repetitions {
      // Whoever comes second finds the points in cache.
      for first in repetition.isMultiple(of: 2) ? [true, false] : [false, true] {
        let timed = try time(base, block: first ? run.block : 1)
        if first { ends.0 = timed.sketch } else { ends.1 = timed.sketch }
        if repetition > 0, first { blocks.append(timed.seconds) }
        if repetition > 0, !first { scan.append(timed.seconds) }
      }
      let rate = try CacheRead.bytesPerSecond(Scalar.self, count: count, isa)
      if repetition > 0 { reading.append(rate) }
    }
    let added = Double(rows.count - 1)
    let bytes = added * centroids * Double(run.points.columns * MemoryLayout<Scalar>.stride)
    report.add("scanRows", rows.count - 1)
    report.add("scanCentroids", centroids)
    report.add("scanCollapses", ends.0.collapseCount - base.collapseCount)
    report.add("blocksPointsPerSecond", added / median(blocks))
    report.add("scanPointsPerSecond", added / median(scan))
    report.add("scanTimesBlocks", median(zip(scan, blocks).map { $0 / $1 }))
    report.add("scanBytesPerSecond", bytes / median(scan))
    report.add("cacheBytesPerSecond", median(reading))
    report.add(
      "scanShareOfCache", median(zip(scan, reading).map { bytes / $0 / $1 }))
    report.add("sameBits", same(ends) ? "yes" : "NO")
    return same(ends)
  }

  private func time(
    _ base: StreamingSketch<Scalar>, block: Int?
  ) throws -> (seconds: Double, sketch: StreamingSketch<Scalar>) {
    var sketch = base
    sketch.blockRows = block
    // Lets the copy have memory of its own before the clock runs.
    try sketch.add(run.points.view.rows(rows.prefix(1)))
    let time = try seconds { try sketch.add(run.points.view.rows(rows.dropFirst())) }
    return (time, sketch)
  }

  /// How many centroids a timed row is compared with, at the mean.
  private func meanCentroids(_ base: StreamingSketch<Scalar>) throws -> Double {
    var (sketch, sum) = (base, 0)
    let slice = 64
    for first in stride(from: rows.lowerBound, to: rows.upperBound, by: slice) {
      let part = first..<min(first + slice, rows.upperBound)
      sum += part.count * sketch.weights.count
      try sketch.add(run.points.view.rows(part))
    }
    return Double(sum) / Double(rows.count)
  }

  private func same(_ ends: (StreamingSketch<Scalar>, StreamingSketch<Scalar>)) -> Bool {
    ends.0.centroids == ends.1.centroids && ends.0.weights == ends.1.weights
      && ends.0.squaredErrors == ends.1.squaredErrors
      && ends.0.distanceCutoff == ends.1.distanceCutoff
  }
}
