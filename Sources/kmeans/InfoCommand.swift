import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// kmeans info: describes a file.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say what a model or data file holds.")

  @OptionGroup var source: InputOptions

  @Flag(help: "One JSON object on stdout, nothing else.")
  var json = false

  func run() throws {
    let facts =
      if let kind = try archiveKind(source.input) {
        try modelFacts(kind)
      } else {
        try dataFacts()
      }
    if json {
      try Dictionary(uniqueKeysWithValues: facts.map { ($0.name, $0.value) }).printJSON()
    } else {
      let width = facts.map(\.name.count).max()! + 2
      try Streams.print(
        facts.map {
          visible($0.name.padding(toLength: width, withPad: " ", startingAt: 0) + $0.value.text)
        })
    }
  }

  private func modelFacts(_ kind: String) throws -> [Fact] {
    guard kind == KMeansModel<Float>.archiveKind else {
      return [Fact("file", .text(source.input)), Fact("kind", .text(kind))]
    }
    let isFloat = try KMeansModel<Float>.holdsFloats(source.input)
    // Floats are doubles, so one way of reading serves both.
    let model = try KMeansModel<Double>.load(from: source.input)
    let weight = model.clusterWeights.reduce(0, +)
    var facts =
      [
        Fact("file", .text(source.input)), Fact("kind", .text(kind)),
        Fact("precision", .text(isFloat ? "float" : "double")),
        Fact("clusters", .number(Double(model.clusterCount))),
        Fact("dimension", .number(Double(model.dimension))),
        Fact(
          "distance", .text((model.transform.normalizes ? Distance.cosine : .euclidean).rawValue)),
        Fact("standardized", .flag(model.transform.standardization != nil)),
      ] + learning(model) + [
        Fact("inertia", .number(model.inertia)),
        Fact(model.streamed == nil ? "points" : "weight", .number(weight)),
        Fact("largestCluster", .number(model.clusterWeights.max()!)),
        Fact("smallestCluster", .number(model.clusterWeights.min()!)),
      ]
    if let columns = model.inputColumns {
      facts.append(Fact("format", .text(columns.format)))
      facts.append(Fact("fileColumns", .number(Double(columns.fileColumns))))
      if let numbers = columns.numbers {
        facts.append(Fact("chosen", .texts(numbers.map { "\($0)" })))
      }
      if let names = columns.names { facts.append(Fact("names", .texts(names))) }
      if let first = columns.firstIndex { facts.append(Fact("firstIndex", .number(Double(first)))) }
    }
    return facts
  }

  /// The facts of how the model was made: a stream has no iterations, but batches and a time.
  private func learning(_ model: KMeansModel<Double>) -> [Fact] {
    guard let streamed = model.streamed else {
      return [
        Fact("iterations", .number(Double(model.iterations))),
        Fact("converged", .flag(model.converged)),
      ]
    }
    return [
      Fact("batches", .number(Double(model.iterations))),
      Fact("timeUnit", .text(streamed.unit)), Fact("time", .number(streamed.time)),
      streamed.halfLife.map { Fact("halfLife", .number($0)) }
        ?? Fact("halfLife", .text("never")),
    ]
  }

  private func dataFacts() throws -> [Fact] {
    let info = try source.open(source.reading).info
    var facts = [
      Fact("file", .text(info.path)), Fact("format", .text(info.format.rawValue)),
      Fact("gzip", .flag(info.isCompressed)), Fact("values", .text(info.valueType)),
      Fact("precision", .text(info.precision.rawValue)),
      Fact("columns", .number(Double(info.columns))),
    ]
    if let rows = info.rows { facts.insert(Fact("rows", .number(Double(rows))), at: 5) }
    if [.libsvm, .spark].contains(info.format) {
      facts.append(Fact("memory", .text("rows are made dense, zeros included")))
    }
    if let first = info.firstIndex { facts.append(Fact("firstIndex", .number(Double(first)))) }
    if let summary = info.columnSummary { facts.append(Fact("chosen", .text(summary))) }
    let others = info.remarks.filter { $0 != info.columnSummary }
    if !others.isEmpty { facts.append(Fact("remarks", .texts(others))) }
    if let arrays = info.arrayNames { facts.append(Fact("arrays", .texts(arrays))) }
    let names = info.chosenColumns.compactMap(\.name)
    if !names.isEmpty { facts.append(Fact("names", .texts(names))) }
    return facts
  }
}

/// One line about a file.
private struct Fact {
  enum Value: Encodable {
    case text(String), texts([String]), number(Double), flag(Bool)

    var text: String {
      switch self {
      case .text(let text): text
      case .texts(let texts): texts.joined(separator: ", ")
      case .number(let number):
        number == number.rounded() && number.magnitude < 1e15 ? "\(Int(number))" : "\(number)"
      case .flag(let flag): flag ? "yes" : "no"
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .texts(let texts): try container.encode(texts)
      case .number(let number): try container.encode(number)
      case .flag(let flag): try container.encode(flag)
      }
    }
  }

  let name: String
  let value: Value

  init(_ name: String, _ value: Value) {
    self.name = name
    self.value = value
  }
}
