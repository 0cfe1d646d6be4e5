// Finds attacks in a stream of network connections, in the order in which they came, without ever
// having seen a label: KDD Cup 1999, of whose 494,021 connections four in five are attacks.
//
//     swift run -c release KMeansAnomaliesExample Examples/Data/kddcup.data_10_percent.csv.gz
//
// Each batch is predicted by what the batches before have taught, and then learnt. An outlier
// score is a distance in units of the usual one of the cluster; above the threshold a connection is
// called odd. The labels are read beside the points, only to count. Who learns all that comes finds
// little: a flood is usual after one batch. Who learns what is not odd finds nine attacks in ten.
import Batching
import Clustering

@main
enum Anomalies {
  static func main() throws {
    let arguments = CommandLine.arguments.dropFirst()
    guard let path = arguments.first else {
      print("usage: anomalies FILE [THRESHOLD]")
      return
    }
    let threshold = arguments.dropFirst().first.flatMap { Double($0) } ?? 2

    for learnsOdd in [true, false] {
      var detector = Detector(threshold: threshold, learnsOdd: learnsOdd)
      // The last column names the kind; text is no point, and goes along as the key of its row.
      let options = ReadingOptions(auxiliary: AuxiliaryColumns(key: "42"))
      let batches = try FileBatches<Float>([path], options: options, limit: 1_000)
      var counts = Counts()
      while let batch = try batches.next() {
        let odd = try detector.isOdd(batch.points)
        for (kind, isOdd) in zip(batch.keys ?? [], odd) {
          counts.add(isAttack: kind != "normal.", isOdd: isOdd)
        }
      }
      print(learnsOdd ? "learning all that comes:" : "learning what is not odd:")
      print(counts)
    }
  }
}

/// What is odd, by a stream of clusters.
struct Detector {
  let threshold: Double
  /// Whether odd rows are learnt, too: a flood is then odd when it begins, and usual after a while.
  let learnsOdd: Bool
  private var stream: StreamingKMeans<Float>

  init(threshold: Double, learnsOdd: Bool) {
    (self.threshold, self.learnsOdd) = (threshold, learnsOdd)
    var parameters = StreamingParameters(
      clusterCount: 30, forgetting: .halfLife(50, .batches), seed: 1)
    parameters.start = .firstRows(3_000)
    parameters.deaths = .never
    stream = StreamingKMeans(parameters)
  }

  /// Predicts a batch, then learns it.
  mutating func isOdd(_ rows: Matrix<Float>) throws -> [Bool] {
    let rows = try Self.scaled(rows)
    if learnsOdd {
      let (predictions, _) = try stream.predictThenUpdate(rows, predicting: .outlierScores)
      return odd(predictions, rows.rows)
    }
    let predictions =
      stream.hasStarted ? try stream.predict(rows, predicting: .outlierScores) : nil
    let odd = odd(predictions, rows.rows)
    let weights = odd.map { $0 ? 0.0 : 1.0 }
    _ = try stream.update(rows, weights: weights.span)
    return odd
  }

  /// While the stream waits for its first rows nothing is odd.
  private func odd(_ predictions: Predictions?, _ count: Int) -> [Bool] {
    predictions?.outlierScores.map { $0 > threshold } ?? Array(repeating: false, count: count)
  }

  /// Counts of bytes and of connections span many powers of ten: their logarithms do not.
  private static func scaled(_ rows: Matrix<Float>) throws -> Matrix<Float> {
    try Matrix(rows.rowArrays.map { row in row.map { logarithm(1 + max($0, 0)) } })
  }

  /// The logarithm to the base of 2, linear between powers: good enough here.
  private static func logarithm(_ value: Float) -> Float {
    Float(value.exponent) + value.significand - 1
  }
}

/// How often what is odd is an attack, and how many attacks are odd.
struct Counts: CustomStringConvertible {
  private var rows = 0
  private var attacks = 0
  private var odd = 0
  private var both = 0

  mutating func add(isAttack: Bool, isOdd: Bool) {
    rows += 1
    attacks += isAttack ? 1 : 0
    odd += isOdd ? 1 : 0
    both += isAttack && isOdd ? 1 : 0
  }

  var description: String {
    func share(_ part: Int, of whole: Int) -> Double {
      whole == 0 ? 0 : (1_000 * Double(part) / Double(whole)).rounded() / 1_000
    }
    return "\(rows) connections, \(attacks) attacks, \(odd) odd: precision "
      + "\(share(both, of: odd)), recall \(share(both, of: attacks))"
  }
}
