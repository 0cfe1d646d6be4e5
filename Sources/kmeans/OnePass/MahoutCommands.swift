import ArgumentParser
import KMeansFiles
import VectorIO

// Commands of Mahout that its users look for here: not listed, each names its replacement, with the
// files of the command line where it names them.

/// A command of Mahout.
protocol MahoutCommand: ParsableCommand {
  /// - Parameter words: the command line behind the command.
  static func answer(_ words: MahoutWords) -> String
  var ignored: [String] { get }
}

extension MahoutCommand {
  func run() throws {
    throw Failure.usage(
      "\(Self.configuration.commandName ?? ""): \(Self.answer(MahoutWords(ignored)))")
  }

  static func named(_ name: String) -> CommandConfiguration {
    CommandConfiguration(commandName: name, shouldDisplay: false)
  }
}

/// The words of a command line of Mahout.
struct MahoutWords {
  private let words: [String]

  init(_ words: [String]) { self.words = words }

  /// The value of an option as a shell takes it; `nil` where it is not given.
  ///
  /// - Parameter names: its names, such as `-i`.
  func value(_ names: String...) -> String? {
    guard let place = words.firstIndex(where: names.contains), place + 1 < words.count else {
      return nil
    }
    return ColumnSelection.argument(words[place + 1])
  }

  /// The centroids: `-c`, or the file of them in that folder, as 'kmeans onepass -o' writes it.
  var centroids: String {
    guard let place = words.firstIndex(where: ["-c", "--centroids"].contains),
      place + 1 < words.count
    else { return "FILE" }
    let isFolder = FileStatus(of: words[place + 1])?.isFolder ?? false
    return ColumnSelection.argument(
      isFolder ? "\(words[place + 1])/centroids.npy" : words[place + 1])
  }

  /// The input: `-i`, or the first word if that is no option.
  var input: String {
    let first = words.first.flatMap { $0.hasPrefix("-") ? nil : ColumnSelection.argument($0) }
    return value("-i", "--input") ?? first ?? "INPUT"
  }
}

/// mahout qualcluster.
struct QualClusterCommand: MahoutCommand {
  static let configuration = named("qualcluster")
  static func answer(_ words: MahoutWords) -> String {
    "expected 'kmeans evaluate \(words.input) --centroids \(words.centroids)', "
      + "which measures how good clusters are"
  }
  @Argument(parsing: .captureForPassthrough) var ignored: [String] = []
}

/// mahout kmeans.
struct MahoutKMeansCommand: MahoutCommand {
  static let configuration = named("kmeans")
  static func answer(_ words: MahoutWords) -> String {
    "expected 'kmeans fit \(words.input) -k \(words.value("-k", "--numClusters") ?? "K")'"
  }
  @Argument(parsing: .captureForPassthrough) var ignored: [String] = []
}

/// mahout seqdumper.
struct SeqDumperCommand: MahoutCommand {
  static let configuration = named("seqdumper")
  static func answer(_ words: MahoutWords) -> String { VectorDumpCommand.answer(words) }
  @Argument(parsing: .captureForPassthrough) var ignored: [String] = []
}

/// mahout vectordump.
struct VectorDumpCommand: MahoutCommand {
  static let configuration = named("vectordump")
  static func answer(_ words: MahoutWords) -> String {
    "SequenceFiles are not read here: 'mahout vectordump -i \(words.input) -o FILE.csv -c true' writes "
      + "them as text, which 'kmeans onepass FILE.csv -k K' reads"
  }
  @Argument(parsing: .captureForPassthrough) var ignored: [String] = []
}
