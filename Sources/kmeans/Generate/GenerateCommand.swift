import ArgumentParser
import Foundation
import KMeansFiles
package import KMeansScenes
import VectorIO

/// kmeans generate: makes a stream of points whose clusters are known.
struct GenerateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Make a stream of points whose clusters, and what becomes of them, are known.",
    discussion: """
      Scenes: \(Scene.Kind.allCases.map { "\($0.rawValue) (\($0.summary))" }.joined(separator: "; ")).
      The same options and seed give the same bits on any machine. Rows go to a file, to a folder with \
      a file for each batch, or else to the standard output as csv; --truth writes where the \
      clusters are in each batch, and what happens.
      Example: kmeans generate jump --points 500 | kmeans stream - --batch-size 500 -k 4 --half-life 2
      """)

  @Argument(
    help: ArgumentHelp(
      "What happens: \(Scene.Kind.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "scene"))
  var kind: Scene.Kind

  @OptionGroup(title: "Scene") var options: SceneOptions
  @OptionGroup(title: "Output") var results: GenerateOutputOptions

  func validate() throws { try options.check(kind) }

  func run() throws {
    let scene = options.scene(kind)
    try scene.checkMemory()
    let stream: SceneStream
    do {
      stream = try scene.stream()
    } catch {
      throw Failure.usage(SceneOptions.line(error))
    }
    let outputs = try GenerateOutputs(results, scene)
    let clock = ContinuousClock()
    let start = clock.now
    let made =
      switch results.precision ?? .double {
      case .double: try outputs.write(stream, as: Double.self)
      case .float: try outputs.write(stream, as: Float.self)
      }
    let report = GenerateReport(scene, made, seconds: (clock.now - start).seconds)
    if results.messages.json { return try report.printJSON() }
    if results.messages.quiet { return }
    let lines = report.lines.map(visible)
    if outputs.takeStdout { return lines.forEach(Streams.say) }
    try Streams.print(lines)
  }
}

extension Scene {
  /// Refuses more clusters than there is memory for, before they are made one by one.
  fileprivate func checkMemory() throws {
    guard let limit = MemoryBudget().limit else { return }
    // Where a center is, was and goes, and what a list of coordinates takes beside them.
    let bytes = Double(clusters) * (256 + 24 * Double(dimension))
    guard bytes > Double(limit) else { return }
    throw Failure.memory(
      "-k \(clusters): so many clusters of \(counted(dimension, "column")) take about "
        + "\(MemoryBudget.text(bytes)) of memory, expected at most "
        + MemoryBudget.text(Double(limit)))
  }
}

extension Scene.Kind: ExpressibleByArgument {}
