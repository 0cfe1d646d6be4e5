import ArgumentParser
import Clustering
import KMeansFiles
import VectorIO

/// Options for the outputs of one pass.
struct OnePassOutputOptions: ParsableArguments {
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp(
      "Write centroids.npy and weights.npy into this folder, which is made if it is not there.",
      valueName: "DIR"), completion: .directory)
  var output: String?

  @Flag(
    name: [.customLong("cl", withSingleDash: true), .customLong("clustering")],
    help: """
      Write labels.npy, or labels.csv with --id-column, into the folder of -o, too; takes a second \
      pass over the file.
      """)
  var clustering = false

  @Flag(
    name: [.customLong("ow", withSingleDash: true), .customLong("overwrite")],
    help: "Replace the files of -o that exist; nothing else in their folder.")
  var overwrite = false

  @Option(
    help: ArgumentHelp(
      "Write the centroids: .npy, .csv, or .npz without their zeros.", valueName: "OUT"),
    completion: .file())
  var centroids: String?

  @Option(
    help: ArgumentHelp("Write the weights of the clusters: .npy or .csv.", valueName: "OUT"),
    completion: .file())
  var clusterWeights: String?

  @Option(
    help: ArgumentHelp(
      "Write the labels: .npy, .csv, or - for the standard output; takes a second pass over the file.",
      valueName: "OUT"), completion: .file())
  var labels: String?

  @Option(help: ArgumentHelp("Write the model.", valueName: "OUT"), completion: .file())
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Write the sketch, for 'kmeans sketch' to merge, describe or cluster.", valueName: "OUT"),
    completion: .file())
  var sketch: String?

  @OptionGroup var clobber: ClobberOptions

  /// Whether there is a second pass.
  var wantsLabels: Bool { clustering || labels != nil }

  func validate() throws {
    if clustering, output == nil {
      throw ValidationError(
        "-cl: expected -o DIR to write labels.npy into, or --labels OUT instead")
    }
  }
}

/// The outputs of one pass, checked before any work is done; no file is opened or made yet.
struct OnePassOutputs {
  private let folder: OutputFolder?
  private let centroids: [Output]
  private let clusterWeights: [Output]
  let labels: [Output]
  private let model: [Output]
  private let sketch: [Output]
  let checkpoint: Output?
  /// Whether the labels go to the standard output.
  let takeStdout: Bool
  /// Whether any output is a file.
  var haveFiles: Bool { all.contains { !$0.isStdout } }
  private var all: [Output] { centroids + clusterWeights + labels + model + sketch }
  /// The files.
  var files: [String] { all.filter { !$0.isStdout }.map(\.path) }

  /// A line for the user for each file of labels in the folder of -o that an earlier run has left
  /// and this one does not replace: they are not those of its centroids.
  var staleNotes: [String] {
    guard let folder else { return [] }
    let written = Set(labels.map { ExactText($0.path) })
    return ["labels.npy", "labels.csv"].map(folder.file)
      .filter { !written.contains(ExactText($0)) && isRegularFile($0) }
      .map { "\($0): it is of an earlier run, and not of these centroids; -cl writes it anew" }
  }

  /// - Parameter distances: name files that no output may replace, as the inputs are.
  init(
    _ options: OnePassOutputOptions, _ common: RunOptions, _ source: OnePassInputOptions,
    _ distances: DistanceOptions, checkpoint: String? = nil
  ) throws {
    let folder = try options.output.map { try OutputFolder($0) }
    let inputs = InputFiles.all(source.paths) + distances.paths
    let labelFile = source.ids.idColumn == nil ? "labels.npy" : "labels.csv"
    /// The output that an option names, and a file in the folder.
    func outputs(
      _ path: String?, _ option: String, _ forms: [Output.Form] = [.npy, .csv],
      toStdout: Bool = false,
      file: String? = nil
    ) throws -> [Output] {
      let named = try Output(
        path, option: option, allowing: forms, toStdout: toStdout, inputs: inputs,
        newFolder: folder?.newPlace)
      let filed = try Output(
        file.flatMap { folder?.file($0) }, option: "-o", inputs: inputs,
        newFolder: folder?.newPlace)
      return [named, filed].compactMap { $0 }
    }
    centroids = try outputs(
      options.centroids, "--centroids", Output.centroidForms, file: "centroids.npy")
    clusterWeights = try outputs(
      options.clusterWeights, "--cluster-weights", file: "weights.npy")
    labels = try outputs(
      options.labels, "--labels", toStdout: true,
      file: options.clustering ? labelFile : nil)
    model = try outputs(options.model, "--model", [.model])
    // Under any name, as a model.
    sketch = try outputs(options.sketch, "--sketch", [.model])
    self.checkpoint = try Output(
      checkpoint, option: "--checkpoint", allowing: [.model], inputs: inputs)
    self.folder = folder
    takeStdout = labels.contains(where: \.isStdout)
    try Output.checkStdout([common.json ? "--json" : nil, takeStdout ? "--labels -" : nil])
    try source.ids.check(labels)
    try check(replacing: options.overwrite, options.clobber)
  }

  /// Refuses to write twice to one file, or over one in the folder of -o unless that is wanted, as
  /// Mahout does. A path that is no regular file, a pipe say, is not replaced.
  private func check(replacing: Bool, _ clobber: ClobberOptions) throws {
    try Output.checkDistinct(all + [checkpoint])
    try CheckpointFile.check(all, besides: checkpoint)
    try clobber.check(all)
    let taken = all.first { $0.option == "-o" && isRegularFile($0.path) }
    guard !replacing, let taken else { return }
    throw Failure.usage("\(taken.path) exists: expected another name, or -ow to replace it")
  }

  /// Writes the files, but for labels on the standard output.
  ///
  /// - Parameters:
  ///   - records: a label for each row of the input, -1 where it was left out; `nil` without a
  ///     second pass.
  ///   - ids: the ids of these rows, if they have any.
  func write<Scalar: ClusteringScalar>(
    _ fit: KMeansModel<Scalar>, _ sketched: StreamingSketch<Scalar>, _ records: [Int32]?,
    _ ids: RowIDs?
  ) throws {
    let write = {
      for output in centroids { try output.write(centroids: fit.centroids, fit.inputColumns) }
      for output in clusterWeights { try output.write(clusterWeights: fit.clusterWeights) }
      for output in labels { try output.write(labels: records ?? [], ids, toStdout: false) }
      for output in model { try fit.save(to: output.path) }
      for output in sketch {
        try SketchFile(path: output.path, sketched, fit.inputColumns).archive.write(to: output.path)
      }
    }
    if let folder { try folder.whileThere(write) } else { try write() }
  }
}
