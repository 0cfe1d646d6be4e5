import Clustering
import Foundation
import KMeansFiles
import KMeansScenes
import VectorIO

/// The outputs of a scene, checked before any work is done, and how they are written.
struct GenerateOutputs {
  /// The place of the rows.
  private enum Place {
    case file(Output, VectorFormat)
    case folder(OutputFolder, VectorFormat)
  }

  private let place: Place
  private let truth: Output?
  private let labels: Output?
  private let interval: Duration?
  private let columns: [String]
  private let scene: Scene
  /// Whether rows go to the standard output.
  let takeStdout: Bool

  /// - Throws: ``Failure`` where outputs do not go together, or cannot be written.
  init(_ options: GenerateOutputOptions, _ scene: Scene) throws {
    (interval, self.scene) = (options.interval, scene)
    let hasTimes = scene.kind == .bursts
    if hasTimes, options.precision == .float {
      throw Failure.usage(
        "--precision float: times in seconds take more digits than a float has: expected double")
    }
    columns = (hasTimes ? ["time"] : []) + (1...scene.dimension).map { "x\($0)" }
    truth = try Output(options.truth, option: "--truth", allowing: [.lines], inputs: [])
    labels = try Output(options.labels, option: "--labels", inputs: [])
    if let folder = options.outDir {
      place = .folder(try Self.folder(folder), options.to ?? .csv)
      takeStdout = false
      try Output.checkDistinct([truth, labels])
      try options.clobber.check([truth, labels])
      return
    }
    let name = options.out ?? "-"
    let output = try Output(
      rows: name, option: "--out",
      format: options.to ?? (StandardStreams.isOutput(name) ? .csv : nil), inputs: [])
    guard case .rows(let format) = output.form else { preconditionFailure("no form of rows") }
    place = .file(output, format)
    takeStdout = output.isStdout
    try Output.checkStdout([options.messages.json ? "--json" : nil, takeStdout ? "the rows" : nil])
    try Output.checkDistinct([output, truth, labels])
    try options.clobber.check([output, truth, labels])
  }

  /// A folder that holds nothing yet: batches of an earlier scene would be read with the new ones.
  private static func folder(_ path: String) throws -> OutputFolder {
    let folder = try OutputFolder(path)
    guard folder.newPlace == nil else { return folder }
    let names = try FolderContents.names(in: path)
    if let name = names.first {
      throw Failure.usage(
        "--out-dir \(path): it holds \(quoted(name))"
          + (names.count > 1 ? " and \(names.count - 1) more" : "")
          + ": expected a new or an empty folder")
    }
    return folder
  }

  /// What was written.
  struct Made {
    var rows = 0
    var bytes = 0
    var output = "standard output"
    var format = VectorFormat.csv
    var events: [(batch: Int, event: SceneEvent)] = []
  }

  /// Writes all batches, then what is said of them.
  func write<Scalar: ClusteringScalar>(
    _ stream: SceneStream, as type: Scalar.Type
  ) throws -> Made {
    let truth = try truth.map { try AtomicFile($0.path) }
    var (labels, made) = ([Int32](), Made())
    func note(_ batch: SceneBatch) throws {
      try truth?.write(batch.truthLine)
      if self.labels != nil { labels += batch.labels }
      made.rows += batch.points.rows
      made.events += batch.events.map { (batch: batch.number, event: $0) }
    }
    switch place {
    case .file(let output, let format):
      made.format = format
      if !output.isStdout { made.output = output.path }
      made.bytes = try write(stream, to: output, format, as: type, note)
    case .folder(let folder, let format):
      (made.format, made.output) = (format, folder.path)
      try folder.whileThere {
        made.bytes = try write(stream, to: folder, format, as: type, note)
      }
    }
    try truth?.commit()
    try self.labels?.write(labels: labels)
    return made
  }

  /// - Returns: the number of bytes.
  private func write<Scalar: ClusteringScalar>(
    _ stream: SceneStream, to output: Output, _ format: VectorFormat, as type: Scalar.Type,
    _ note: (SceneBatch) throws -> Void
  ) throws -> Int {
    guard output.isStdout, [.csv, .tsv].contains(format) else {
      // Of bursts nobody knows beforehand how many points there are.
      let rows = scene.kind == .bursts ? nil : scene.points * scene.batches
      let writer = try VectorWriter<Scalar>(
        output.path, format: format, columns: columns.count, columnNames: columns, rows: rows)
      for batch in stream {
        try writer.write(batch.matrix(as: type))
        try note(batch)
      }
      try writer.finish()
      return writer.byteCount
    }
    // Whoever reads them gets each batch as soon as it is there.
    return try inTurn(stream, note) { batch in
      let writer = try VectorWriter<Scalar>(
        "-", format: format, columns: columns.count,
        columnNames: batch.number == 1 ? columns : nil)
      try writer.write(batch.matrix(as: type))
      try writer.finish()
      return writer.byteCount
    }
  }

  /// - Returns: the number of bytes.
  private func write<Scalar: ClusteringScalar>(
    _ stream: SceneStream, to folder: OutputFolder, _ format: VectorFormat,
    as type: Scalar.Type, _ note: (SceneBatch) throws -> Void
  ) throws -> Int {
    let digits = max(2, String(scene.batches).count)
    return try inTurn(stream, note) { batch in
      let number = String(batch.number)
      let zeros = String(repeating: "0", count: digits - number.count)
      let writer = try VectorWriter<Scalar>(
        folder.file("batch-\(zeros)\(number).\(format.fileExtension)"), format: format,
        columns: columns.count, columnNames: columns, rows: batch.points.rows)
      try writer.write(batch.matrix(as: type))
      try writer.finish()
      return writer.byteCount
    }
  }

  /// Writes batch after batch, with pauses where they were asked for.
  private func inTurn(
    _ stream: SceneStream, _ note: (SceneBatch) throws -> Void, _ write: (SceneBatch) throws -> Int
  ) throws -> Int {
    var bytes = 0
    for batch in stream {
      if let interval, batch.number > 1 { Thread.sleep(forTimeInterval: interval.seconds) }
      bytes += try write(batch)
      try note(batch)
    }
    return bytes
  }
}

extension SceneBatch {
  /// The rows as they are written: the time before the coordinates, where there is one.
  func matrix<Scalar: ClusteringScalar>(as type: Scalar.Type) throws -> Matrix<Scalar> {
    let extra = times == nil ? 0 : 1
    return try Matrix(rows: points.rows, columns: points.columns + extra) { values in
      for row in 0..<points.rows {
        if let times { values.append(Scalar(times[row])) }
        for column in 0..<points.columns { values.append(Scalar(points[row, column])) }
      }
    }
  }
}
