import ArgumentParser
import Clustering
import Foundation
import KMeansLinearAlgebra

/// Many small models, one for each key: points a second, and bytes a model.
struct KeyedBench: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "keyed",
    abstract: "Many small models, one for each key: points a second, and bytes a model.")

  @Option(help: "The number of keys.")
  var keys = 100_000

  @Option(name: .short, help: "The number of clusters of a model.")
  var k = 4

  @Option(help: "The number of columns.")
  var columns = 8

  @Option(help: "Rows of a batch, each of a key that is drawn anew.")
  var batchSize = 20_000

  @Option(help: "Batches that are timed.")
  var batches = 100

  @Option(help: "The rows that a model begins with, at least k.")
  var firstRows = 4

  @Option(help: "Threads; what the process may use otherwise.")
  var threads: Int?

  @Option(help: "Half-life, in batches of a model.")
  var halfLife = 50.0

  @Flag(help: "Ask for predictions, too.")
  var predictions = false

  @Flag(help: "One JSON object on stdout.")
  var json = false

  func validate() throws {
    guard keys > 0, k > 0, columns > 0, batchSize > 0, batches > 0, firstRows >= k else {
      throw ValidationError("expected numbers above 0, and --first-rows of at least -k")
    }
  }

  func run() throws {
    var parameters = StreamingParameters(
      clusterCount: k, forgetting: .halfLife(halfLife, .batches), seed: 1)
    parameters.start = .firstRows(firstRows)
    parameters.execution = Execution(threads: threads)
    let names = (0..<keys).map { "sensor-\($0)" }
    var random = DriftRandom(state: 1)
    let memory = ProcessMemory.inUse
    let pool = try KeyedStreams<Float>(parameters)
    let beginning = try seconds { try begin(pool, names, &random) }
    let bytes = Double(ProcessMemory.inUse - memory) / Double(keys)
    var times: [Double] = []
    for _ in 0..<batches {
      let rows = try self.rows(batchSize, &random)
      let rowKeys = (0..<batchSize).map { _ in names[Int(random.uniform() * Double(keys))] }
      times.append(
        try seconds {
          try pool.update(rows, keys: rowKeys, withPredictions: predictions)
        })
    }
    let grown = Double(ProcessMemory.inUse - memory) / Double(keys)
    let rate = Double(batchSize) / median(times)
    let total = Double(batchSize * batches) / times.reduce(0, +)
    let overhead = grown - Double(8 * k * columns)
    if json {
      print(
        "{\"keys\":\(keys),\"clusters\":\(k),\"columns\":\(columns),\"batchSize\":\(batchSize),"
          + "\"threads\":\(parameters.execution.threadCount),\"pointsPerSecond\":\(rate),"
          + "\"pointsPerSecondInAll\":\(total),\"beginSeconds\":\(beginning),"
          + "\"bytesPerModelAtFirst\":\(bytes),\"bytesPerModel\":\(grown),"
          + "\"overheadBytes\":\(overhead)}")
    } else {
      print("\(keys) models of k = \(k), d = \(columns), begun in \(beginning) s")
      print("\(Int(rate)) points/s in batches of \(batchSize) (median), \(Int(total)) in all")
      print("\(Int(grown)) bytes a model, \(Int(overhead)) beside its \(k) x \(columns) doubles")
    }
  }

  private func rows(_ count: Int, _ random: inout DriftRandom) throws -> Matrix<Float> {
    var values: [Float] = []
    values.reserveCapacity(count * columns)
    for _ in 0..<count {
      let center = Float(10 * Int(random.uniform() * Double(k)))
      for _ in 0..<columns { values.append(center + Float(random.uniform())) }
    }
    return try Matrix(values.span, columns: columns)
  }

  /// Gives each model the rows that it begins with.
  private func begin(
    _ pool: KeyedStreams<Float>, _ names: [String], _ random: inout DriftRandom
  ) throws {
    let piece = max(1, batchSize / firstRows)
    for first in stride(from: 0, to: keys, by: piece) {
      let own = names[first..<min(first + piece, keys)]
      let rows = try self.rows(own.count * firstRows, &random)
      try pool.update(rows, keys: own.flatMap { Array(repeating: $0, count: firstRows) })
    }
  }
}
