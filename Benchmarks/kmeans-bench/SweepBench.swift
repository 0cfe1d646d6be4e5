import ArgumentParser
import Clustering
import KMeansLinearAlgebra

/// One assignment by every strategy, over dimensions and numbers of clusters: what `auto` is chosen
/// by.
struct SweepBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sweep",
    abstract: "One assignment by every strategy, over d and k: a Markdown table.",
    discussion: """
      Points are drawn from a normal distribution, centroids are distinct rows. The strategies take turns; \
      every figure is a median. The error of auto is how much longer the strategy that it takes needs than \
      the fastest one.
      """)

  @Option(help: ArgumentHelp("Dimensions, with commas.", valueName: "LIST"))
  var dimensions = "2,3,8,16,38,64,128,256,768"

  @Option(
    name: .customLong("clusters"), help: ArgumentHelp("Numbers of clusters.", valueName: "LIST"))
  var clusterCounts = "2,16,64,256,1024"

  @Option(help: "About how many multiply-adds an assignment has.")
  var work = 2_000_000_000

  @Option(help: "float or double.")
  var precision = BenchPrecision.float

  @Option(help: "Threads; what the process may use otherwise.")
  var threads: Int?

  @Option(help: "Repetitions; the median counts.")
  var repetitions = 5

  func run() throws {
    switch precision {
    case .float: try sweep(Float.self)
    case .double: try sweep(Double.self)
    }
  }

  private func sweep<Scalar: ClusteringScalar>(_ type: Scalar.Type) throws {
    let isa = try InstructionSet.fromEnvironment()
    let threads = AvailableThreads.count(threads)
    let limit = MultiplyAddLimit.gigaflops(type, isa, threads: threads)
    let strategies = [Execution.Strategy.blas, .fused, .filtered].filter { $0.isAvailable(on: isa) }
    print("\(precision), \(isa) kernels, \(threads) threads, limit \(Int(limit)) GFLOP/s\n")
    let columns =
      ["d", "k", "points"] + strategies.map { "\($0), GFLOP/s" } + ["blas / fused"]
      + (strategies.contains(.filtered) ? ["fused / filtered", "candidates a point"] : []) + [
        "auto"
      ]
    print("| \(columns.joined(separator: " | ")) |")
    print("|\(columns.map { _ in "---" }.joined(separator: "|"))|")
    var errors: [ModelError] = []
    for d in try numbers(dimensions) {
      for k in try numbers(clusterCounts) {
        let n = min(1_000_000, max(8192, work / (d * k)))
        guard k <= n else { continue }
        let (times, counts) = try times(
          type, rows: n, columns: d, clusters: k, strategies, isa, threads)
        let rates = times.map { gigaflops(rows: n, columns: d, clusters: k, seconds: median($0)) }
        func ratio(_ first: Int, _ second: Int) -> String {
          short(median(zip(times[first], times[second]).map { $0 / $1 }))
        }
        var fields = ["\(d)", "\(k)", "\(n)"] + rates.map(short) + [ratio(0, 1)]
        if strategies.contains(.filtered) {
          let isLeft = counts.unfiltered > 0 ? " (left to fused)" : ""
          fields += [ratio(1, 2), short(Double(counts.candidates) / Double(n)) + isLeft]
        }
        let taken = Execution.Strategy.auto.resolved(
          columns: d, clusters: k, of: Scalar.self, on: isa)
        let error = ModelError(
          columns: d, clusters: k, times, taken: strategies.firstIndex(of: taken)!)
        errors.append(error)
        fields.append(taken.rawValue + (error.share > 0.005 ? ", \(error.percent)" : ""))
        print("| \(fields.joined(separator: " | ")) |")
      }
    }
    guard let worst = errors.max(by: { $0.share < $1.share }) else { return }
    let mean = errors.reduce(0) { $0 + $1.share } / Double(errors.count)
    print(
      "\nError of auto: \(ModelError.percent(mean)) in the mean over \(errors.count) shapes, at most "
        + "\(worst.percent), at d = \(worst.columns), k = \(worst.clusters)")
  }

  /// How much longer the strategy that `auto` takes needs than the fastest one, turn by turn.
  private struct ModelError {
    let columns: Int
    let clusters: Int
    let share: Double

    init(columns: Int, clusters: Int, _ times: [[Double]], taken: Int) {
      (self.columns, self.clusters) = (columns, clusters)
      let fastest = times.min { median($0) < median($1) }!
      share = max(0, median(zip(times[taken], fastest).map { $0 / $1 }) - 1)
    }

    var percent: String { Self.percent(share) }
    static func percent(_ share: Double) -> String { "+\((share * 1000).rounded() / 10) %" }
  }

  /// The seconds of each strategy, turn by turn, and what the last one counted.
  private func times<Scalar: ClusteringScalar>(
    _ type: Scalar.Type, rows: Int, columns: Int, clusters: Int, _ strategies: [Execution.Strategy],
    _ isa: InstructionSet, _ threads: Int
  ) throws -> ([[Double]], AssignmentCounts) {
    let data = try BenchData<Scalar>(rows: rows, columns: columns, clusters: clusters)
    var labels = [Int32](repeating: 0, count: rows)
    var times = strategies.map { _ in [Double]() }
    var counts = AssignmentCounts()
    for repetition in 0...repetitions {
      for (place, strategy) in strategies.enumerated() {
        let time = labels.withUnsafeMutableBufferPointer { labels in
          seconds {
            data.points.withRows { rows in
              let nearest = NearestCentroids(
                data.start, centering: Centering(medianOf: rows), strategy: strategy,
                instructionSet: isa)
              let pass = RowPass(
                WeightedRows(rows: rows), clusters: clusters, threads: threads)
              counts = pass.assign(nearest, into: Assignment(labels: labels.baseAddress!))
            }
          }
        }
        if repetition > 0 { times[place].append(time) }
      }
    }
    return (times, counts)
  }

  private func numbers(_ list: String) throws -> [Int] {
    let numbers = list.split(separator: ",").map { Int($0) }
    guard !numbers.isEmpty, numbers.allSatisfy({ $0 ?? 0 > 0 }) else {
      throw ValidationError("'\(list)': expected whole numbers with commas")
    }
    return numbers.map { $0! }
  }

  private func short(_ number: Double) -> String {
    number < 10 ? "\((number * 100).rounded() / 100)" : "\(Int(number.rounded()))"
  }
}
