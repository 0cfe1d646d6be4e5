import Clustering
import Foundation
import KMeansFiles

/// All that the results of the phases depend on, as lines of text: a run goes on from files that
/// were left by one of the same identity, and from no others.
///
/// Threads, strategies and outputs are not in it, nor is how ball k-means runs: they change no
/// file.
struct RunIdentity: Equatable {
  /// A line a file: its path, its size in bytes, and the time of its last change.
  let inputs: String
  /// A line an option.
  let options: String

  init(inputs: String, options: String) { (self.inputs, self.options) = (inputs, options) }

  init(_ command: OnePassCommand, _ parameters: SketchParameters, _ plan: MapReducePlan) throws {
    inputs = try InputFiles(command.source.paths).paths.map { path in
      guard path != "-", let status = FileStatus(of: path), status.isRegularFile else {
        return "\(path)\tpipe"
      }
      return "\(canonicalPath(path))\t\(status.size)\t\(status.modified)"
    }.joined(separator: "\n")
    let cutoff: String =
      switch parameters.distanceCutoff {
      case .fixed(let cutoff): "\(cutoff)"
      case .estimated, .shindler: "-1"
      }
    let rows = command.source.rows
    let lines: [String?] =
      [
        "--splits \(plan.splits)", "-k \(parameters.clusterCount)", "--seed \(parameters.seed)",
        parameters.numClusters.map { "-km \($0)" }, "-e \(cutoff)", "--beta \(parameters.beta)",
        parameters.clusterLogFactor.map { "--log-factor \($0)" },
        "--overshoot \(parameters.clusterOvershoot)",
        "--collapse \(parameters.collapse.rawValue)",
        "--distance \(parameters.distance.kind.rawValue)",
        DistanceMeasure(plain: parameters.distance.kind) == parameters.distance
          ? nil : "parameters of the distance \(Self.checksum("\(parameters.distance)"))",
        "--power \(parameters.usedPower)",
        "-sc \(MahoutSearch(parameters.searcher).rawValue)\(Self.numbers(parameters.searcher))",
        parameters.standardizes ? "--standardize" : nil,
        command.source.pointWeights.map { "--point-weights \($0)" },
        command.source.ids.idColumn.map { "--id-column \($0)" },
        rows.maxBadRows.map { "--max-bad-rows \($0)" },
      ] + rows.given.map { Optional($0) }
    options = lines.compactMap { $0 }.joined(separator: "\n")
  }

  /// The options of a search.
  private static func numbers(_ searcher: SketchParameters.Searcher) -> String {
    switch searcher {
    case .brute: ""
    case .projection(let projections, let size), .fastProjection(let projections, let size):
      " -np \(projections) -s \(size)"
    case .hashing(let size): " -s \(size)"
    }
  }

  /// A number that other runs do not have, for names.
  var number: String {
    Self.checksum(inputs) + Self.checksum(options)
  }

  private static func checksum(_ text: String) -> String {
    var sum = Checksum()
    Array(text.utf8).withUnsafeBytes { sum.add($0) }
    let digits = String(sum.value, radix: 16)
    return String(repeating: "0", count: 8 - digits.count) + digits
  }

  /// The difference from the run that left files behind; `nil` where there is none.
  func difference(from earlier: RunIdentity) -> String? {
    let (own, theirs) = (inputs.lines, earlier.inputs.lines)
    if own != theirs {
      let file = zip(own, theirs).first { $0.0 != $0.1 }
      guard own.count == theirs.count, let file else {
        return "of other inputs: \(counted(theirs.count, "file")), not \(own.count)"
      }
      let (name, old) = (file.0.fields[0], file.1.fields[0])
      return name == old
        ? "of other inputs: \(name) has changed since" : "of other inputs: \(old), not \(name)"
    }
    let (now, before) = (options.lines, earlier.options.lines)
    guard now != before else { return nil }
    let (added, missing) = (
      now.filter { !before.contains($0) }, before.filter { !now.contains($0) }
    )
    let was = missing.isEmpty ? "no \(added[0])" : missing.joined(separator: " ")
    let instead = added.isEmpty || missing.isEmpty ? "" : ", not \(added.joined(separator: " "))"
    return "of other options: \(was)\(instead)"
  }
}

extension String {
  fileprivate var lines: [Substring] { split(separator: "\n", omittingEmptySubsequences: false) }
}

extension Substring {
  fileprivate var fields: [Substring] { split(separator: "\t", omittingEmptySubsequences: false) }
}
