import Clustering
import KMeansLinearAlgebra

/// One pass over synthetic rows that come through a pipe and are never in memory as a whole.
struct PipedOnePass {
  private let options: BenchOptions
  private let sketchOptions: SketchOptions
  private let centroids: String?
  private let blobs: Blobs
  private let rows: Int

  init(_ options: BenchOptions, _ sketch: SketchOptions, centroids: String?) {
    self.options = options
    sketchOptions = sketch
    self.centroids = centroids
    rows = options.syntheticShape!.rows
    blobs = Blobs(
      count: options.k, columns: options.syntheticShape!.columns, seed: options.seed)
  }

  /// Runs once: the rows of a repetition would be as many again.
  func run() throws {
    let isa = try InstructionSet.fromEnvironment()
    let onePass = try sketchOptions.onePass(options, points: rows, isa)
    var report = BenchReport(
      onePass: options, onePass, data: "blobs, seed \(options.seed), through a pipe", points: rows,
      columns: blobs.columns, precision: "float", isa)
    var sketch = StreamingSketch<Float>(onePass.sketch)
    sketch.blockRows = sketchOptions.block
    let sketching = try seconds {
      try RowPipe.read(rows: rows, columns: blobs.columns, fill: blobs.fill) {
        try sketch.add(all: &$0)
      }
    }
    guard sketch.pointCount == rows else {
      throw OnePassFault.rowsLost(found: sketch.pointCount, expected: rows)
    }
    var fit: OnePassKMeans.Fit<Float>!
    let fitting = try seconds { fit = try onePass.fit(sketch) }
    report.add("repetitions", 1)
    report.add("seconds", sketching + fitting)
    report.add("sketchSeconds", sketching)
    report.add("ballSeconds", fitting)
    report.add("pointsPerSecond", Double(rows) / sketching)
    report.add(fit.sketch)
    // Before the rows are made once more, which no one pass could.
    let peak = ProcessMemory.peak
    let holds = try trueCost(fit.model).add(to: &report, fit.cost)
    if let centroids { try fit.model.centroids.write(to: centroids) }
    report.add("peakResidentMegabytes", Double(peak) / 1e6)
    try report.print(json: options.json)
    if !holds { throw OnePassFault.boundsMissed }
  }

  /// The cost over the same rows, made once more block by block.
  private func trueCost(_ model: KMeansModel<Float>) throws -> TrueCost {
    var cost = TrueCost(columns: blobs.columns)
    let block = 1 << 16
    for first in stride(from: 0, to: rows, by: block) {
      let part = first..<min(first + block, rows)
      var points = try Matrix<Float>(rows: part.count, columns: blobs.columns, repeating: 0)
      var values = points.mutableSpan
      values.withUnsafeMutableBufferPointer { blobs.fill(part, $0) }
      try cost.add(points.view, model, threads: options.threadCount)
    }
    return cost
  }
}
