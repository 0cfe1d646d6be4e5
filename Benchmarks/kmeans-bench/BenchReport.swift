import Clustering
import Foundation
import KMeansLinearAlgebra

/// What a benchmark prints: what was run, on what, and the figures.
struct BenchReport {
  /// One line of the report.
  private enum Value: Encodable {
    case text(String), whole(Int), number(Double)

    var text: String {
      switch self {
      case .text(let text): text
      case .whole(let number): "\(number)"
      case .number(let number): String(format: "%.6g", number)
      }
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .text(let text): try container.encode(text)
      case .whole(let number): try container.encode(number)
      case .number(let number): try container.encode(number)
      }
    }
  }

  private var lines: [(name: String, value: Value)]

  init<Scalar: ClusteringScalar>(
    _ benchmark: String, _ options: BenchOptions, _ data: BenchData<Scalar>, _ isa: InstructionSet
  ) {
    lines = [
      ("benchmark", .text(benchmark)),
      ("data", .text(options.data ?? "normal distribution, seed \(options.seed)")),
      ("points", .whole(data.points.rows)), ("dimension", .whole(data.points.columns)),
      ("clusters", .whole(options.k)), ("start", .text(data.startName)),
      ("precision", .text(Scalar.self == Float.self ? "float" : "double")),
      ("threads", .whole(options.threadCount)),
      (
        "strategy",
        .text(
          options.strategy.resolved(
            columns: data.points.columns, clusters: options.k, of: Scalar.self, on: isa
          ).rawValue)
      ),
      ("repetitions", .whole(options.repetitions)),
    ]
    addMachine(isa)
  }

  /// A report that begins with some facts.
  init(_ facts: [(name: String, value: String)]) {
    lines = facts.map { ($0.name, .text($0.value)) }
  }

  /// Adds what the figures depend on besides what is run.
  mutating func addMachine(_ isa: InstructionSet) {
    add("isa", isa.rawValue)
    add("processor", Self.processor)
    add("openblas", OpenBLAS.configuration ?? "none")
    add("openblasCore", OpenBLAS.coreName ?? "none")
    let isNamed = Self.environment("OPENBLAS_CORETYPE") != nil
    add("openblasCoreChosenBy", isNamed ? "OPENBLAS_CORETYPE" : "OpenBLAS")
    if let problem = OpenBLASCore.problem() {
      FileHandle.standardError.write(
        Data("warning: \(problem); peers that use OpenBLAS suffer, too\n".utf8))
    }
  }

  mutating func add(_ name: String, _ value: String) { lines.append((name, .text(value))) }
  mutating func add(_ name: String, _ value: Double) { lines.append((name, .number(value))) }
  mutating func add(_ name: String, _ value: Int) { lines.append((name, .whole(value))) }

  /// Prints the report: a line each, or one JSON object.
  func print(json: Bool) throws {
    if json {
      let encoder = JSONEncoder()
      encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
      encoder.nonConformingFloatEncodingStrategy = .convertToString(
        positiveInfinity: "inf", negativeInfinity: "-inf", nan: "nan")
      let object = Dictionary(uniqueKeysWithValues: lines.map { ($0.name, $0.value) })
      Swift.print(String(decoding: try encoder.encode(object), as: UTF8.self))
    } else {
      let width = lines.map(\.name.count).max()! + 2
      for (name, value) in lines {
        Swift.print(name.padding(toLength: width, withPad: " ", startingAt: 0) + value.text)
      }
    }
  }

  private static func environment(_ name: String) -> String? {
    ProcessInfo.processInfo.environment[name]
  }

  private static var processor: String {
    let info = (try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? ""
    let line = info.split(separator: "\n").first { $0.hasPrefix("model name") }
    return line.map { $0.split(separator: ":").last!.trimmingCharacters(in: .whitespaces) }
      ?? "unknown"
  }
}
