import ArgumentParser
import KMeansFiles
import VectorIO

// Commands of Mahout that its users look for here: not listed. qualcluster runs; each other one
// names its replacement, with the files of the command line where it names them.

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

  /// The input: `-i`, or the first word if that is no option.
  var input: String {
    let first = words.first.flatMap { $0.hasPrefix("-") ? nil : ColumnSelection.argument($0) }
    return value("-i", "--input") ?? first ?? "INPUT"
  }
}

/// mahout qualcluster: `kmeans evaluate --squared` under Mahout's names.
///
/// The words of the command line are put into those of `evaluate`; others go to it as they are.
struct QualClusterCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "qualcluster", shouldDisplay: false)

  @Argument(parsing: .captureForPassthrough, completion: .file()) var words: [String] = []

  /// Mahout's options that have a value, and what they are here.
  private static let options: [(names: [String], option: String)] = [
    (["-itest", "--testInput"], "--test"), (["-cc", "--centroidsCompare"], "--against"),
    (["-o", "--output"], "--csv"),
  ]
  private static let input = ["-i", "--input"]
  private static let centroids = ["-c", "--centroids"]
  /// Options that say which SequenceFiles centroids are in.
  private static let formats = [
    "-mkm", "--mahoutkmeansformat", "-mkmc", "--mahoutkmeansformatCompare",
  ]

  /// The same as an evaluation, checked as its own command line is.
  func evaluation() throws -> EvaluateCommand {
    let asksHelp = words.contains { ["-h", "-help", "--help"].contains($0) }
    var command = try Tool.parseAsRoot(
      ["evaluate"] + (asksHelp ? ["--help"] : translated()))
    if let evaluation = command as? EvaluateCommand { return evaluation }
    // Help is a command of its own, which ends here.
    try command.run()
    throw Failure.usage("qualcluster: expected -i INPUT and -c CENTROIDS")
  }

  func run() throws {
    let command = try evaluation()
    if let format = words.first(where: Self.formats.contains) {
      command.common.note(
        "\(format) changes nothing: centroids are files of 'kmeans onepass', or any file of rows")
    }
    try command.common.checkMachine()
    try command.run()
  }

  /// The words of `kmeans evaluate`.
  private func translated() throws -> [String] {
    var found: [String] = []
    var (inputs, centroids): ([String], String?) = ([], nil)
    var rest = words[...]
    while let word = rest.popFirst() {
      if Self.formats.contains(word) {
        // Mahout's parser asks for a value, which it does not look at.
        if let next = rest.first, !next.hasPrefix("-") { rest.removeFirst() }
      } else if Self.input.contains(word) {
        inputs.append(try Self.value(of: word, &rest))
      } else if Self.centroids.contains(word) {
        centroids = try Self.value(of: word, &rest)
      } else if let option = Self.options.first(where: { $0.names.contains(word) })?.option {
        found += [option, try Self.value(of: word, &rest)]
      } else {
        found.append(word)
      }
    }
    guard !inputs.isEmpty, let centroids else {
      throw Failure.usage(
        "qualcluster: expected -i INPUT and -c CENTROIDS, found no "
          + "\(inputs.isEmpty ? "-i" : "-c"); 'kmeans evaluate' has more options")
    }
    let file = try CentroidFile.path(centroids)
    let isModel = try archiveKind(file) != nil
    return inputs + [isModel ? "--model" : "--centroids", file, "--squared"] + found
  }

  private static func value(of word: String, _ rest: inout ArraySlice<String>) throws -> String {
    guard let value = rest.popFirst() else {
      throw Failure.usage("qualcluster: \(word): expected a value behind it")
    }
    return value
  }
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
