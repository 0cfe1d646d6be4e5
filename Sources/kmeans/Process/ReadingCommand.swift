import Clustering

/// A command that reads files: no standard stream may lead into one of them.
protocol ReadingCommand {
  /// The words that may be files, `-` for the standard input.
  var filesRead: [String?] { get }
}

extension FitCommand: ReadingCommand {
  var filesRead: [String?] {
    InputFiles.all(source.inputs) + [
      FileOrColumn(clustering.pointWeights).file,
      CentroidInitialization(rawValue: clusters.`init`) == nil ? clusters.`init` : nil,
    ]
  }
}

extension AssignCommand: ReadingCommand {
  var filesRead: [String?] { InputFiles.all(source.inputs) + [given.model, given.centroids] }
}

extension StreamCommand: ReadingCommand {
  var filesRead: [String?] {
    source.inputs + [start.isDrawn ? nil : start.`init`, start.weightPath]
  }
}

extension OnePassCommand: ReadingCommand {
  var filesRead: [String?] { InputFiles.all(source.paths) }
}

extension SketchInfoCommand: ReadingCommand {
  var filesRead: [String?] { source.sketches }
}

extension SketchMergeCommand: ReadingCommand {
  var filesRead: [String?] { source.sketches }
}

extension SketchClusterCommand: ReadingCommand {
  var filesRead: [String?] { source.sketches }
}

extension ElbowCommand: ReadingCommand {
  var filesRead: [String?] {
    InputFiles.all(source.inputs) + [FileOrColumn(clustering.pointWeights).file]
  }
}

extension EvaluateCommand: ReadingCommand {
  var filesRead: [String?] {
    InputFiles.all(source.inputs) + [
      given.model, given.centroids, judged.labels, FileOrColumn(judged.labelsTrue).file,
      FileOrColumn(judged.pointWeights).file,
    ] + InputFiles.all([compared.test].compactMap { $0 })
      + [compared.against.map { (try? CentroidFile.path($0)) ?? $0 }]
  }
}

extension QualClusterCommand: ReadingCommand {
  var filesRead: [String?] { (try? evaluation())?.filesRead ?? [] }
}

extension DescribeCommand: ReadingCommand {
  var filesRead: [String?] { [model] + InputFiles.all(inputs) }
}

extension ConvertCommand: ReadingCommand {
  var filesRead: [String?] { InputFiles.all(inputs) }
}

extension ResplitCommand: ReadingCommand {
  var filesRead: [String?] { InputFiles.all(source.paths) }
}

extension InfoCommand: ReadingCommand {
  var filesRead: [String?] { [input] }
}

/// A command that computes: its demands on the machine are checked before it runs.
protocol ComputingCommand {
  var common: RunOptions { get }
}

extension FitCommand: ComputingCommand {}
extension AssignCommand: ComputingCommand {}
extension StreamCommand: ComputingCommand {}
extension OnePassCommand: ComputingCommand {}
extension SketchMergeCommand: ComputingCommand {}
extension SketchClusterCommand: ComputingCommand {}
extension EvaluateCommand: ComputingCommand {}
extension DescribeCommand: ComputingCommand {}
extension ElbowCommand: ComputingCommand {}
