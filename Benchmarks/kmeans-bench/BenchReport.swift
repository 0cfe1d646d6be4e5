import Clustering
import Foundation
import KMeansCOpenBLAS
import KMeansLinearAlgebra
import VectorIO

/// What a benchmark prints: what was run, on what, and the figures.
struct BenchReport {
  private var facts: [(name: String, value: String)]
  private var figures: [(name: String, value: Double)] = []

  init<Scalar: ClusteringScalar>(
    _ benchmark: String, _ options: BenchOptions, _ data: BenchData<Scalar>, _ isa: InstructionSet
  ) {
    facts = [
      ("benchmark", benchmark),
      ("data", options.data ?? "normal distribution, seed \(options.seed)"),
      ("points", "\(data.points.rows)"), ("dimension", "\(data.points.columns)"),
      ("clusters", "\(options.k)"), ("start", data.startName),
      ("precision", Scalar.self == Float.self ? "float" : "double"),
      ("threads", "\(options.threadCount)"), ("strategy", options.strategy.rawValue),
      ("isa", isa.rawValue), ("repetitions", "\(options.repetitions)"),
      ("processor", Self.processor), ("openblas", Self.openBLAS),
      ("core", String(cString: openblas_get_corename())),
    ]
  }

  mutating func add(_ name: String, _ value: Double) { figures.append((name, value)) }

  func print(json: Bool) {
    if json {
      let parts =
        facts.map { "\"\($0.name)\": \(Int($0.value).map(String.init) ?? quoted($0.value))" }
        + figures.map { "\"\($0.name)\": \($0.value.isFinite ? "\($0.value)" : "null")" }
      Swift.print("{" + parts.joined(separator: ", ") + "}")
    } else {
      let width = (facts.map(\.name) + figures.map(\.name)).map(\.count).max()! + 2
      for (name, value) in facts {
        Swift.print(name.padding(toLength: width, withPad: " ", startingAt: 0) + value)
      }
      for (name, value) in figures {
        let text = value == value.rounded() && value.magnitude < 1e15
          ? "\(Int(value))" : String(format: "%.6g", value)
        Swift.print(name.padding(toLength: width, withPad: " ", startingAt: 0) + text)
      }
    }
  }

  private func quoted(_ text: String) -> String {
    "\"" + text.replacingOccurrences(of: "\\", with: "\\\\")
      .replacingOccurrences(of: "\"", with: "\\\"") + "\""
  }

  private static var openBLAS: String {
    String(cString: openblas_get_config()).trimmingCharacters(in: .whitespaces)
  }

  private static var processor: String {
    let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = info.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line.map { $0.split(separator: ":").last!.trimmingCharacters(in: .whitespaces) }
      ?? "unknown"
  }
}
