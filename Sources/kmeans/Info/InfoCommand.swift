import ArgumentParser
import Clustering
import Foundation
import KMeansFiles
import VectorIO

/// kmeans info: describes a file.
struct InfoCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Say what a model or data file holds.",
    discussion: """
      Of a model the centroids, too, in the units of its points: as many as fit, and with --json all \
      of up to a million values. 'kmeans convert MODEL OUT.csv' writes them to a file, and \
      'kmeans describe MODEL' says what they mean.
      """)

  @Argument(
    help: "A file of points or a model, or - for points on the standard input.",
    completion: .file())
  var input: String

  @OptionGroup(title: "Input") var rows: RowOptions
  @OptionGroup(title: "Terms") var terms: TermOptions

  @Flag(help: "One JSON object on stdout, nothing else.")
  var json = false

  func validate() throws { try InputFiles.check([input]) }

  func run() throws {
    let kind = try archiveKind(input)
    let isModel = kind.map { GivenCentroids.modelKinds.contains($0) } ?? false
    if let option = terms.given.first, !isModel {
      throw Failure.usage("\(option): \(input) is no model: expected no such option")
    }
    let names = try terms.featureNames.map { try FeatureNames($0) }
    if let kind, let option = rows.given.first {
      throw Failure.usage(
        "\(option): \(input) is a \(kind), which is shown whole: expected no such option")
    }
    if let kind, GivenCentroids.modelKinds.contains(kind) {
      guard try GivenCentroids.exist(in: input, kind: kind) else {
        return try show(
          [Fact("file", .text(input)), Fact("kind", .text(kind)), Fact("clusters", .number(0))]
            + StreamFacts.facts(input, kind: kind))
      }
      let model = try ModelInfo(input, kind: kind)
      try show(model, names)
    } else if let kind, kind == StreamingSketch<Float>.archiveKind {
      try show([
        Fact("file", .text(input)), Fact("kind", .text(kind)),
        Fact(
          "more", .text("'kmeans sketch info \(ColumnSelection.argument(input))' says all of it")),
      ])
    } else if let kind {
      try show([Fact("file", .text(input)), Fact("kind", .text(kind))])
    } else {
      try show(dataFacts())
    }
  }

  /// Prints a model: its centroids, or where that is asked for their heaviest columns.
  private func show(_ model: ModelInfo, _ names: FeatureNames?) throws {
    try names?.check(columns: model.columns)
    guard !terms.given.isEmpty else {
      return try show(json ? model.facts + [model.values] : model.facts, table: model.table)
    }
    let heaviest = model.terms(names?.all, top: terms.count)
    try show(
      json ? model.facts + [Fact("topTerms", .terms(heaviest.clusters))] : model.facts,
      table: json ? [] : [""] + heaviest.lines(weights: model.weights))
  }

  /// Prints facts, and a table for people.
  private func show(_ facts: [Fact], table: [String] = []) throws {
    if json {
      try Dictionary(uniqueKeysWithValues: facts.map { ($0.name, $0.value) }).printJSON()
    } else {
      try Streams.print((facts.lines + table).map(visible))
    }
  }

  private func dataFacts() throws -> [Fact] {
    var reading = rows.reading
    // A file is described, too, whose rows do not fit into memory with their zeros.
    reading.isSparse = true
    let info = try rows.open(input, reading).info
    var facts = [
      Fact("file", .text(info.path)), Fact("format", .text(info.format.rawValue)),
      Fact("gzip", .flag(info.isCompressed)), Fact("values", .text(info.valueType)),
      Fact("precision", .text(info.precision.rawValue)),
      Fact("columns", .number(Double(info.columns))),
    ]
    if let rows = info.rows { facts.insert(Fact("rows", .number(Double(rows))), at: 5) }
    if let nonzeros = info.nonzeros { facts.append(Fact("nonzeros", .number(Double(nonzeros)))) }
    if let density = info.density { facts.append(Fact("density", .number(density))) }
    if info.isSparse || info.format == .spark {
      let words =
        info.suitsSparse
        ? "fit and assign keep rows without their zeros" : "rows are made dense, zeros included"
      facts.append(Fact("memory", .text(words)))
    }
    if let first = info.firstIndex { facts.append(Fact("firstIndex", .number(Double(first)))) }
    if let summary = info.columnSummary { facts.append(Fact("chosen", .text(summary))) }
    let others = info.remarks.filter { $0 != info.columnSummary }
    if !others.isEmpty { facts.append(Fact("remarks", .texts(others))) }
    if let arrays = info.arrayNames { facts.append(Fact("arrays", .texts(arrays))) }
    if info.columnNames != nil {
      facts.append(Fact("names", .texts(info.chosenColumns.compactMap(\.name))))
    }
    return facts
  }
}
